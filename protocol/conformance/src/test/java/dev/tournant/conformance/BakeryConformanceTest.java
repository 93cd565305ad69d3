package dev.tournant.conformance;

/** A manifest of a partner that takes patches, and several objects a call with an answer for each. */
class BakeryConformanceTest extends AdapterConformance {
    @Override
    protected Subject subject() {
        return Bakery.SUBJECT
                .withCounterpart(new Bakery())
                .excusing(
                        "blamed-record-found",
                        "an item is told with its sizes in one object, which the bakery takes or refuses as one");
    }
}
