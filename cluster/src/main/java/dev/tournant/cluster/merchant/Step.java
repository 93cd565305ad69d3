package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Writing;
import dev.tournant.cluster.difference.Nonces;
import dev.tournant.cluster.sync.Comparing;
import dev.tournant.cluster.sync.LinkState;
import dev.tournant.cluster.sync.Pauses;
import dev.tournant.cluster.sync.Projecting;
import dev.tournant.cluster.sync.PushResults;
import dev.tournant.cluster.sync.Shown;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.NoteStep;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a comparison of a link. Pure.
 *
 * @param remember null for nothing
 * @param telling null where there is nothing to tell now
 * @param intended the push that is to begin once {@code remember} is written; null for none
 */
record Step(
        @Nullable MerchantCommand remember,
        @Nullable Telling telling,
        @Nullable String intended) {
    /** Of a partner that has jobs and does not say how long they take. */
    private static final Duration JOB_WITHIN = Duration.ofHours(2);

    private static final Step NOTHING = new Step(null, null);

    Step(@Nullable MerchantCommand remember, @Nullable Telling telling) {
        this(remember, telling, null);
    }

    /**
     * The step before this one, of the same link and since the last restart.
     *
     * @param intended what it intended; null for nothing
     */
    record Before(@Nullable String intended) {}

    /**
     * Compares a link of which no push is under way.
     *
     * @param before null for none since a restart: calls of then may have been on their way, also while somebody read already
     */
    static Step next(
            MerchantState state,
            MerchantProfile profile,
            Link link,
            Traits traits,
            MerchantLimits limits,
            @Nullable Before before,
            Instant now) {
        LinkState known = state.link(link.id());
        List<String> shows = traits.showing(known.telling());
        if (before == null && !shows.isEmpty()) {
            return look(link.id(), shows, now);
        }
        if (!isTold(link, traits, known)) {
            return NOTHING;
        }
        if (!known.health().jobs().isEmpty()) {
            Duration within = within(state, profile, link, traits, limits.jobFollowedMax());
            List<String> expired = expired(known.health(), within, now);
            if (!expired.isEmpty()) {
                return expired(state, link, traits, within, expired, now);
            }
        }
        String intended = before == null ? null : before.intended();
        List<String> looked = intended == null ? shows : List.of();
        boolean isLooked = names(known.health().readAgain()).containsAll(looked);
        if (!isRead(state, link.id(), known.health(), isLooked ? looked : List.of())) {
            return NOTHING;
        }
        if (!isLooked) {
            return look(link.id(), looked, now);
        }
        Step step = compared(state, profile, link, traits, limits, known, now);
        Telling telling = step.telling();
        return telling == null || !traits.remembers(link.direction()) ? step : intending(step, telling, intended, now);
    }

    /** What it was told last may be there. */
    private static Step look(LinkId link, List<String> resources, Instant now) {
        return new Step(readAgain(link, resources, "whether it took what it was told is not known", now), null);
    }

    /**
     * What is to be told is written down before any call, so that it is known again there should the answer be lost: a new
     * thing as ours, and a value as what we said. Only then is it safe to tell it.
     */
    private static Step intending(Step step, Telling telling, @Nullable String intended, Instant now) {
        Difference difference = telling.difference();
        if (difference.nonce().equals(intended)) {
            return step;
        }
        List<RecordDelta> made = new ArrayList<>();
        difference.wanted().forEach((key, fields) -> made.add(RecordDelta.set(key, Stamp.at(now), 0, fields)));
        return made.isEmpty()
                ? step
                : new Step(
                        new TakePush(difference.link().id(), List.of(), made, List.of(), null, now),
                        null,
                        difference.nonce());
    }

    /**
     * When the same comparison leads to something else though nothing happens: a job is to be looked for, what was refused is
     * tried again, or a pause is over.
     */
    static Optional<Instant> again(
            MerchantState state,
            MerchantProfile profile,
            Link link,
            Traits traits,
            MerchantLimits limits,
            Instant now) {
        LinkState known = state.link(link.id());
        if (!isTold(link, traits, known)) {
            return Optional.empty();
        }
        Stream<Instant> ends = Stream.empty();
        if (!known.health().jobs().isEmpty()) {
            Duration within = within(state, profile, link, traits, limits.jobFollowedMax());
            ends = known.health().jobs().stream()
                    .map(job -> job.began().plus(within))
                    .filter(end -> !end.isBefore(now));
        }
        Optional<Instant> pause = Pauses.next(state.records().all(), link.projection(), now);
        return Stream.of(ends, limits.refusedRetries().next(known, now).stream(), pause.stream())
                .flatMap(each -> each)
                .min(Instant::compareTo);
    }

    /** Whether an operator and the partner let the link be told. */
    private static boolean isTold(Link link, Traits traits, LinkState known) {
        return traits.scope().isPresent()
                && !known.health().paused()
                && link.direction().writes();
    }

    /**
     * What is not read yet cannot be compared; and what has to be read again only after it was.
     *
     * @param looked resources in which is looked for what may have been made or taken
     */
    private static boolean isRead(MerchantState state, LinkId link, LinkHealth health, List<String> looked) {
        for (FeedState feed : state.feeds().values()) {
            boolean awaited =
                    feed.isDue() && (feed.resource().equals(health.readAgain()) || looked.contains(feed.resource()));
            if (feed.link().equals(link) && (feed.doneAt() == null || awaited)) {
                return false;
            }
        }
        return true;
    }

    /** A job may have ended without a word: given up is only what is still not said to have ended when it was looked for. */
    private static Step expired(
            MerchantState state, Link link, Traits traits, Duration within, List<String> expired, Instant now) {
        String resource = traits.jobs().map(Writing.Jobs::resource).orElse("");
        FeedState feed = state.feeds().get(MerchantState.feedKey(link.id(), resource));
        Instant latest = latestEnd(state.link(link.id()).health(), within, expired);
        Instant doneAt = feed == null ? now : feed.doneAt();
        if (doneAt != null && !doneAt.isBefore(latest)) {
            return new Step(new NoteStep(link.id(), false, null, expired, now), null);
        }
        return feed != null && feed.isDue()
                ? NOTHING
                : new Step(readAgain(link.id(), List.of(resource), "the end of a job is not known", now), null);
    }

    private static Instant latestEnd(LinkHealth health, Duration within, List<String> names) {
        Instant latest = Instant.EPOCH;
        for (LinkHealth.Job job : health.jobs()) {
            Instant end = job.began().plus(within);
            latest = names.contains(job.name()) && end.isAfter(latest) ? end : latest;
        }
        return latest;
    }

    /** Several are remembered by a name that is none of theirs: one of them read for another reason is not all of them. */
    private static TakePush readAgain(LinkId link, List<String> resources, String why, Instant now) {
        // It is about no record: of the store there is one in any case.
        RecordKey all = MerchantRules.STORE;
        List<Settled> settled = new ArrayList<>();
        resources.forEach(each -> settled.add(new Settled(all, PushOutcome.readAgain(each, why), "")));
        if (resources.size() > 1) {
            settled.add(new Settled(all, PushOutcome.readAgain(name(resources), why), ""));
        }
        return new TakePush(link, settled, List.of(), List.of(), null, now);
    }

    private static String name(List<String> resources) {
        return String.join(" ", resources);
    }

    private static List<String> names(@Nullable String name) {
        return name == null ? List.of() : List.of(name.split(" "));
    }

    /**
     * How long a job is waited for. A partner refuses another one while it works, so that asking early does no harm; but one
     * that ends unseen between our reading and our asking would be done twice. That matters where something would be made.
     */
    private static Duration within(
            MerchantState state, MerchantProfile profile, Link link, Traits traits, Duration followedMax) {
        Duration longest = traits.jobs().map(Writing.Jobs::within).orElse(JOB_WITHIN);
        return followedMax.compareTo(longest) < 0 && isAllThere(state, profile, link) ? followedMax : longest;
    }

    /** Whether the partner holds an object for each record of the kinds that have objects there: none is to be made. */
    private static boolean isAllThere(MerchantState state, MerchantProfile profile, Link link) {
        LinkState known = state.link(link.id());
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        known.counterparts().stream()
                .filter(each -> each.theirs() != null)
                .forEach(each -> kinds.add(each.key().kind()));
        return !kinds.isEmpty()
                && desired(state, profile, link).records().keySet().stream()
                        .filter(key -> kinds.contains(key.kind()))
                        .allMatch(key -> {
                            Counterpart mine = known.counterpart(key);
                            return mine != null && mine.theirs() != null;
                        });
    }

    private static Shown desired(MerchantState state, MerchantProfile profile, Link link) {
        return Projecting.of(link, profile.currency()).shown(state.records().all());
    }

    private static List<String> expired(LinkHealth health, Duration within, Instant now) {
        return health.jobs().stream()
                .filter(job -> job.began().plus(within).isBefore(now))
                .map(LinkHealth.Job::name)
                .toList();
    }

    private static Step compared(
            MerchantState state,
            MerchantProfile profile,
            Link link,
            Traits traits,
            MerchantLimits limits,
            LinkState known,
            Instant now) {
        Map<RecordKey, FieldMap> desired = desired(state, profile, link)
                .asOf(now)
                .on(traits.off(), known, state.records()::get)
                .records();
        Comparing comparing =
                new Comparing(traits, known, desired, state.records()::get).at(now, limits.refusedRetries());
        Comparing.Gap gap = comparing.gap();
        LinkHealth health = known.health();
        if (gap.isEmpty()) {
            boolean inStep = health.jobs().isEmpty();
            boolean news = health.inStepSince() == null || health.trouble() != null;
            // What was about to be told, and need not be any more, is not taken for ours when somebody says it later.
            boolean changes = inStep ? news || !known.telling().isEmpty() : health.inStepSince() != null;
            return changes ? new Step(new NoteStep(link.id(), inStep, null, List.of(), now), null) : NOTHING;
        }
        Difference difference = Nonces.named(
                new Difference(
                        link,
                        profile.currency(),
                        gap.wanted(),
                        gap.removed(),
                        comparing.remotes(),
                        comparing.whole(),
                        comparing.pending(),
                        "",
                        now),
                health.epoch());
        Map<RecordKey, String> fingerprints = new HashMap<>();
        gap.wanted().keySet().forEach(key -> {
            FieldMap all = desired.get(key);
            fingerprints.put(key, all == null ? "" : comparing.fingerprint(key, all));
        });
        boolean news = health.inStepSince() != null || !health.ends().isEmpty();
        return new Step(
                news ? new NoteStep(link.id(), false, null, List.of(), now) : null,
                new Telling(
                        difference,
                        fingerprints,
                        state.records(),
                        PushResults.shown(known),
                        traits.remembers(link.direction()),
                        limits.unauthorisedWait()));
    }
}
