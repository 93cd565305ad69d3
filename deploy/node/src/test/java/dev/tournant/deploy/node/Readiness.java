package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.management.HealthCheckSettings;
import akka.management.NamedHealthCheck;
import akka.management.javadsl.CheckResult;
import akka.management.javadsl.HealthChecks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks one of the readiness checks that a node's configuration names, as Akka Management does. */
final class Readiness {
    /** Longer than a node gives them: a check is to say by itself that it cannot reach what it asks. */
    private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(30);

    private Readiness() {}

    static CheckResult of(ActorSystem system, String check) throws Exception {
        HealthCheckSettings all =
                HealthCheckSettings.create(system.settings().config().getConfig("akka.management.health-checks"));
        List<NamedHealthCheck> asked = all.getReadinessChecks().stream()
                .filter(each -> each.name().equals(check))
                .toList();
        assertThat(asked).hasSize(1);
        HealthCheckSettings only =
                HealthCheckSettings.create(asked, List.of(), all.readinessPath(), all.livenessPath(), CHECK_TIMEOUT);
        return new HealthChecks((ExtendedActorSystem) system, only)
                .readyResult()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }
}
