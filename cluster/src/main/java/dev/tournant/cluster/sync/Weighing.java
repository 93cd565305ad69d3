package dev.tournant.cluster.sync;

import dev.tournant.messages.Fact;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 * late. Everything else is the link's claim, which takes the place of what it said before; then the rule of the field
 * decides among the claims of all links ({@link Agreement}). Claims that do not hold are kept with their link.
 */
public final class Weighing {
    private final Rulebook rules;
    private final BiPredicate<LinkId, Field<?>> isOwn;
    private final FlatRecord before;
    private final Map<LinkId, Counterpart> around;

    private final LinkId link;
    private final Provenance by;
    private final Instant at;
    private final int tellings;

    private FlatRecord record;
    private final Map<LinkId, Counterpart> changed = new LinkedHashMap<>();
    private final FieldMap.Builder news;
    private int newsCount;
    private final List<Fact.CameForward> forward = new ArrayList<>();
    private final List<Field<?>> repeated = new ArrayList<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final List<Fact.NotKept> notKept = new ArrayList<>();

    /**
     * A record and all that is said of it.
     *
     * @param isOwn whether a field of this record is shown on a link as the merchant has it. What a link says of one that
     *     is changed for its channel is no claim
     * @param around what each link has of it; links without any are left out
     * @param at when it is weighed
     * @param tellings a value that was told so many times, and not kept, is told no more
     */
    public Weighing(
            Rulebook rules,
            BiPredicate<LinkId, Field<?>> isOwn,
            FlatRecord record,
            Map<LinkId, Counterpart> around,
            Provenance by,
            Instant at,
            int tellings) {
        this.rules = rules;
        this.isOwn = isOwn;
        this.before = record;
        this.record = record;
        this.around = around;
        this.link = by.link();
        this.by = by;
        this.at = at;
        this.tellings = tellings;
        this.news = FieldMap.builder(record.key().kind());
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
     * @param after the record, at the same revision
     */
    public record Weighed(
            Optional<RecordDelta> news,
            List<Fact.CameForward> forward,
            List<Field<?>> repeated,
            Map<LinkId, Counterpart> counterparts,
            List<Conflict> conflicts,
            List<Fact.NotKept> notKept,
            FlatRecord after) {}

    public Weighed take(RecordDelta said) {
        if (said.presence() != Presence.PRESENT) {
            return deleted(said);
        }
        boolean appears = !record.isPresent() || record.revision() == 0;
        Provenance gone = counterpart(link).gone();
        if (gone != null && !by.replaces(gone)) {
            // From before it was taken away there.
            return weighed(Optional.empty());
        }
        if (gone != null) {
            update(link, counterpart(link).gone(null));
        }
        if (!record.isPresent() && !mayRevive()) {
            // It is still shown there, and is to be taken away: that it is there has to be known.
            update(link, counterpart(link).said(over(counterpart(link).said(), said.fields(), by)));
            return weighed(Optional.empty());
        }
        if (!rules.speaks(link)) {
            drift(said.fields());
            return weighed(Optional.empty());
        }
        if (!record.isPresent()) {
            record = FlatRecord.unknown(record.key());
        }
        Set<Field<?>> claimed = new LinkedHashSet<>();
        for (int i = 0; i < said.fields().size(); i++) {
            Field<?> field = said.fields().field(i);
            if (claim(field, said.fields().value(i))) {
                claimed.add(field);
            }
        }
        claimed.forEach(this::settle);
        boolean any = newsCount > 0 || appears;
        return weighed(any ? Optional.of(said.with(news.build())) : Optional.empty());
    }

    /** A record that was deleted comes back through whoever deleted it, its owner or an operator; else through an edit. */
    private boolean mayRevive() {
        Provenance gone = Objects.requireNonNull(record.deletedBy());
        if (gone.link().equals(link) || link.equals(Provenance.API)) {
            return by.replaces(gone);
        }
        boolean later = by.since().compareTo(gone.since()) > 0;
        SyncRule rule = rules.of(FieldGroup.CATALOGUE);
        if (rule instanceof SyncRule.Owner owner) {
            return owner.link().equals(link) && later;
        }
        return later && !around.containsKey(link) && rules.speaks(link);
    }

    private Weighed weighed(Optional<RecordDelta> delta) {
        return new Weighed(delta, forward, repeated, changed, conflicts, notKept, record);
    }

    private Counterpart counterpart(LinkId of) {
        Counterpart known = changed.get(of);
        if (known == null) {
            known = around.get(of);
        }
        return known == null ? Counterpart.of(before.key()) : known;
    }

    private void update(LinkId of, Counterpart now) {
        changed.put(of, now);
    }

    private View shown(LinkId of) {
        return new View(of, record, counterpart(of));
    }

    private FlatRecord over(@Nullable FlatRecord known, FieldMap values, Provenance from) {
        FlatRecord base = known == null ? FlatRecord.unknown(before.key()) : known;
        return base.after(RecordDelta.set(before.key(), by.stamp(), by.version(), values), from, 0);
    }

    /**
     * Notes what the link says of one field; whether that may change what holds. A link that never had a value, and tells
     * all of a record, says so each time anew: that clears nothing of others', so it counts as said before all else.
     */
    private boolean claim(Field<?> field, @Nullable Object value) {
        View shown = shown(link);
        View.Value told = shown.told(field);
        Claim known = shown.claim(field);
        if (known != null && !by.replaces(known.by())) {
            return false;
        }
        if (told != null) {
            if (Alike.are(field, told.value(), value)) {
                if (isOfOurWrite(told.by()) || !isLate(told.by())) {
                    update(link, Keeping.forgotten(counterpart(link), field));
                }
                return false;
            }
            boolean isAltered = Keeping.mayBeNoEdit(field) && isOfOurWrite(told.by());
            if (!isAltered && isLate(told.by())) {
                return false;
            }
            if (isHeld(field, told, value) || isAltered) {
                return false;
            }
        } else if (isAsBefore(field, value)) {
            return false;
        } else if (known != null && Objects.equals(known.value(), value)) {
            repeat(field, known);
            return false;
        }
        FieldMap one = FieldMap.builder(before.key().kind()).put(field, value).build();
        Counterpart mine = counterpart(link);
        RecordDelta telling = mine.telling();
        if (telling != null
                && telling.fields().has(field)
                && Alike.are(field, telling.fields().get(field), value)) {
            // It was told so, though nobody heard that it took it.
            update(link, Keeping.forgotten(mine.told(over(mine.told(), one, by)), field));
            return false;
        }
        noteConflict(field, value, shown);
        FlatRecord was = mine.told();
        boolean isAbsent = value == null && told == null && known == null && !link.equals(Provenance.API);
        Provenance from = isAbsent ? by.since(Stamp.ZERO) : by;
        update(link, mine.said(over(mine.said(), one, from)).told(was == null ? null : was.without(Set.of(field))));
        if (link.equals(Provenance.API)) {
            // Whoever wants another value wants it tried.
            around.keySet().forEach(each -> {
                Counterpart theirs = counterpart(each);
                Counterpart now = Keeping.forgotten(theirs, field);
                if (!now.equals(theirs)) {
                    update(each, now);
                }
            });
        }
        return true;
    }

    /** What the partner made of what we told it: nobody has written there since. */
    private boolean isOfOurWrite(Provenance told) {
        return by.version() != 0 && by.version() == told.version();
    }

    /** Notes that the link does not keep a value; whether that is its doing for sure by now, and no edit there. */
    private boolean isHeld(Field<?> field, View.Value told, @Nullable Object value) {
        Counterpart now = Keeping.altered(counterpart(link), field, told, value, by, tellings);
        update(link, now);
        Counterpart.Unkept unkept = Keeping.of(now, field);
        boolean held = unkept != null && unkept.held();
        if (unkept != null && unkept.times() == tellings) {
            notKept.add(Keeping.fact(unkept, field));
        }
        return held && Keeping.mayBeNoEdit(field);
    }

    /** Whether the link still shows what it did not keep, or did before; a third value is an edit there. */
    private boolean isAsBefore(Field<?> field, @Nullable Object value) {
        Counterpart mine = counterpart(link);
        Counterpart.Unkept unkept = Keeping.of(mine, field);
        if (unkept == null) {
            return false;
        }
        Claim known = shown(link).claim(field);
        boolean isClaimed = known != null && Alike.are(field, known.value(), value);
        boolean isSame = Alike.are(field, Keeping.shown(unkept, field), value);
        if (isSame) {
            // As a claim it is said again.
            return !isClaimed;
        }
        if (!by.replaces(Keeping.shownBy(unkept, field))) {
            return true;
        }
        update(link, Keeping.forgotten(mine, field));
        return false;
    }

    /** Said before the link took what we told it. Partners' versions say so for sure. */
    private boolean isLate(Provenance told) {
        if (by.version() != 0 && told.version() != 0) {
            return by.version() <= told.version();
        }
        return by.stamp().compareTo(told.stamp()) <= 0;
    }

    private void repeat(Field<?> field, Claim known) {
        if (!by.isNewerThan(known.by())) {
            return;
        }
        FlatRecord said = counterpart(link).said();
        if (said != null && said.provenance(field).isPresent()) {
            update(link, counterpart(link).said(said.afterRepetition(List.of(field), by)));
        } else {
            repeated.add(field);
            record = record.afterRepetition(List.of(field), by);
        }
    }

    /** What a channel says that is only told: no claim, but something to mend. */
    private void drift(FieldMap values) {
        for (int i = 0; i < values.size(); i++) {
            claim(values.field(i), values.value(i));
        }
    }

    private void settle(Field<?> field) {
        Field<?> leader = leader(field);
        if (leader != null) {
            follow(field, leader);
            return;
        }
        Map<LinkId, Claim> claims = claims(field);
        if (claims.isEmpty()) {
            return;
        }
        hold(field, Agreement.holds(rules.of(field), claims.values()));
        Field<?> follower = follower(field);
        if (follower != null) {
            follow(follower, field);
        }
    }

    /** Until when something is off is told by whoever took it off. */
    private void follow(Field<?> field, Field<?> leader) {
        Claim leads = View.in(record, leader);
        Map<LinkId, Claim> claims = claims(field);
        Claim claim = leads == null ? null : claims.get(leads.link());
        if (claim != null) {
            hold(field, claim);
        } else if (leads != null && record.get(field).isPresent()) {
            hold(field, new Claim(null, leads.by()));
        } else if (leads == null && !claims.isEmpty()) {
            hold(field, Agreement.holds(rules.of(field), claims.values()));
        }
    }

    private static @Nullable Field<?> leader(Field<?> field) {
        return field.equals(Item.UNTIL) ? Item.STATUS : field.equals(Store.UNTIL) ? Store.STATUS : null;
    }

    private static @Nullable Field<?> follower(Field<?> field) {
        return field.equals(Item.STATUS) ? Item.UNTIL : field.equals(Store.STATUS) ? Store.UNTIL : null;
    }

    /** One claim for each link that has one, among them the one that holds now. */
    private Map<LinkId, Claim> claims(Field<?> field) {
        Map<LinkId, Claim> claims = new HashMap<>();
        Claim merchants = View.in(record, field);
        if (merchants != null) {
            claims.put(merchants.link(), merchants);
        }
        Set<LinkId> links = new LinkedHashSet<>(around.keySet());
        links.addAll(changed.keySet());
        for (LinkId each : links) {
            FlatRecord said = counterpart(each).said();
            Claim claim = said == null ? null : View.in(said, field);
            if (claim != null && rules.speaks(each) && isOwn.test(each, field)) {
                claims.put(each, claim);
            }
        }
        return claims;
    }

    /** Lets a claim hold; the others stay with their links. */
    private void hold(Field<?> field, Claim winner) {
        Claim now = View.in(record, field);
        if (now == null && winner.isAbsence()) {
            return;
        }
        if (now != null && !now.link().equals(winner.link())) {
            // What that link says now need not be what held.
            keep(field, claims(field).getOrDefault(now.link(), now));
        }
        Counterpart winners = counterpart(winner.link());
        FlatRecord said = winners.said();
        if (said != null && said.provenance(field).isPresent()) {
            update(winner.link(), winners.said(said.without(Set.of(field))));
        }
        if (now != null && now.by().equals(winner.by()) && Objects.equals(now.value(), winner.value())) {
            return;
        }
        record = winner.over(record, field);
        if (winner.by().equals(by)) {
            news.put(field, winner.value());
            newsCount++;
        } else {
            forward.add(new Fact.CameForward(
                    winner.link(), winner.by().event(), winner.by().since(), winner.about(before.key(), field)));
        }
    }

    private void keep(Field<?> field, Claim claim) {
        Counterpart loser = counterpart(claim.link());
        FlatRecord known = loser.said() == null ? FlatRecord.unknown(before.key()) : loser.said();
        update(claim.link(), loser.said(claim.over(known, field)));
    }

    /**
     * Two edits cross where one side changes a value of which it had not seen that another had changed it. An owner's
     * word against another link's is no conflict, but its overruling.
     */
    private void noteConflict(Field<?> field, @Nullable Object value, View shown) {
        Claim now = View.in(record, field);
        View.Value seen = shown.of(field).orElse(null);
        if (now == null || seen == null || now.link().equals(link) || !isOwn.test(link, field)) {
            return;
        }
        boolean crossed = !Objects.equals(seen.value(), now.value()) && !Objects.equals(value, now.value());
        SyncRule rule = rules.of(field);
        boolean decided = rule == SyncRule.Common.STRICTEST
                || (rule instanceof SyncRule.Owner owner
                        && !(owner.link().equals(link) && now.link().equals(Provenance.API)));
        if (!crossed || decided) {
            return;
        }
        Claim mine = new Claim(value, by);
        Claim winner = Agreement.holds(rule, List.of(now, mine));
        Claim loser = winner.by().equals(by) ? now : mine;
        conflicts.add(new Conflict(0, at, one(field, winner), one(field, loser), Rulebook.text(rule)));
    }

    private FlatRecord one(Field<?> field, Claim claim) {
        return claim.over(FlatRecord.unknown(before.key()), field);
    }

    /** The link does not have it any more. */
    private Weighed deleted(RecordDelta said) {
        Counterpart mine = counterpart(link);
        boolean tells = rules.speaks(link) && record.isPresent() && record.revision() > 0;
        Provenance gone = mine.gone();
        if (isOutdated(mine) || (gone != null && !by.isNewerThan(gone))) {
            return weighed(Optional.empty());
        }
        boolean was = gone != null || shown(link).isThere();
        // What it refused it still refuses, and what is being made there may still arrive. Edits of what is gone do
        // not.
        RecordDelta made = mine.theirs() == null ? mine.telling() : null;
        Counterpart left = Counterpart.of(before.key()).refused(mine.refusal()).telling(made);
        if (!mine.equals(left)) {
            update(link, left);
        }
        if (!tells || !mayDelete(said)) {
            // Overruled, or gone already: what it claimed is gone with it, and it is told of the record again.
            if (was && record.isPresent() && record.revision() > 0) {
                update(link, left.gone(by));
            }
            return weighed(Optional.empty());
        }
        update(link, Counterpart.of(before.key()));
        record = record.after(said, by, record.revision());
        return weighed(Optional.of(said));
    }

    /** Something newer is known of this link. */
    private boolean isOutdated(Counterpart mine) {
        FlatRecord told = mine.told();
        if (told != null) {
            for (Provenance each : told.provenances()) {
                if (isLate(each)) {
                    return true;
                }
            }
        }
        Collection<Provenance> own = new ArrayList<>(record.provenances());
        FlatRecord claims = mine.said();
        if (claims != null) {
            own.addAll(claims.provenances());
        }
        return own.stream().anyMatch(each -> each.link().equals(link) && !by.replaces(each));
    }

    /**
     * An owner's record is the owner's to delete, whatever an operator changed in it; the operator may bring it back. What
     * the owner never had may be deleted by whoever has it, unless somebody changed it later.
     */
    private boolean mayDelete(RecordDelta said) {
        if (link.equals(Provenance.API)) {
            return true;
        }
        boolean isNewest = record.news(said, by).isPresent();
        if (rules.of(FieldGroup.CATALOGUE) instanceof SyncRule.Owner owner) {
            boolean owned = around.containsKey(owner.link()) || record.isSaidBy(owner.link());
            return owner.link().equals(link) || (!owned && isNewest);
        }
        return isNewest;
    }
}
