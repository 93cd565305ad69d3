package dev.tournant.cluster.gate;

import dev.tournant.adapter.News;
import dev.tournant.cluster.gate.GateMessage.Ask;
import dev.tournant.cluster.gate.GateMessage.GateReply;
import dev.tournant.persistence.GateLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open pool and those who ask it. Not thread-safe.
 *
 * <p>Before any grant leaves, the node's lease is looked at and, of a quota, the call is one of those that were set aside.
 * Who has not asked again within a permit's life is not granted: the permit would be over when it arrives.
 */
final class Holding {
    /** Nobody waits longer than a day. */
    private static final long WITHIN_MILLIS_MAX = 86_400_000;

    private final GateSetup setup;
    private final String name;
    private final GateMetrics.OfPool metrics;
    private Pool pool;
    private List<Rule> rules;
    private boolean hasLongWindows;
    private @Nullable Quota quota;
    /** The row is being written. */
    private boolean keeping;
    /** Sets nothing aside any more, once the row says so. */
    private boolean ending;
    /** What the row says of the partner's words, and what is being written. */
    private Words wordsKept;

    private Words wordsKeeping;
    /** Who waits, in the order of first asking. */
    private final Map<Long, Caller> waiting = new LinkedHashMap<>();
    /** Permits that may be in use, so that asking again finds the answer; the oldest first. */
    private final Map<Long, Given> given = new LinkedHashMap<>();
    /** Granted by the pool, and waiting for a block of the quota: since when, the oldest first. */
    private final Map<Long, Long> unwritten = new LinkedHashMap<>();

    private record Caller(Ask ask, long heardAt, long deadline) {}

    private record Given(int round, long at) {}

    Holding(GateSetup setup, String name, List<Rule> rules, Beginning beginning) {
        this.setup = setup;
        this.name = name;
        this.rules = rules;
        this.hasLongWindows = !Quota.longWindows(rules, setup.settings()).isEmpty();
        this.metrics = setup.metrics().of(name);
        this.pool = new Pool(setup.settings().spec(name, rules), beginning.start(), now());
        this.quota = quota(beginning.complete());
        this.wordsKept = pool.words(now());
        this.wordsKeeping = wordsKept;
    }

    private @Nullable Quota quota(@Nullable GateLedger complete) {
        List<Rule.Window> windows = Quota.longWindows(rules, setup.settings());
        int used = pool.view(now()).rules().stream()
                .filter(each -> windows.contains(each.rule()))
                .mapToInt(PoolView.Used::use)
                .max()
                .orElse(0);
        return Quota.of(rules, setup.settings(), complete, used, setup.wall().millis());
    }

    private long now() {
        return setup.nanos().getAsLong();
    }

    void ask(Ask ask) {
        long now = now();
        forgetOld(now);
        Given before = given.get(ask.id());
        if (before != null) {
            grant(ask, before.round());
            return;
        }
        Caller caller = waiting.get(ask.id());
        long deadline = now + Math.min(ask.withinMillis(), WITHIN_MILLIS_MAX) * 1_000_000;
        waiting.put(ask.id(), new Caller(ask, now, caller == null ? deadline : caller.deadline()));
        if (caller == null) {
            decide(pool.ask(new Wish(ask.id(), ask.lane(), deadline), now));
        }
    }

    void ended(GateMessage.Ended ended) {
        waiting.remove(ended.id());
        given.remove(ended.id());
        unwritten.remove(ended.id());
        if (ended.how() == GateMessage.How.LOST) {
            metrics.lost().increment();
        }
        if (ended.news() != null && ended.news().refused()) {
            metrics.tooMany().increment();
        }
        decide(pool.ended(ended.id(), end(ended), now()));
    }

    private static End end(GateMessage.Ended ended) {
        return switch (ended.how()) {
            case ANSWERED -> new End.Answered(ended.news() == null ? News.NONE : ended.news());
            case LOST -> End.LOST;
            case UNUSED -> End.UNUSED;
        };
    }

    void tick() {
        long now = now();
        decide(pool.tick(now));
        giveUpUnwritten(now);
        forgetOld(now);
    }

    private void forgetOld(long now) {
        long life = setup.settings().grantLife().toNanos();
        Iterator<Given> oldest = given.values().iterator();
        while (oldest.hasNext() && now - oldest.next().at() > life) {
            oldest.remove();
        }
    }

    /** When {@link #tick} is due, from now; {@link Long#MAX_VALUE} for never. */
    long nanosToTick() {
        long now = now();
        long next = pool.nextTick(now);
        long left = next == Long.MAX_VALUE ? next : Math.max(0, next - now);
        Iterator<Long> oldest = unwritten.values().iterator();
        return oldest.hasNext() ? Math.min(left, Math.max(0, oldest.next() + permitLife() - now)) : left;
    }

    private long permitLife() {
        return setup.settings().permitLife().toNanos();
    }

    /** Those that have waited for their block for a permit's life. Their calls were never let out, so none of them counts. */
    private void giveUpUnwritten(long now) {
        List<Long> late = unwritten.entrySet().stream()
                .filter(each -> now - each.getValue() >= permitLife())
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(unwritten::remove);
        late.forEach(id -> {
            long after = setup.settings().storeRetryMin().toMillis();
            String why = name + ": no calls could be set aside, as the store does not answer";
            refused(id, new GateReply.Refused(id, after, why));
            decide(pool.ended(id, End.UNUSED, now));
        });
    }

