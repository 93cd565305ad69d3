package dev.tournant.cluster.sync;

import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkHealth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a link is after it took, or did not take, what it was told. Pure. */
public final class PushResults {
    /** The event of values that a link was told. */
    static final String EVENT = "push";

    private static final List<Field<?>> STOCK = List.of(Item.STATUS, Item.UNTIL, Item.QUANTITY);

    /**
     * Stands for the fingerprint of an object that was written since a page showed it: whatever the next one shows is news,
     * also what was there before, as somebody may have put that back.
     */
    private static final String WRITTEN = "written";

    private final LinkState before;
    private final Instant at;
    private final boolean isHeard;
    private final Predicate<RecordKey> isThere;
    private final Map<RecordKey, Counterpart> changed = new LinkedHashMap<>();
    /** At which version the partner says that it has each record. */
    private final Map<RecordKey, Long> versions = new HashMap<>();

    private LinkHealth health;

    private PushResults(LinkState before, Instant at) {
        this(before, at, true, key -> false);
    }

    private PushResults(LinkState before, Instant at, boolean isHeard, Predicate<RecordKey> isThere) {
        this.isHeard = isHeard;
        this.isThere = isThere;
        this.before = before;
        this.at = at;
        this.health = before.health();
    }

    /**
     * What came of telling a link something.
     *
     * @param isHeard whether what the link says counts. Of one that is only told, what it showed otherwise is over once it
     *     took what it should show: should it be heard one day, that is none of its words
     * @param isThere whether the merchant has a record by now
     */
    public static LinkChange take(LinkState before, TakePush push, boolean isHeard, Predicate<RecordKey> isThere) {
        PushResults results = new PushResults(before, push.at(), isHeard, isThere);
        // Answers name records as we do, pages as the partner does.
        push.remotes().forEach(remote -> results.hold(remote.key(), remote));
        Map<RecordKey, RecordDelta> told = new HashMap<>();
        push.told().forEach(delta -> told.put(delta.key(), delta));
        results.settle(push.outcomes(), told, false);
        push.outcomes().forEach(settled -> told.remove(settled.key()));
        results.intend(told.values());
        if (shown(before).equals(push.compared())) {
            results.health = results.health.doubted(false);
        }
        EarlyEnds.of(results.health, push.at()).forEach(end -> results.finish(end.job(), end.outcome()));
        return results.change();
    }

    /**
     * A fingerprint of what pages showed of a partner that is told whole documents. A page that comes while it is being told
     * changes it, and is compared next.
     */
    public static String shown(LinkState link) {
        StringBuilder all = new StringBuilder();
        for (Counterpart each : link.counterparts()) {
            if (each.seen() != null) {
                all.append(each.key()).append(' ').append(each.seen()).append('\n');
            }
        }
        return Fingerprint.of(all.toString());
    }

    /**
     * The end of a job. Of one that is not known, as when it is told again later, the partner's names are of use, but not
     * what it held then; how it ended is remembered, as the answer that names it may be on its way. One that was not done
     * leaves behind nobody knows what, perhaps what it was to take away: all is compared again.
     */
    public static LinkChange ended(LinkState before, JobEnded end, Instant at) {
        PushResults results = new PushResults(before, at);
        boolean isKnown =
                before.health().jobs().stream().anyMatch(job -> job.name().equals(end.job()));
        end.remotes().stream()
                .filter(remote -> isKnown || results.isNew(remote))
                .forEach(results::hold);
        if (isKnown) {
            results.finish(end.job(), end.outcome());
        } else if (end.outcome().kind() != PushOutcome.Kind.LATER) {
            results.health = EarlyEnds.with(results.health, end, at);
        }
        return results.change();
    }

