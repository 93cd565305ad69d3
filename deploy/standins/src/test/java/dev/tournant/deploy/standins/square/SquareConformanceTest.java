package dev.tournant.deploy.standins.square;

import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Check;
import dev.tournant.conformance.Conformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/**
 * Tournant's adapter talks to this Square, as the conformance kit has it; and the laws of reading and writing hold for
 * a whole seller. What needs documents made for the purpose is proven beside the adapter.
 */
class SquareConformanceTest extends AdapterConformance {
    private static final Set<String> LAWS = Set.of(
            "samples-read-wholly",
            "unknown-members-ignored",
            "lenses-are-what-is-read-by",
            "get-put",
            "put-get",
            "money-is-exact",
            "unknown-members-survive",
            "unchanged-needs-no-call",
            "changes-are-told");

    private static final SquareStandin SQUARE =
            SquareStandin.start(SquareSettings.defaults().withSellers(1).withItems(30));
    private static final SquareStandin.Account ACCOUNT = SQUARE.accounts().get(0);
    private static final Link LINK = new Link(
            new LinkId("sq-1"),
            new PartnerName("square"),
            ACCOUNT.merchantId(),
            ACCOUNT.locationIds().get(0),
            "main");
    private static final StandinCounterpart COUNTERPART = new StandinCounterpart(SQUARE, ACCOUNT);
    private static final Samples SAMPLES = Samples.fetched(new SquareAdapter(), LINK, COUNTERPART, 10);

    @AfterAll
    static void stop() {
        SQUARE.close();
    }

    @Override
    protected List<Check> checks() {
        List<Check> checks = new ArrayList<>(Conformance.conversations());
        Conformance.checks().stream().filter(check -> LAWS.contains(check.id())).forEach(checks::add);
        return checks;
    }

    @Override
    protected Subject subject() {
        return Subject.of(new SquareAdapter(), LINK, SAMPLES)
                .withCounterpart(COUNTERPART)
                .at(Instant.now());
    }
}