    private void decide(List<Verdict> verdicts) {
        Deque<Verdict> open = new ArrayDeque<>(verdicts);
        long now = now();
        for (Verdict verdict = open.poll(); verdict != null; verdict = open.poll()) {
            if (verdict instanceof Verdict.Grant grant) {
                open.addAll(granted(grant.id(), now, now));
            } else if (verdict instanceof Verdict.Refuse refuse) {
                refused(
                        refuse.id(),
                        new GateReply.Refused(refuse.id(), refuse.after().toMillis(), refuse.why()));
            }
        }
    }

    /** What follows in the pool if the permit cannot be of use any more. */
    private List<Verdict> granted(long id, long since, long now) {
        Caller caller = waiting.get(id);
        if (caller == null || now - caller.heardAt() > permitLife()) {
            waiting.remove(id);
            return pool.ended(id, End.UNUSED, now);
        }
        if (quota != null && !quota.take(setup.wall().millis())) {
            unwritten.put(id, since);
            return List.of();
        }
        if (since != now) {
            pool.leaves(id, now);
        }
        waiting.remove(id);
        given.put(id, new Given(caller.ask().round(), now));
        metrics.granted().increment();
        grant(caller.ask(), caller.ask().round());
        return List.of();
    }

    private void grant(Ask ask, int round) {
        setup.lease().check();
        ask.replyTo()
                .tell(new GateReply.Granted(
                        ask.id(), round, setup.settings().permitLife().toMillis()));
    }

    private void refused(long id, GateReply.Refused refused) {
        Caller caller = waiting.remove(id);
        if (caller != null) {
            caller.ask().replyTo().tell(refused);
        }
    }

    /**
     * What the row should say now: a block is to be set aside, or none is any more, or the partner wants no calls, or fewer,
     * for long; null if it may stay as it is.
     */
    @Nullable
    GateLedger nextKept() {
        if (keeping) {
            return null;
        }
        Instant wall = setup.wall().instant();
        Quota setAside = quota;
        ending = setAside != null && !hasLongWindows;
        boolean isLow = setAside != null && setAside.isLow(wall.toEpochMilli());
        Words words = pool.words(now());
        if (!ending && !isLow && !isMoreThanKept(words)) {
            return null;
        }
        keeping = true;
        wordsKeeping = words;
        long stopped = words.stoppedNanos();
        List<GateLedger.Count> lowered = LedgerForms.stored(words.counts());
        return setAside == null || ending
                ? GateLedger.whileOpen(wall, Collections.emptySortedMap(), null, stopped, lowered)
                : GateLedger.whileOpen(wall, setAside.next(wall.toEpochMilli()), setAside.slots(), stopped, lowered);
    }

    private boolean isMoreThanKept(Words words) {
        return !words.areNone() && words.tellMore(wordsKept, quota == null ? fullNanos() : 0);
    }

    /** How long whoever finds the row of a pool that is no quota open lets nothing go. */
    private long fullNanos() {
        Duration longest =
                rules.stream().map(Rule::span).max(Duration::compareTo).orElseThrow();
        return setup.settings().grantLife().plus(longest).toNanos();
    }

    /** The row was written; or it is not known whether it was. */
    void kept(boolean known) {
        keeping = false;
        if (known) {
            wordsKept = wordsKeeping;
        }
        if (ending && known) {
            quota = hasLongWindows ? quota(null) : null;
        } else if (quota != null) {
            quota.written(known);
        }
        ending = false;
        long at = now();
        giveUpUnwritten(at);
        Map<Long, Long> now = new LinkedHashMap<>(unwritten);
        unwritten.clear();
        now.forEach((id, since) -> decide(granted(id, since, at)));
    }

    /** Goes on by other rules. Whoever waits keeps the place in line. */
    void rules(List<Rule> other) {
        long now = now();
        rules = other;
        hasLongWindows = !Quota.longWindows(rules, setup.settings()).isEmpty();
        pool = new Pool(setup.settings().spec(name, other), Start.of(pool.ledger(now)), now);
        goOnSettingAside();
        List<Long> again = waiting.keySet().stream()
                .filter(id -> !unwritten.containsKey(id))
                .toList();
        for (Long id : again) {
            Caller caller = waiting.get(id);
            if (caller != null) {
                decide(pool.ask(new Wish(id, caller.ask().lane(), caller.deadline()), now));
            }
        }
    }

    private void goOnSettingAside() {
        Quota before = quota;
        GateLedger kept = before == null
                ? null
                : GateLedger.whileOpen(
                        setup.wall().instant(), before.spent(setup.wall().millis()), before.slots(), 0, List.of());
        Quota next = quota(kept);
        // Without long windows it goes on until the row says that it does not.
        if (next != null && (before == null || !before.isLike(next))) {
            quota = next;
        }
    }

    /** Ends it: what was used, and nothing is granted any more. */
    GateLedger ledger() {
        // First those who wait, so that nothing that is given back below is granted to them.
        waiting.keySet().stream().filter(id -> !unwritten.containsKey(id)).forEach(this::unused);
        unwritten.keySet().forEach(this::unused);
        return LedgerForms.stored(pool.ledger(now()), setup.wall().instant(), quota);
    }

    private void unused(long id) {
        pool.ended(id, End.UNUSED, now());
    }

    /** Those who wait, as they would ask now. */
    List<Ask> waiting() {
        long now = now();
        return waiting.values().stream()
                .map(each -> new Ask(
                        each.ask().id(),
                        each.ask().round(),
                        each.ask().lane(),
                        Math.max(0, (each.deadline() - now) / 1_000_000),
                        each.ask().terms(),
                        each.ask().replyTo()))
                .toList();
    }

    List<Rule> rules() {
        return rules;
    }

    PoolView view() {
        return pool.view(now());
    }
}