    /** A job that is known has ended; nothing happens where it is not. */
    private void finish(String name, PushOutcome outcome) {
        List<LinkHealth.Job> left = new ArrayList<>();
        List<Settled> outcomes = new ArrayList<>();
        Map<RecordKey, RecordDelta> told = new HashMap<>();
        for (LinkHealth.Job job : health.jobs()) {
            if (!job.name().equals(name)) {
                left.add(job);
                continue;
            }
            for (LinkHealth.Told each : job.told()) {
                RecordKey key = each.delta().key();
                outcomes.add(new Settled(key, outcome, each.of()));
                told.put(key, each.delta());
            }
        }
        if (left.size() < health.jobs().size()) {
            health = health.with(left);
            settle(outcomes, told, true);
            told.keySet().forEach(this::written);
            health = outcome.kind() == PushOutcome.Kind.DONE ? health : health.doubted(true);
        }
    }

    /** What no page showed yet stays so: one that was read before may still come. */
    private void written(RecordKey key) {
        Counterpart known = counterpart(key);
        if (known.seen() != null) {
            changed.put(key, known.seen(WRITTEN));
        }
    }

    private boolean isNew(RemoteRecord remote) {
        return remote.version() != 0 || counterpart(ours(remote)).theirs() == null;
    }

    /** How much a page shows of what a partner holds. */
    public enum Extent {
        SOME,
        /**
         * All that a partner has that is told whole documents: one that is not as it was seen last is to be compared with what
         * there should be, as nothing else tells what was changed there.
         */
        ALL,
        /** All of it, as it was after we wanted to know: what was made before stands on it, or is not there. */
        ALL_AS_ASKED
    }

    /** What a page says that the partner holds. */
    public static LinkChange held(LinkState before, List<RemoteRecord> remotes, Extent extent, Instant at) {
        PushResults results = new PushResults(before, at);
        remotes.forEach(results::hold);
        if (extent != Extent.SOME) {
            remotes.forEach(results::look);
            results.miss(remotes, extent == Extent.ALL_AS_ASKED);
        }
        return results.change();
    }

    /** Documents that were there and are no more; one that no page showed yet may have been made after this one was read. */
    private void miss(List<RemoteRecord> remotes, boolean isAsAsked) {
        Set<RecordKey> there = new HashSet<>();
        remotes.forEach(remote -> there.add(ours(remote)));
        for (Counterpart each : before.counterparts()) {
            // Whether a store takes orders stands in no document: what it was told is known by the answer alone.
            boolean isDocument = each.theirs() != null && each.key().kind() != Kind.STORE;
            boolean wasThere = each.seen() != null || (isAsAsked && isDocument);
            if (wasThere && !there.contains(each.key())) {
                changed.put(each.key(), each.held(null, 0, null).seen(null));
                health = health.doubted(true);
            }
        }
    }

    /** What is about to be made, before any call is. What was read again by now is known. */
    private void intend(Collection<RecordDelta> begun) {
        begun.forEach(delta -> changed.put(delta.key(), counterpart(delta.key()).telling(delta)));
        health = begun.isEmpty() ? health : health.reading(null);
    }

    private void look(RemoteRecord remote) {
        Counterpart known = counterpart(ours(remote));
        String json = remote.document();
        String now = json == null ? "" : Fingerprint.of(json);
        if (!now.equals(known.seen())) {
            changed.put(known.key(), known.seen(now));
            health = health.doubted(true);
        }
    }

    /** Where it has another name for it than the key, the key is our own. */
    private RecordKey ours(RemoteRecord remote) {
        RecordKey key = remote.key();
        return remote.id().equals(key.id()) ? new RecordKey(key.kind(), before.ours(key)) : key;
    }

    private LinkChange change() {
        return new LinkChange(
                before.link(), new ArrayList<>(changed.values()), health.equals(before.health()) ? null : health);
    }

    private Counterpart counterpart(RecordKey key) {
        Counterpart known = changed.get(key);
        if (known == null) {
            known = before.counterpart(key);
        }
        return known == null ? Counterpart.of(key) : known;
    }

    private void hold(RemoteRecord remote) {
        hold(ours(remote), remote);
    }

