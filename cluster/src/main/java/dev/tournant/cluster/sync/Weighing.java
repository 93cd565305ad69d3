package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a link says about a record of which several links speak. Pure.
 *
 * <p>A value that we told the link and that it says again is an echo and changes nothing; one from before it was told is
 * late, and of one of which nobody can know which came first it is to be read again ({@link Heard}). Everything else is the link's claim, which takes the place of what it said before; then the rule of the field
 * decides among the claims of all links ({@link Agreement}). Claims that do not hold are kept with their link.
 */
public final class Weighing {
    private final Contention contention;
    private final Deleting deleting;
    private final LinkId link;
    private final Provenance by;
    private final Instant at;
    private final int tellings;

    private final List<Field<?>> repeated = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Fact.NotKept> notKept = new ArrayList<>();

    /**
     * A record and all that is said of it.
     *
     * @param isOwn whether a field of this record is shown on a link as the merchant has it. What a link says of one that
     *     is changed for its channel is no claim
     * @param around what each link has of it; links without any are left out
     * @param heard who speaks of it now
     * @param tellings a value that was told so many times, and not kept, is told no more
     */
    public Weighing(
            Rulebook rules,
            BiPredicate<LinkId, Field<?>> isOwn,
            FlatRecord record,
            Map<LinkId, Counterpart> around,
            Heard heard,
            int tellings) {
        this.contention = new Contention(rules, isOwn, record, around, heard);
        this.deleting = new Deleting(contention);
        this.by = heard.by();
        this.link = by.link();
        this.at = heard.at();
        this.tellings = tellings;
    }

    /**
     * What a statement leads to.
     *
     * @param news what becomes the merchant's, from this link; empty for nothing
     * @param forward what becomes the merchant's from other links
     * @param repeated fields whose value of this link holds already and was said again
     * @param counterparts that changed, by link
     * @param conflicts with number 0
     * @param notKept fields that the link will not be told any more
     * @param doubtful whether the link is to be read again, as some of what it says may be from before or after it was told
     *     otherwise
     * @param after the record, at the same revision
     */
    public record Weighed(
            Optional<RecordDelta> news,
            List<Fact.CameForward> forward,
            List<Field<?>> repeated,
            Map<LinkId, Counterpart> counterparts,
            List<Conflict> conflicts,
            List<Fact.NotKept> notKept,
            boolean doubtful,
            FlatRecord after) {
        /** What a statement leads to that is not even weighed. */
        public static Weighed nothing(FlatRecord record) {
            return new Weighed(Optional.empty(), List.of(), List.of(), Map.of(), List.of(), List.of(), false, record);
        }
    }

    public Weighed take(RecordDelta said) {
        if (said.presence() != Presence.PRESENT) {
            return weighed(deleting.delete(said));
        }
        boolean appears =
                !contention.record().isPresent() || contention.record().revision() == 0;
        Provenance gone = contention.counterpart(link).gone();
        if (gone != null && !by.replaces(gone)) {
            // From before it was taken away there.
            return weighed(Optional.empty());
        }
        if (gone != null) {
            contention.update(link, contention.counterpart(link).gone(null));
        }
        boolean isBack = !contention.record().isPresent();
        if (isBack && (isOurs() || !deleting.mayRevive(said.fields()))) {
            // It is still shown there, and is to be taken away: that it is there has to be known.
            contention.update(
                    link,
                    contention
                            .counterpart(link)
                            .said(contention.over(contention.counterpart(link).said(), said.fields(), by)));
            return weighed(Optional.empty());
        }
        if (!contention.rules().speaks(link)) {
            if (!appears) {
                drift(said.fields());
            }
            // What only stands there is the partner's own.
            return weighed(Optional.empty());
        }
        if (isBack) {
            contention.become(FlatRecord.unknown(contention.key()));
            contention.update(link, allItsOwn(said.fields()));
        }
        Set<Field<?>> claimed = new LinkedHashSet<>();
        for (int i = 0; i < said.fields().size(); i++) {
            Field<?> field = said.fields().field(i);
            if (claim(field, said.fields().value(i))) {
                claimed.add(field);
            }
        }
        if (isBack) {
            // What others, and it itself, said of it before they still stand by.
            claimed.addAll(contention.claimed());
        }
        claimed.forEach(contention::settle);
        boolean any = contention.hasNews() || appears;
        return weighed(any ? Optional.of(said.with(contention.news())) : Optional.empty());
    }

