package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetsTest {
    private static final PartnerName TOAST = new PartnerName("toast");
    private static final Link LINK = new Link(new LinkId("t-1"), TOAST, "A1", "L1", "main");

    private static Budgets budgets(Limit... limits) {
        return new Budgets(
                new PoolNames(Map.of(TOAST, List.of(limits)), Parts.NONE),
                link -> new Party(link.partner(), link.credentials(), link.account(), link.location()));
    }

    private static Request get(String path) {
        return new Request("GET", path, Map.of(), null, true);
    }

    private static final Limit SECOND = Limit.rate("calls-per-second", Scope.LOCATION, 20, Duration.ofSeconds(1));
    private static final Limit QUARTER = Limit.rate("calls-per-quarter", Scope.LOCATION, 900, Duration.ofMinutes(15));
    private static final Limit MENUS =
            Limit.rate("menus", Scope.LOCATION, 1, Duration.ofSeconds(1)).only("GET", "/menus");
    private static final Limit LOCK = Limit.concurrent("lock", Scope.APPLICATION, 1);

    @Test
    void allResourcesOfALinkShareThePoolThatCountsAllCalls() {
        Budgets budgets = budgets(SECOND, QUARTER, MENUS, LOCK);

        Budgets.Budget menus = budgets.of(LINK, get("/menus/v2"));
        Budgets.Budget stock = budgets.of(LINK, get("/stock"));

        assertThat(menus).isEqualTo(stock);
        assertThat(menus.pool()).isEqualTo("toast:calls-per-second:all:A1:L1");
        assertThat(menus.callsPerSecond()).as("900 in a quarter of an hour").isEqualTo(1);
    }

    @Test
    void theBroadestScopeIsThePool() {
        Limit app = Limit.rate("app", Scope.APPLICATION, 100, Duration.ofSeconds(1));

        assertThat(budgets(app, SECOND).of(LINK, get("/stock"))).isEqualTo(new Budgets.Budget("toast:app:all", 100));
    }

    @Test
    void withoutRatesCallsOfOneSetOfCredentialsShareAPoolThatNoGateKeeps() {
        Budgets.Budget budget = budgets(LOCK).of(LINK, get("/stock"));

        assertThat(budget.callsPerSecond()).isInfinite();
        assertThat(budget.pool()).isEqualTo("toast::all:main");
    }
}