    private void hold(RecordKey key, RemoteRecord remote) {
        versions.put(key, remote.version());
        Counterpart known = counterpart(key);
        boolean isOld = known.theirs() != null
                && known.theirs().equals(remote.id())
                && remote.version() != 0
                && remote.version() < known.version();
        Counterpart now = isOld ? known : known.held(remote.id(), remote.version(), remote.document());
        RecordKey then = new RecordKey(key.kind(), before.ours(new RecordKey(key.kind(), remote.id())));
        Counterpart stale = counterpart(then);
        if (!then.equals(key) && remote.id().equals(stale.theirs())) {
            // A page showed it before we knew that it is ours, perhaps as somebody has changed it since it was made.
            changed.put(then, Counterpart.of(then));
            now = stale.version() > now.version() ? now.held(remote.id(), stale.version(), stale.document()) : now;
        }
        if (!now.equals(known)) {
            changed.put(key, now);
        }
    }

    /** @param isEnd whether a job ended so, which says it of all that it was about alike */
    private void settle(List<Settled> outcomes, Map<RecordKey, RecordDelta> told, boolean isEnd) {
        Map<String, List<LinkHealth.Told>> jobs = new LinkedHashMap<>();
        boolean took = false;
        boolean refused = false;
        LinkHealth.Trouble trouble = null;
        for (Settled settled : outcomes) {
            RecordKey key = settled.key();
            PushOutcome outcome = settled.outcome();
            RecordDelta delta = told.get(key);
            switch (outcome.kind()) {
                case DONE -> {
                    took = true;
                    taken(key, delta);
                }
                case PENDING -> {
                    took = true;
                    List<LinkHealth.Told> about = jobs.computeIfAbsent(outcome.name(), each -> new ArrayList<>());
                    // A menu is told for a dish that stands on others too: it is worked on, and settles nothing yet.
                    if (delta != null) {
                        about.add(new LinkHealth.Told(delta, settled.fingerprint()));
                    }
                }
                case GIVEN_UP -> {
                    refused = true;
                    Counterpart known = counterpart(key);
                    changed.put(
                            key,
                            known.refused(refusal(known.refusal(), settled, isEnd))
                                    .telling(null));
                }
                case READ_AGAIN -> health = health.reading(outcome.name());
                case LATER -> trouble = delta == null ? trouble(trouble, false, outcome.why()) : trouble;
                case PUT_OFF -> untold(key);
                case NEEDS_AUTHORISATION -> trouble = trouble(trouble, true, outcome.why());
            }
        }
        health = health.with(joined(health.jobs(), jobs));
        if (took) {
            health = health.took(at);
        } else if (refused) {
            health = health.settled();
        }
        if (trouble != null && (!took || trouble.needsAuthorisation())) {
            health = health.failed(trouble);
        }
    }

    /**
     * Values that are refused by themselves wait for a change. What is to be taken away has nothing to change, and the end of a
     * job does not say which of its records is to blame, if any: those are tried again after a while.
     */
    private Counterpart.Refusal refusal(Counterpart.@Nullable Refusal last, Settled settled, boolean isEnd) {
        String of = settled.fingerprint();
        int before = last != null && last.of().equals(of) ? last.tries() : 0;
        int tries = isEnd || of.isEmpty() ? before + 1 : 0;
        return new Counterpart.Refusal(
                settled.outcome().name(), settled.outcome().why(), of, at, tries);
    }

    private LinkHealth.Trouble trouble(LinkHealth.@Nullable Trouble known, boolean authorisation, String why) {
        if (known != null && (known.needsAuthorisation() || !authorisation)) {
            return known;
        }
        LinkHealth.Trouble before = health.trouble();
        Instant since = before != null && before.needsAuthorisation() == authorisation ? before.since() : at;
        return new LinkHealth.Trouble(authorisation, why, since);
    }

    private List<LinkHealth.Job> joined(List<LinkHealth.Job> known, Map<String, List<LinkHealth.Told>> begun) {
        List<LinkHealth.Job> all = new ArrayList<>(known);
        begun.forEach((name, told) -> {
            all.removeIf(job -> job.name().equals(name));
            all.add(new LinkHealth.Job(name, at, told));
        });
        return all;
    }

    /** What was about to be told, and was not. */
    private void untold(RecordKey key) {
        Counterpart known = counterpart(key);
        if (known.telling() != null) {
            changed.put(key, known.telling(null));
        }
    }

