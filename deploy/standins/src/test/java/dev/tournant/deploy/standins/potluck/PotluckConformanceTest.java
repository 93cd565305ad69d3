package dev.tournant.deploy.standins.potluck;

import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Check;
import dev.tournant.conformance.Conformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/**
 * The example manifest talks to this Potluck, as the conformance kit has it; and the laws of reading and writing hold for
 * a whole location. What needs documents made for the purpose is proven in the kit's own module.
 */
class PotluckConformanceTest extends AdapterConformance {
    private static final Set<String> LAWS = Set.of(
            "samples-read-wholly",
            "unknown-members-ignored",
            "lenses-are-what-is-read-by",
            "get-put",
            "put-get",
            "money-is-exact",
            "unknown-members-survive",
            "unchanged-needs-no-call",
            "changes-are-told",
            "unknown-members-sent-back");

    private static final PotluckStandin POTLUCK = PotluckStandin.start(
            PotluckSettings.defaults().withLocations(1).withItems(120).withRequestsPerSecond(100_000));
    private static final PotluckCounterpart COUNTERPART = new PotluckCounterpart(POTLUCK);
    private static final Samples SAMPLES =
            Samples.fetched(PotluckCounterpart.adapter(), COUNTERPART.link(), COUNTERPART, 10);

    @AfterAll
    static void stop() {
        POTLUCK.close();
    }

    @Override
    protected List<Check> checks() {
        List<Check> checks = new ArrayList<>(Conformance.conversations());
        Conformance.checks().stream().filter(check -> LAWS.contains(check.id())).forEach(checks::add);
        return checks;
    }

    @Override
    protected Subject subject() {
        return Subject.of(PotluckCounterpart.adapter(), COUNTERPART.link(), SAMPLES)
                .withCounterpart(COUNTERPART)
                .at(Instant.now());
    }
}
