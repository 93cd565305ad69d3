package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Of an objective of nine in ten, told every ten seconds or so how much is stale. */
class ErrorBudgetTest {
    private static final double DAY = 86_400;

    private final Sort.ErrorBudget budget = new Sort.ErrorBudget();
    private double now;

    private void pass(double days, double staleShare) {
        for (double end = now + days * DAY; now < end; now += 600) {
            budget.spent(staleShare, 0.1, now);
        }
    }

    @Test
    void isUntouchedAtFirstAndUsedUpByAsMuchAsIsAllowed() {
        assertThat(budget.left()).isEqualTo(1);
        pass(1, 0.05);
        assertThat(budget.left()).isCloseTo(0.5, within(0.01));
        pass(1, 0.15);
        assertThat(budget.left()).isCloseTo(0, within(0.02));
    }

    @Test
    void aGoodYearAllowsNoMoreThanAGoodMonth() {
        pass(365, 0);
        assertThat(budget.left()).isCloseTo(1, within(1e-9));
        pass(4, 1);

        assertThat(budget.left()).isNegative();
    }

    @Test
    void aBadWeekIsForgottenWithinMonths() {
        pass(7, 1);
        assertThat(budget.left()).isCloseTo(-9, within(0.1));
        pass(120, 0);

        assertThat(budget.left()).isGreaterThan(0.8);
    }
}
