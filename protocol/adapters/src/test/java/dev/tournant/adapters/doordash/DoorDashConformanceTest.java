package dev.tournant.adapters.doordash;

import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;

class DoorDashConformanceTest extends AdapterConformance {
    private static final Samples SAMPLES = Samples.onClassPath(DoorDashConformanceTest.class, "/doordash/conformance");

    @Override
    protected Subject subject() {
        return Subject.of(new DoorDashAdapter(), Diner.LINK, SAMPLES)
                .excusing(
                        "blamed-record-found",
                        "DoorDash names the place of every field that it refuses, and a menu goes out whole: where it"
                                + " names none, nothing can be left out");
    }
}
