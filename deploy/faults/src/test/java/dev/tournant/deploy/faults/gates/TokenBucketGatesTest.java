package dev.tournant.deploy.faults.gates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Gates.Pass;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The limiter that gates are compared with does what such limiters do: of days, so that nothing grows while the test runs. */
class TokenBucketGatesTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final Gates gates = new TokenBucketGates(List.of(
            Limit.rate("all", Scope.APPLICATION, 6, DAY),
            Limit.rate("location", Scope.LOCATION, 5, DAY),
            Limit.bucket("bucket", Scope.LOCATION, 2, 1, DAY).only("GET", "/bucket"),
            Limit.concurrent("lock", Scope.LOCATION, 1).only("GET", "/lock")));

    private CompletableFuture<Pass> ask(String path, String location) {
        Party party = new Party(new PartnerName("counting"), "main", "account", location);
        return gates.admit(party, new Request("GET", path, Map.of(), null, false), Lane.MENU, Duration.ofSeconds(1))
                .toCompletableFuture();
    }

    private long passed(int asked, String path, String location) {
        long passed = 0;
        for (int i = 0; i < asked; i++) {
            passed += ask(path, location).isCompletedExceptionally() ? 0 : 1;
        }
        return passed;
    }

    @Test
    void letsAsManyGoAsEachLimitOfACallHoldsAndTakesNothingForARefusal() {
        assertThat(passed(9, "/bucket", "first")).isEqualTo(2);
        assertThat(passed(9, "/plain", "first")).isEqualTo(3);
        assertThat(passed(9, "/plain", "second")).isEqualTo(1);
    }

    @Test
    void givesBackWhatIsLimitedAtOneTimeOnly() {
        Pass pass = ask("/lock", "first").join();
        assertThat(ask("/lock", "first")).isCompletedExceptionally();
        pass.lost();
        assertThat(passed(9, "/lock", "first")).isEqualTo(1);
    }
}
