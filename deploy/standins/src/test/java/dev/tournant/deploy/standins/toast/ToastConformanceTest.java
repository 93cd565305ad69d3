package dev.tournant.deploy.standins.toast;

import dev.tournant.adapters.toast.ToastAdapter;
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
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;

/**
 * Tournant's adapter talks to this Toast, as the conformance kit has it; and the laws of reading hold for a whole
 * restaurant. What needs documents made for the purpose is proven beside the adapter.
 */
class ToastConformanceTest extends AdapterConformance {
    private static final Set<String> LAWS = Set.of(
            "samples-read-wholly",
            "unknown-members-ignored",
            "unknown-words-reported",
            "wrong-types-reported",
            "extreme-values",
            "fetch-reads-all-pages",
            "pages-twice",
            "plans-account-for-all");

    private static final ToastStandin TOAST = ToastStandin.start(Setup.quick());
    private static final String GUID = TOAST.restaurants().get(0);
    private static final Currency CURRENCY =
            Currency.getInstance(TOAST.restaurant(GUID).orElseThrow().identity().currency());
    private static final Link LINK = new Link(new LinkId("toast-1"), new PartnerName("toast"), GUID, GUID, "main");
    private static final StandinCounterpart COUNTERPART = new StandinCounterpart(TOAST);
    private static final Samples SAMPLES = Samples.fetched(new ToastAdapter(), LINK, COUNTERPART, 10);

    @AfterAll
    static void stop() {
        TOAST.close();
    }

    @Override
    protected List<Check> checks() {
        List<Check> checks = new ArrayList<>(Conformance.conversations());
        Conformance.checks().stream().filter(check -> LAWS.contains(check.id())).forEach(checks::add);
        return checks;
    }

    @Override
    protected Subject subject() {
        return Subject.of(new ToastAdapter(), LINK, SAMPLES)
                .withCounterpart(COUNTERPART)
                .in(CURRENCY)
                .at(Instant.now());
    }
}
