package dev.tournant.cluster.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a partner said of a pool's limits that still holds at one moment, so that it can be told whether its row says enough
 * of it.
 *
 * @param at the moment, by the holder's clock
 * @param stoppedNanos how long the pool stands still
 * @param counts of which only that counts by what they are lowered
 */
record Words(long at, long stoppedNanos, List<Ledger.Count> counts, List<Word> each) {
    /** Of limits that are lowered a little more, or of what lasts a little longer, the row is not written anew. */
    static final int PART = 8;

    static final Duration LONGER = Duration.ofMinutes(1);

    enum Why {
        REFUSED,
        SAID,
        OTHERS
    }

    /** One reason why one rule allows less. */
    record Word(Rule rule, Why why, int limit, long nanosLeft) {
        private boolean isLike(Word other) {
            return rule.equals(other.rule) && why == other.why;
        }
    }

    Words {
        counts = List.copyOf(counts);
        each = List.copyOf(each);
    }

    /** @param time the same moment, as the rules know it */
    static Words of(long at, long stoppedNanos, Kept[] rules, long time) {
        List<Ledger.Count> counts = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        for (Kept kept : rules) {
            if (!kept.isLowered(time)) {
                continue;
            }
            Ledger.Count count = kept.lowered(time);
            Rule rule = count.rule();
            counts.add(count);
            if (count.limit() < rule.calls()) {
                words.add(new Word(rule, Why.REFUSED, count.limit(), kept.refusalsUntil(time) - time));
            }
            Optional.ofNullable(count.told().said())
                    .ifPresent(said -> words.add(new Word(rule, Why.SAID, said.limit(), said.nanosLeft())));
            Optional.ofNullable(count.told().besideOthers())
                    .ifPresent(left -> words.add(new Word(rule, Why.OTHERS, left.limit(), left.nanosLeft())));
        }
        return new Words(at, stoppedNanos, counts, words);
    }

    /** Whether the partner said nothing that still holds. */
    boolean areNone() {
        return stoppedNanos == 0 && each.isEmpty();
    }

    /**
     * Whether any of it should be written: it lasts longer than a next holder would wait anyway, and what was written says
     * nothing of it, or a limit that is more than a part higher, or that it ends sooner.
     *
     * @param written what the row says, by the same clock
     * @param waitsNanos how long a holder that finds the row open lets nothing go
     */
    boolean tellMore(Words written, long waitsNanos) {
        long since = at - written.at;
        return isLonger(stoppedNanos, Math.max(written.stoppedNanos - since, waitsNanos))
                || each.stream()
                        .filter(word -> isLonger(word.nanosLeft(), waitsNanos))
                        .anyMatch(word -> written.each.stream()
                                .noneMatch(known -> known.isLike(word)
                                        && known.limit()
                                                <= word.limit() + word.rule().calls() / PART
                                        && !isLonger(word.nanosLeft(), known.nanosLeft() - since)));
    }

    private static boolean isLonger(long nanos, long known) {
        return nanos - known > LONGER.toNanos();
    }
}
