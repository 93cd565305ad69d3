package dev.tournant.cluster.gate;

import dev.tournant.adapter.Gates.Refused;
import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through the gates that it has to pass, one after another. Not thread-safe.
 *
 * <p><b>A wish is asked again</b> for as long as it waits. So it survives a gate that moves, nobody grants what nobody waits
 * for, and a grant is counted from the last asking that it answers, not from the first.
 *
 * <p><b>A gate that has no room for a permit's life</b> says when it may have; the call is in line again by then, if that is before
 * its deadline. If it is not, the call is refused at once.
 *
 * <p><b>Permits run out</b> while a broader gate makes the call wait. What is left of a permit is then given back and
 * asked for anew, when the broader gate has granted; the place in the broader gate's line is kept.
 */
final class Admission {
    /** How many times in a permit's life a wish is asked again. */
    private static final int ASKINGS = 3;
    /** A wish that was refused for now comes back this part of a permit's life, for which it may wait, before there is room. */
    private static final int EARLY_PART = 2;
    /** How many times in a permit's life a wish that was refused for now may come back. */
    private static final int COMEBACKS = 20;
    /** A permit of which less than this part of its life is left is of no use to anybody. */
    private static final int USEFUL_PART = 4;

    /** What an admission has gates do. */
    interface Way {
        void ask(Wanted wanted, int round, Lane lane, Duration within);

        /** The permit or the wish is given up, and was never used. */
        void unused(Wanted wanted);
    }

    /** A permit that is wished for: which pool, and under which id. */
    record Wanted(PoolNames.Passing passing, long id) {}

    /** One pool on the way. */
    private static final class Stage {
        final PoolNames.Passing passing;

        @Nullable
        Wanted wanted;
        /** When it was asked, by round. */
        final List<Long> askedAt = new ArrayList<>();

        boolean held;
        long goodUntil;
        /** It was refused for now, and is not asked before that. */
        @Nullable
        Long comesBackAt;

        Stage(PoolNames.Passing passing) {
            this.passing = passing;
        }

        void forget() {
            wanted = null;
            askedAt.clear();
            held = false;
        }
    }

    /** How it ended. */
    sealed interface End {
        /** All granted; good until then, by this node's nanoseconds. */
        record Passed(List<Wanted> permits, long goodUntil) implements End {
            public Passed {
                permits = List.copyOf(permits);
            }
        }

        record Failed(Refused refused, String pool) implements End {}
    }

    private final List<Stage> stages;
    private final Lane lane;
    private final long deadline;
    private final Duration permitLife;
    private final LongSupplier ids;
    private final Way way;
    private @Nullable End end;

    /**
     * @param deadline when it is too late, in nanoseconds of the clock that all methods are given
     * @param ids each one different from all that any node ever made
     */
    Admission(List<PoolNames.Passing> pools, Lane lane, long deadline, Duration permitLife, LongSupplier ids, Way way) {
        this.stages = pools.stream().map(Stage::new).toList();
        this.lane = lane;
        this.deadline = deadline;
        this.permitLife = permitLife;
        this.ids = ids;
        this.way = way;
    }

    Lane lane() {
        return lane;
    }

    /** Null while it is under way. */
    @Nullable
    End end() {
        return end;
    }

    /** Does what is due; to be called every now and then. */
    void advance(long now) {
        if (end != null) {
            return;
        }
        stages.stream().filter(each -> each.held && !isUseful(each, now)).forEach(this::giveUp);
        Stage next = next();
        if (next == null) {
            pass(now);
        } else if (deadline - now <= 0) {
            fail(new Refused(Duration.ZERO, "no answer from the gate of " + next.passing.gate() + " in time"), next);
        } else {
            ask(next, now);
        }
    }

    /** The one that is waited for, else the first that is to be asked; never two at a time. */
    private @Nullable Stage next() {
        Stage first = null;
        for (Stage stage : stages) {
            if (!stage.held && (stage.wanted != null || stage.comesBackAt != null)) {
                return stage;
            }
            first = first == null && !stage.held ? stage : first;
        }
        return first;
    }

    private boolean isUseful(Stage stage, long now) {
        return stage.goodUntil - now >= permitLife.toNanos() / USEFUL_PART;
    }

    private void ask(Stage stage, long now) {
        if (stage.comesBackAt != null && now - stage.comesBackAt < 0) {
            return;
        }
        stage.comesBackAt = null;
        int round = stage.askedAt.size();
        if (round > 0 && now - stage.askedAt.get(round - 1) < permitLife.toNanos() / ASKINGS) {
            return;
        }
        if (stage.wanted == null) {
            stage.wanted = new Wanted(stage.passing, ids.getAsLong());
        }
        stage.askedAt.add(now);
        way.ask(stage.wanted, round, lane, Duration.ofNanos(deadline - now));
    }

    void granted(GateMessage.GateReply.Granted granted, long now) {
        Stage stage = stage(granted.id());
        if (end == null && stage != null && !stage.held && granted.round() < stage.askedAt.size()) {
            stage.held = true;
            stage.goodUntil = stage.askedAt.get(granted.round())
                    + Duration.ofMillis(granted.lifeMillis()).toNanos();
            advance(now);
        }
    }

    void refused(GateMessage.GateReply.Refused refused, long now) {
        Stage stage = stage(refused.id());
        if (end != null || stage == null || stage.held) {
            return;
        }
        stage.forget();
        Duration after = Duration.ofMillis(refused.afterMillis());
        long least = permitLife.toNanos() / COMEBACKS;
        if (deadline - now > Math.max(after.toNanos(), least)) {
            // In line before the gate opens: who came only then would find it used up by what is less urgent and was
            // there.
            stage.comesBackAt = now + Math.max(after.toNanos() - permitLife.toNanos() / EARLY_PART, least);
        } else {
            fail(new Refused(after, refused.why()), stage);
        }
    }

    private void pass(long now) {
        List<Wanted> permits = new ArrayList<>();
        long until = now + permitLife.toNanos();
        for (Stage stage : stages) {
            if (stage.wanted != null) {
                permits.add(stage.wanted);
                until = stage.goodUntil - until < 0 ? stage.goodUntil : until;
            }
        }
        end = new End.Passed(permits, until);
    }

    private void fail(Refused refused, Stage by) {
        stages.stream().filter(each -> each.wanted != null).forEach(this::giveUp);
        end = new End.Failed(refused, by.passing.gate());
    }

    private void giveUp(Stage stage) {
        if (stage.wanted != null) {
            way.unused(stage.wanted);
        }
        stage.forget();
    }

    private @Nullable Stage stage(long id) {
        for (Stage stage : stages) {
            if (stage.wanted != null && stage.wanted.id() == id) {
                return stage;
            }
        }
        return null;
    }
}