    private void taken(RecordKey key, @Nullable RecordDelta delta) {
        boolean wasGone = counterpart(key).gone() != null;
        Counterpart known = counterpart(key).refused(null).gone(null).telling(null);
        if (delta == null) {
            changed.put(key, known);
        } else if (delta.presence() != Presence.PRESENT) {
            // It may have come back while it was taken away, by what the link said of it before.
            Counterpart none = Counterpart.of(key);
            Provenance gone =
                    RecordDelta.deleted(key, Stamp.at(at), 0, Presence.ABSENT).provenance(before.link(), EVENT);
            changed.put(key, isThere.test(key) ? none.gone(gone) : none);
        } else if (isOfWhatWent(key, delta)) {
            changed.put(key, counterpart(key).refused(null));
        } else {
            FlatRecord values = known.told() == null ? FlatRecord.unknown(key) : known.told();
            // A page that came first may show what somebody made of it since, at a version of its own.
            long version = versions.getOrDefault(key, known.version());
            FieldMap stands = standing(delta.fields(), known.said(), version);
            stands = wasGone ? madeAnew(stands) : stands;
            RecordDelta told = RecordDelta.set(key, Stamp.at(at), version, stands);
            Provenance by = told.provenance(before.link(), EVENT).since(delta.stamp());
            FieldMap unseen = unseen(known.told(), counterpart(key).telling(), stands);
            FlatRecord now = values.after(told.with(unseen), by, 0);
            // Told again what it was told: nothing to write down.
            Counterpart kept = Keeping.told(isHeard ? known : withoutWords(known, stands), stands);
            changed.put(key, now.fields().equals(values.fields()) ? kept : kept.told(now));
        }
    }

    /**
     * Whether a change was taken of a thing that is gone since: no change makes it anew, as that names it, and the next
     * comparison does.
     */
    private boolean isOfWhatWent(RecordKey key, RecordDelta delta) {
        Counterpart known = counterpart(key);
        boolean isGone = known.gone() != null && known.telling() == null && !versions.containsKey(key);
        return isGone && Shown.isNameless(key, delta.fields());
    }

    /** What was told and is there still, as far as is known: the link says nothing else of it at a later version. */
    private static FieldMap standing(FieldMap told, @Nullable FlatRecord said, long version) {
        if (said == null || version == 0 || told.isEmpty()) {
            return told;
        }
        FieldMap.Builder stands = FieldMap.builder(told.field(0).kind());
        for (int i = 0; i < told.size(); i++) {
            Field<?> field = told.field(i);
            if (said.provenance(field).filter(by -> by.version() > version).isEmpty()) {
                stands.put(field, told.value(i));
            }
        }
        return stands.build();
    }

    /**
     * What is made anew of what was gone there has no stock yet, whatever the link said of the one before: that is told of what
     * is there only.
     */
    static FieldMap madeAnew(FieldMap told) {
        if (told.isEmpty() || told.field(0).kind() != Kind.ITEM) {
            return told;
        }
        FieldMap.Builder all = FieldMap.builder(Kind.ITEM);
        STOCK.forEach(field -> all.put(field, null));
        return all.build().with(told);
    }

    /** Without what is otherwise there by now, as was seen since we began to tell it. */
    private static FieldMap unseen(@Nullable FlatRecord seen, @Nullable RecordDelta telling, FieldMap told) {
        if (seen == null || telling == null) {
            return told;
        }
        FieldMap.Builder unseen = FieldMap.builder(seen.key().kind());
        for (int i = 0; i < told.size(); i++) {
            Claim now = View.in(seen, told.field(i));
            boolean isSince = now != null && now.by().since().equals(telling.stamp());
            if (now == null || !isSince || Objects.equals(now.value(), told.value(i))) {
                unseen.put(told.field(i), told.value(i));
            }
        }
        return unseen.build();
    }

    private static Counterpart withoutWords(Counterpart known, FieldMap told) {
        FlatRecord said = known.said();
        Set<Field<?>> fields = new HashSet<>();
        for (int i = 0; i < told.size(); i++) {
            fields.add(told.field(i));
        }
        return said == null ? known : known.said(said.without(fields));
    }
}