    /**
     * What it was told was of the record that is gone: of the one that is back all that is there is its own word. What it was
     * told that stands elsewhere, as its counts do, is not said again with the rest: that is as old as when it was told, and
     * what a page of those shows may be older than this one, and newer than that.
     */
    private Counterpart allItsOwn(FieldMap said) {
        Counterpart mine = contention.counterpart(link);
        FlatRecord told = mine.told();
        Counterpart own = mine.told(null).unkept(List.of());
        for (int i = 0; told != null && i < told.fields().size(); i++) {
            Field<?> field = told.fields().field(i);
            View.Value there = contention.shown(link).of(field).orElse(null);
            if (there != null && !said.has(field) && countInPlace(field, there) == null) {
                own = own.said(contention.over(own.said(), only(field, there.value()), there.by()));
            }
        }
        return own;
    }

    private Weighed weighed(Optional<RecordDelta> delta) {
        return new Weighed(
                delta,
                contention.forward(),
                repeated,
                contention.changed(),
                conflicts,
                notKept,
                contention.isDoubtful(),
                contention.record());
    }

    /**
     * Notes what the link says of one field; whether that may change what holds. A link that never had a value, and tells
     * all of a record, says so each time anew: that clears nothing of others', so it counts as said before all else.
     */
    private boolean claim(Field<?> field, @Nullable Object value) {
        View shown = contention.shown(link);
        View.Value told = shown.told(field);
        Claim known = shown.claim(field);
        if (known != null && !by.replaces(known.by())) {
            return false;
        }
        BigDecimal inPlace = countInPlace(field, told);
        if (told != null && inPlace != null && value instanceof BigDecimal said) {
            Heard.Order order = contention.after(told.by());
            OffSale.Count means = OffSale.means(said, inPlace, order, isLaterThanWhatHolds(field));
            if (means == OffSale.Count.SOLD) {
                return sold(field, inPlace, said, told.by(), notBefore(told, known));
            }
            if (means == OffSale.Count.FROM_BEFORE) {
                return countedBefore(field, said, order);
            }
        }
        if (told != null) {
            Heard.Order order = contention.after(told.by());
            if (Alike.are(field, told.value(), value)) {
                if (isOfOurWrite(told.by()) || order == Heard.Order.AFTER) {
                    contention.update(link, Keeping.forgotten(contention.counterpart(link), field));
                }
                return false;
            }
            boolean isAltered = Keeping.mayBeNoEdit(field) && isOfOurWrite(told.by());
            if (!isAltered && order != Heard.Order.AFTER) {
                if (order == Heard.Order.UNKNOWN) {
                    contention.doubt();
                }
                return false;
            }
            if (isHeld(field, told, value) || isAltered) {
                return false;
            }
        } else if (isAsBefore(field, value)) {
            return false;
        } else if (known != null && Objects.equals(known.value(), value) && !isSetAgain(field)) {
            repeat(field, known);
            return false;
        }
        FieldMap one = only(field, value);
        Counterpart mine = contention.counterpart(link);
        RecordDelta telling = mine.telling();
        if (telling != null && telling.fields().has(field)) {
            if (Alike.are(field, telling.fields().get(field), value)) {
                // It was told so, though nobody heard that it took it.
                Provenance taken = new Provenance(link, by.event(), Stamp.at(at), by.version(), telling.stamp());
                contention.update(link, Keeping.forgotten(mine.told(contention.over(mine.told(), one, taken)), field));
                return false;
            }
            BigDecimal none = contention.rules().isOffByCount(link) ? OffSale.countIn(telling, field) : null;
            if (none != null && value instanceof BigDecimal said && said.compareTo(none) < 0) {
                Provenance taken = new Provenance(link, by.event(), Stamp.at(at), by.version(), telling.stamp());
                return sold(field, none, said, taken, notBefore(told, known));
            }
        }
        boolean isAbsent = value == null && told == null && known == null && !link.equals(Provenance.API);
        Provenance from = isAbsent ? by.since(Stamp.ZERO) : notBefore(told, known);
        noteConflict(field, value, from, shown);
        FlatRecord was = mine.told();
        contention.update(
                link,
                mine.said(contention.over(mine.said(), one, from))
                        .told(was == null ? null : was.without(Set.of(field))));
        if (link.equals(Provenance.API)) {
            // Whoever wants another value wants it tried.
            contention.around().keySet().forEach(each -> {
                Counterpart theirs = contention.counterpart(each);
                Counterpart now = Keeping.triedAgain(theirs, field);
                if (!now.equals(theirs)) {
                    contention.update(each, now);
                }
            });
        }
        return true;
    }

