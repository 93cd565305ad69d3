package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Limit;
import dev.tournant.cluster.gate.GateMessage.GateReply.Granted;
import dev.tournant.cluster.gate.GateMessage.GateReply.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The way of one call through its gates, in time that the test makes. */
class AdmissionTest implements Admission.Way {
    private static final Duration LIFE = Duration.ofSeconds(5);
    private static final long SECOND = 1_000_000_000L;

    private final List<String> told = new ArrayList<>();
    private long lastId;
    /** Not zero: a clock may begin anywhere. */
    private long now = Long.MAX_VALUE - 3 * SECOND;

    private Admission admission(Duration within, String... pools) {
        Admission admission = new Admission(
                Stream.of(pools)
                        .map(each -> new PoolNames.Passing(
                                each, Limit.rate(each, Limit.Scope.ACCOUNT, 1, Duration.ofSeconds(1)), 0, 1))
                        .toList(),
                Lane.PRICE,
                now + within.toNanos(),
                LIFE,
                () -> ++lastId,
                this);
        admission.advance(now);
        return admission;
    }

    @Override
    public void ask(Admission.Wanted wanted, int round, Lane lane, Duration within) {
        told.add("ask " + wanted.passing().pool() + " " + wanted.id() + "." + round + " within " + within.toSeconds());
    }

    @Override
    public void unused(Admission.Wanted wanted) {
        told.add("unused " + wanted.passing().pool() + " " + wanted.id());
    }

    private List<String> told() {
        List<String> all = List.copyOf(told);
        told.clear();
        return all;
    }

    private void later(Admission admission, long nanos) {
        now += nanos;
        admission.advance(now);
    }

    private void grant(Admission admission, long id, int round) {
        admission.granted(new Granted(id, round, LIFE.toMillis()), now);
    }

    private static Admission.End.Passed passed(Admission admission) {
        return (Admission.End.Passed) Objects.requireNonNull(admission.end());
    }

    private static dev.tournant.adapter.Gates.Refused failed(Admission admission) {
        return ((Admission.End.Failed) Objects.requireNonNull(admission.end())).refused();
    }

    @Test
    void asksOnePoolAfterAnotherAndIsGoodUntilTheFirstPermitEnds() {
        long begun = now;
        Admission admission = admission(Duration.ofSeconds(30), "narrow", "broad");
        assertThat(told()).containsExactly("ask narrow 1.0 within 30");
        now += SECOND;
        grant(admission, 1, 0);
        assertThat(told()).containsExactly("ask broad 2.0 within 29");
        now += SECOND;
        grant(admission, 2, 0);
        assertThat(passed(admission).permits()).extracting(Admission.Wanted::id).containsExactly(1L, 2L);
        assertThat(passed(admission).goodUntil()).isEqualTo(begun + LIFE.toNanos());
        assertThat(told()).isEmpty();
    }

    @Test
    void aCallThatPassesNothingPassesAtOnce() {
        Admission admission = admission(Duration.ofSeconds(30));
        assertThat(passed(admission).permits()).isEmpty();
        assertThat(passed(admission).goodUntil() - now).isEqualTo(LIFE.toNanos());
    }

    @Test
    void asksAgainWhileItWaitsAndCountsFromTheAskingThatWasAnswered() {
        Admission admission = admission(Duration.ofSeconds(30), "pool");
        told();
        later(admission, SECOND);
        assertThat(told()).isEmpty();
        later(admission, SECOND);
        assertThat(told()).containsExactly("ask pool 1.1 within 28");
        long second = now;
        later(admission, 2 * SECOND);
        assertThat(told()).containsExactly("ask pool 1.2 within 26");
        now += SECOND / 2;
        grant(admission, 1, 1);
        assertThat(passed(admission).goodUntil()).isEqualTo(second + LIFE.toNanos());
    }

    @Test
    void givesBackWhatItHoldsWhenALaterPoolRefuses() {
        Admission admission = admission(Duration.ofSeconds(30), "narrow", "broad");
        grant(admission, 1, 0);
        admission.refused(new Refused(2, 40_000, "full"), now);
        assertThat(told()).containsExactly("ask narrow 1.0 within 30", "ask broad 2.0 within 30", "unused narrow 1");
        assertThat(failed(admission).after()).isEqualTo(Duration.ofSeconds(40));
        assertThat(failed(admission)).hasMessage("full");
    }

    @Test
    void isInLineAgainBeforeAPoolHasRoom() {
        Admission admission = admission(Duration.ofSeconds(30), "pool");
        told();
        admission.refused(new Refused(1, 10_000, "full"), now);
        later(admission, 7 * SECOND);
        assertThat(told()).isEmpty();
        later(admission, SECOND);
        assertThat(told()).as("half a permit's life before").containsExactly("ask pool 2.0 within 22");
        admission.refused(new Refused(2, 0, "too many wait"), now);
        later(admission, SECOND / 10);
        assertThat(told()).isEmpty();
        later(admission, SECOND);
        assertThat(told()).containsExactly("ask pool 3.0 within 20");
        admission.refused(new Refused(3, 20_900, "full"), now);
        assertThat(failed(admission).after()).isEqualTo(Duration.ofMillis(20_900));
    }

    @Test
    void withdrawsItsWishWhenTimeIsOver() {
        Admission admission = admission(Duration.ofSeconds(1), "pool");
        told();
        later(admission, SECOND);
        assertThat(told()).containsExactly("unused pool 1");
        assertThat(failed(admission)).hasMessageContaining("no answer from the gate of pool");
        grant(admission, 1, 0);
        assertThat(admission.end()).isInstanceOf(Admission.End.Failed.class);
    }

    @Test
    void givesANarrowPermitBackWhenItRunsOutAndAsksForAnotherOnceTheBroadOneIsThere() {
        Admission admission = admission(Duration.ofSeconds(30), "narrow", "broad");
        grant(admission, 1, 0);
        for (int i = 0; i < 8; i++) {
            later(admission, SECOND);
        }
        assertThat(told())
                .contains("unused narrow 1")
                .filteredOn(each -> each.startsWith("ask narrow"))
                .hasSize(1);
        grant(admission, 2, 3);
        assertThat(admission.end()).isNull();
        assertThat(told()).containsExactly("ask narrow 3.0 within 22");
        grant(admission, 3, 0);
        assertThat(passed(admission).permits()).extracting(Admission.Wanted::id).containsExactly(3L, 2L);
    }

    @Test
    void aGrantThatComesTooLateIsGivenBack() {
        Admission admission = admission(Duration.ofSeconds(30), "pool");
        later(admission, 4 * SECOND);
        told();
        grant(admission, 1, 0);
        assertThat(told()).containsExactly("unused pool 1", "ask pool 2.0 within 26");
        assertThat(admission.end()).isNull();
    }
}
