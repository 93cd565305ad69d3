package dev.tournant.cluster.merchant;

import dev.tournant.persistence.Commit;

/**
 * A merchant's rows as they come out of the journal. A number may have several: what a holder had under way when it stood
 * still or was cut off can land after its successor has gone on from the row before. Of these the row with the largest
 * fencing token counts, whatever the clocks of the writers said; with equal tokens, which one holder writes that tries
 * again, the last.
 *
 * <p>A holder leaves at most one such row, as it writes the next one only after an acknowledgement that it could not give.
 */
final class Replay {
    private final MerchantRules rules;
    private MerchantState before = MerchantState.EMPTY;
    private long number;
    private long token;
    private int discarded;

    Replay(MerchantRules rules) {
        this.rules = rules;
    }

    /** From the beginning, or from a snapshot. */
    void begin() {
        before = MerchantState.EMPTY;
        number = 0;
        token = 0;
        discarded = 0;
    }

    /**
     * The state after a row.
     *
     * @param row its number; rows come in order of number
     */
    MerchantState after(MerchantState state, Commit commit, long row) {
        if (row != number) {
            before = state;
        } else {
            discarded++;
            if (commit.token() < token) {
                return state;
            }
        }
        number = row;
        token = commit.token();
        return rules.after(before, commit);
    }

    /** Rows that did not count. */
    int discarded() {
        return discarded;
    }
}