    /** The count that the link was told in place of the item's own, as that is off sale; null where it was not. */
    private @Nullable BigDecimal countInPlace(Field<?> field, View.@Nullable Value told) {
        return field.equals(Item.QUANTITY) && contention.rules().isOffByCount(link)
                ? OffSale.counted(contention.counterpart(link), told)
                : null;
    }

    private boolean isLaterThanWhatHolds(Field<?> field) {
        Claim holds = View.in(contention.record(), field);
        return holds != null && holds.link().equals(link) && by.isNewerThan(holds.by());
    }

    /**
     * Some of what is off sale there was sold: so many fewer there are.
     *
     * @param known the count there until now
     * @param told who told it the count of which that is what is left
     * @param from as which it is claimed
     */
    private boolean sold(Field<?> field, BigDecimal known, BigDecimal said, Provenance told, Provenance from) {
        Counterpart mine = contention.counterpart(link);
        Claim before = contention.shown(link).claim(field);
        contention.update(link, mine.told(contention.over(mine.told(), only(field, said), told)));
        boolean isKnown = before != null && !by.isNewerThan(before.by());
        BigDecimal left = contention.record().get(Item.QUANTITY).orElse(null);
        if (isKnown || left == null) {
            return false;
        }
        says(field, left.subtract(known.subtract(said)), from);
        return true;
    }

    /** What the link counted before it was told that the item is off sale: what it was told is there all the same. */
    private boolean countedBefore(Field<?> field, BigDecimal said, Heard.Order order) {
        if (order == Heard.Order.UNKNOWN) {
            contention.doubt();
        }
        says(field, said, by);
        return true;
    }

    private void says(Field<?> field, @Nullable Object value, Provenance from) {
        Counterpart mine = contention.counterpart(link);
        contention.update(link, mine.said(contention.over(mine.said(), only(field, value), from)));
    }

    private FieldMap only(Field<?> field, @Nullable Object value) {
        return FieldMap.builder(contention.key().kind()).put(field, value).build();
    }

    /**
     * What takes the place of what we told is later than our telling, and so than what we told it for, however far behind the
     * link's clock is; and so is all that the link says after it.
     */
    private Provenance notBefore(View.@Nullable Value told, @Nullable Claim known) {
        Stamp since = by.since();
        if (told != null && told.by().since().compareTo(since) > 0) {
            since = told.by().since();
        }
        if (known != null && isRaised(known.by()) && known.by().since().compareTo(since) > 0) {
            since = known.by().since();
        }
        return since.equals(by.since()) ? by : by.since(since);
    }

    private static boolean isRaised(Provenance by) {
        return by.since().compareTo(by.stamp()) > 0;
    }

    /** Whether it says no more than that what we told it is there. */
    private boolean isOurs() {
        FlatRecord told = contention.counterpart(link).told();
        return told != null && told.provenances().stream().anyMatch(this::isOfOurWrite);
    }

