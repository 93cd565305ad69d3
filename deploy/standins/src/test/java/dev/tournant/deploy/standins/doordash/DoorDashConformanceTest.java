package dev.tournant.deploy.standins.doordash;

import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Check;
import dev.tournant.conformance.Conformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import dev.tournant.deploy.standins.core.Receiver;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/**
 * Tournant's adapter tells this DoorDash what a merchant has, as the conformance kit has it: every call is a job, whose end
 * comes by webhook. Each check has a store of its own.
 */
class DoorDashConformanceTest extends AdapterConformance {
    private static final Samples MERCHANT = Samples.onClassPath(DoorDashConformanceTest.class, "/doordash/conformance");
    private static final DoorDashStandin DOORDASH = DoorDashStandin.start(DoorDashSettings.defaults()
            .withJobs(Duration.ofMillis(5), Duration.ofMinutes(5))
            .withLimit(100_000, Duration.ofMinutes(1)));
    private static final Receiver RECEIVER = receiver();
    private static int stores;

    private static Receiver receiver() {
        try {
            Receiver receiver = Receiver.open();
            DOORDASH.subscribe(receiver.url(), "our-token");
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        RECEIVER.close();
        DOORDASH.close();
    }

    @Override
    protected List<Check> checks() {
        return Conformance.conversations();
    }

    @Override
    protected Subject subject() {
        String store = "kit-" + stores++;
        Link link =
                new Link(new LinkId("dd-1"), new PartnerName("doordash"), DoorDashStandin.PROVIDER_TYPE, store, "main");
        return Subject.of(new DoorDashAdapter(), link, MERCHANT)
                .withCounterpart(new StandinCounterpart(DOORDASH, store, RECEIVER))
                .at(Instant.now());
    }
}
