package dev.tournant.cluster.gate;

import dev.tournant.adapter.News;
import java.time.Duration;
import java.util.List;

/** Rules that look right and are not. */
final class Mutants {
    private Mutants() {}

    /** Changes what the pool hears, or how the next holder begins. */
    private abstract static class Distorted implements Keeper {
        final Pool pool;

        Distorted(Pool pool) {
            this.pool = pool;
        }

        @Override
        public List<Verdict> ask(Wish wish, long now) {
            return pool.ask(wish, now);
        }

        @Override
        public List<Verdict> ended(long id, End end, long now) {
            return pool.ended(id, end, now);
        }

        @Override
        public List<Verdict> tick(long now) {
            return pool.tick(now);
        }

        @Override
        public long nextTick(long now) {
            return pool.nextTick(now);
        }

        abstract Keeper next(Pool following);

        @Override
        public Keeper handedOver(PoolSpec spec, long now, long nextNow) {
            return next(new Pool(spec, Start.of(pool.ledger(now)), nextNow));
        }

        @Override
        public Keeper takenOver(PoolSpec spec, long nextNow) {
            return next(new Pool(spec, Start.FULL, nextNow));
        }
    }

    /** Takes every grant for answered at once: a log of calls sent. */
    static Keeper countsWhenSent(PoolSpec spec, long now) {
        return sent(new Pool(spec, Start.EMPTY, now));
    }

    private static Keeper sent(Pool pool) {
        return new Distorted(pool) {
            @Override
            public List<Verdict> ask(Wish wish, long now) {
                return counted(pool.ask(wish, now), now);
            }

            @Override
            public List<Verdict> ended(long id, End end, long now) {
                return List.of();
            }

            @Override
            public List<Verdict> tick(long now) {
                return counted(pool.tick(now), now);
            }

            private List<Verdict> counted(List<Verdict> verdicts, long now) {
                for (Verdict verdict : verdicts) {
                    pool.ended(verdict.id(), new End.Answered(News.NONE), now);
                }
                return verdicts;
            }

            @Override
            Keeper next(Pool following) {
                return sent(following);
            }
        };
    }

    /** Counts answers only. */
    static Keeper forgetsInFlight(PoolSpec spec, long now) {
        return new Keeper() {
            private final Tally tally = Tally.of(spec.rules().get(0), spec.clockError());
            private final int limit = spec.rules().get(0).calls();

            @Override
            public List<Verdict> ask(Wish wish, long at) {
                return tally.hasRoom(limit, 0, at - now) ? List.of(new Verdict.Grant(wish.id())) : List.of();
            }

            @Override
            public List<Verdict> ended(long id, End end, long at) {
                if (end instanceof End.Answered) {
                    tally.answered(limit, at - now);
                }
                return List.of();
            }

            @Override
            public Keeper handedOver(PoolSpec same, long at, long nextNow) {
                return forgetsInFlight(same, nextNow);
            }

            @Override
            public Keeper takenOver(PoolSpec same, long nextNow) {
                return forgetsInFlight(same, nextNow);
            }
        };
    }

    /** As many tokens as the rule allows calls, refilled steadily. */
    static Keeper tokenBucket(PoolSpec spec, long now) {
        Rule rule = spec.rules().get(0);
        Rule.Bucket tokens = rule instanceof Rule.Window window
                ? new Rule.Bucket(window.calls(), window.calls(), window.per())
                : (Rule.Bucket) rule;
        PoolSpec other = new PoolSpec(
                spec.name(),
                List.of(tokens),
                spec.permitLife(),
                spec.pause(),
                spec.requestLife(),
                spec.clockError(),
                spec.waitingMax(),
                spec.laneFloor());
        return countsWhenSent(other, now);
    }

    /** Takes a call without an answer for one that never was. */
    static Keeper forgetsLost(PoolSpec spec, long now) {
        return lost(new Pool(spec, Start.EMPTY, now));
    }

    private static Keeper lost(Pool pool) {
        return new Distorted(pool) {
            @Override
            public List<Verdict> ended(long id, End end, long now) {
                return pool.ended(id, end instanceof End.Lost ? End.UNUSED : end, now);
            }

            @Override
            Keeper next(Pool following) {
                return lost(following);
            }
        };
    }

    static Keeper beginsEmpty(PoolSpec spec, long now) {
        return empty(new Pool(spec, Start.EMPTY, now));
    }

    private static Keeper empty(Pool pool) {
        return new Distorted(pool) {
            @Override
            public Keeper takenOver(PoolSpec spec, long nextNow) {
                return empty(new Pool(spec, Start.EMPTY, nextNow));
            }

            @Override
            Keeper next(Pool following) {
                return empty(following);
            }
        };
    }

    static Keeper leavesInFlightBehind(PoolSpec spec, long now) {
        return behind(new Pool(spec, Start.EMPTY, now));
    }

    private static Keeper behind(Pool pool) {
        return new Distorted(pool) {
            @Override
            public Keeper handedOver(PoolSpec spec, long now, long nextNow) {
                Ledger whole = pool.ledger(now);
                Ledger part = new Ledger(whole.counts(), List.of(), whole.stoppedNanos());
                return behind(new Pool(spec, Start.of(part), nextNow));
            }

            @Override
            Keeper next(Pool following) {
                return behind(following);
            }
        };
    }

    static Keeper forgetsOldPermits(PoolSpec spec, long now) {
        return old(new Pool(spec, Start.EMPTY, now));
    }

    private static Keeper old(Pool pool) {
        return new Distorted(pool) {
            @Override
            public Keeper takenOver(PoolSpec spec, long nextNow) {
                Rule rule = spec.rules().get(0);
                Duration span = rule instanceof Rule.Window window
                        ? window.per()
                        : dev.tournant.adapter.Limit.drains(
                                rule.calls(), ((Rule.Bucket) rule).drained(), ((Rule.Bucket) rule).per());
                // Full, but as if all had been answered before.
                Ledger.Count full = new Ledger.Count(rule, span.toNanos(), rule.calls(), List.of());
                return old(new Pool(spec, Start.of(new Ledger(List.of(full), List.of(), 0)), nextNow));
            }

            @Override
            Keeper next(Pool following) {
                return old(following);
            }
        };
    }
}