    /** What the partner made of what we told it: nobody has written there since. */
    private boolean isOfOurWrite(Provenance told) {
        return by.version() != 0 && by.version() == told.version();
    }

    /** Notes that the link does not keep a value; whether that is its doing for sure by now, and no edit there. */
    private boolean isHeld(Field<?> field, View.Value told, @Nullable Object value) {
        Counterpart now = Keeping.altered(contention.counterpart(link), field, told, value, by, tellings);
        contention.update(link, now);
        Counterpart.Unkept unkept = Keeping.of(now, field);
        boolean held = unkept != null && unkept.held();
        if (unkept != null && unkept.times() == tellings) {
            notKept.add(Keeping.fact(unkept, field));
        }
        return held && Keeping.mayBeNoEdit(field);
    }

    /** Whether the link still shows what it did not keep, or did before; a third value is an edit there. */
    private boolean isAsBefore(Field<?> field, @Nullable Object value) {
        Counterpart mine = contention.counterpart(link);
        Counterpart.Unkept unkept = Keeping.of(mine, field);
        if (unkept == null) {
            return false;
        }
        Claim known = contention.shown(link).claim(field);
        boolean isClaimed = known != null && Alike.are(field, known.value(), value);
        boolean isSame = Alike.are(field, Keeping.shown(unkept, field), value);
        if (isSame) {
            // As a claim it is said again.
            return !isClaimed;
        }
        if (!by.replaces(Keeping.shownBy(unkept, field))) {
            return true;
        }
        contention.update(link, Keeping.forgotten(mine, field));
        return false;
    }

    /** Whether an operator wants a value that somebody has changed since he set it: that is no repetition. */
    private boolean isSetAgain(Field<?> field) {
        FlatRecord overruled = contention.counterpart(link).said();
        return link.equals(Provenance.API)
                && overruled != null
                && overruled.provenance(field).isPresent();
    }

    private void repeat(Field<?> field, Claim known) {
        if (!by.isNewerThan(known.by())) {
            return;
        }
        FlatRecord said = contention.counterpart(link).said();
        if (said != null && said.provenance(field).isPresent()) {
            contention.update(link, contention.counterpart(link).said(said.afterRepetition(List.of(field), by)));
        } else {
            repeated.add(field);
            contention.become(contention.record().afterRepetition(List.of(field), by));
        }
    }

    /** What a channel says that is only told: no claim, but something to mend. */
    private void drift(FieldMap values) {
        for (int i = 0; i < values.size(); i++) {
            claim(values.field(i), values.value(i));
        }
    }

    /**
     * Two edits cross where one side changes a value of which it had not seen that another had changed it. An owner's
     * word against another link's is no conflict, but its overruling.
     */
    private void noteConflict(Field<?> field, @Nullable Object value, Provenance from, View shown) {
        Claim now = View.in(contention.record(), field);
        View.Value seen = shown.of(field).orElse(null);
        if (now == null || seen == null || now.link().equals(link) || !contention.isOwn(link, field)) {
            return;
        }
        boolean crossed = !Objects.equals(seen.value(), now.value()) && !Objects.equals(value, now.value());
        SyncRule rule = contention.rules().of(field);
        boolean decided = rule == SyncRule.Common.STRICTEST
                || (rule instanceof SyncRule.Owner owner
                        && !(owner.link().equals(link) && now.link().equals(Provenance.API)));
        if (!crossed || decided) {
            return;
        }
        Claim mine = new Claim(value, from);
        Claim winner = Agreement.holds(rule, List.of(now, mine));
        Claim loser = winner.by().equals(from) ? now : mine;
        conflicts.add(new Conflict(0, at, one(field, winner), one(field, loser), Rulebook.text(rule)));
    }

    private FlatRecord one(Field<?> field, Claim claim) {
        return claim.over(FlatRecord.unknown(contention.key()), field);
    }
}
