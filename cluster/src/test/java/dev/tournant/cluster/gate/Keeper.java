package dev.tournant.cluster.gate;

import java.util.List;

/** Who grants calls in a {@link History}: the pool, or something that only looks like one. */
interface Keeper {
    List<Verdict> ask(Wish wish, long now);

    List<Verdict> ended(long id, End end, long now);

    default List<Verdict> tick(long now) {
        return List.of();
    }

    default long nextTick(long now) {
        return Long.MAX_VALUE;
    }

    /** The next holder after this one stopped cleanly. */
    Keeper handedOver(PoolSpec spec, long now, long nextNow);

    /** The next holder after this one ended without a word. */
    Keeper takenOver(PoolSpec spec, long nextNow);

    static Keeper pool(Pool pool) {
        return new Keeper() {
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

            @Override
            public Keeper handedOver(PoolSpec spec, long now, long nextNow) {
                return pool(new Pool(spec, Start.of(pool.ledger(now)), nextNow));
            }

            @Override
            public Keeper takenOver(PoolSpec spec, long nextNow) {
                return pool(new Pool(spec, Start.FULL, nextNow));
            }
        };
    }
}
