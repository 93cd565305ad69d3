package dev.tournant.adapters.square;

import dev.tournant.conformance.AdapterConformance;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;

class SquareConformanceTest extends AdapterConformance {
    /** The account is that of the webhook which Square signed itself. */
    private static final Link LINK =
            new Link(new LinkId("sq-1"), SquareAdapter.SQUARE, "MLEFBHHSJGVHD", "HERE", "main");

    private static final Samples SAMPLES = Samples.onClassPath(SquareConformanceTest.class, "/square/conformance");

    @Override
    protected Subject subject() {
        return Subject.of(new SquareAdapter(), LINK, SAMPLES);
    }
}
