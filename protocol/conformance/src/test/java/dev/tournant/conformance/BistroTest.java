package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A partner's test as a partner writes it; and what it must not find. */
class BistroTest extends AdapterConformance {
    @Override
    protected Subject subject() {
        return Bistro.subject(new Bistro()).withCounterpart(new BistroHouse());
    }

    @Test
    void asksARightAdapterForNothingMore() {
        Report report = Conformance.run(subject(), effort());
        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.lines()).hasSameSizeAs(Conformance.checks());
        assertThat(report.lines().stream()
                        .filter(line -> line.verdict() instanceof Verdict.NotApplicable)
                        .map(line -> line.check().id()))
                .containsExactlyInAnyOrder(
                        "probe-is-another-request",
                        "absence-over-all-pages",
                        "absence-of-what-was-read",
                        "covering-webhooks-carry-all",
                        "unkeyed-writes-looked-for",
                        "patches-bear-what-changed",
                        "removals-bear-the-version",
                        "round-trip-stock");
    }
}
