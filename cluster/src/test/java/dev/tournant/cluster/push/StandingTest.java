package dev.tournant.cluster.push;

import static dev.tournant.cluster.push.Kiosk.all;
import static dev.tournant.cluster.push.Kiosk.call;
import static dev.tournant.cluster.push.Kiosk.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Result;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final RecordKey SOUP = item("soup");

    private final Call described = call("described", "soup", "tea");
    private final Call counted = call("counted", "soup");

    private Standing standing(Map<RecordKey, Outcome> settled) {
        return new Standing(new Plan(List.of(List.of(described), List.of(counted)), settled));
    }

    @Test
    void aRecordIsDoneWhenAllCallsAboutItAre() {
        Standing standing = standing(Map.of());
        assertThat(standing.ended(described, all(described, Outcome.DONE)))
                .containsExactly(Map.entry(item("tea"), Outcome.DONE));
        assertThat(standing.ended(counted, all(counted, Outcome.DONE))).containsExactly(Map.entry(SOUP, Outcome.DONE));
    }

    @Test
    void whatIsNotDoneIsToldAtOnceAndNoBetterNewsTakeItBack() {
        for (Outcome outcome : List.of(Kiosk.PENDING, Kiosk.REFUSED, Kiosk.LATER, Kiosk.READ_AGAIN)) {
            Standing standing = standing(Map.of());
            assertThat(standing.ended(described, all(described, outcome))).containsEntry(SOUP, outcome);
            assertThat(standing.ended(counted, all(counted, Outcome.DONE))).isEmpty();
        }
    }

    @Test
    void worseNewsAreTold() {
        Standing standing = standing(Map.of());
        standing.ended(described, all(described, Kiosk.PENDING));
        assertThat(standing.ended(counted, all(counted, Kiosk.REFUSED)))
                .containsExactly(Map.entry(SOUP, Kiosk.REFUSED));
    }

    @Test
    void whatIsSettledIsToldFirstUnlessACallIsAboutItToo() {
        Standing standing =
                standing(Map.of(SOUP, Outcome.DONE, item("cake"), Outcome.DONE, item("tea"), Kiosk.REFUSED));
        assertThat(standing.settled())
                .containsOnly(Map.entry(item("cake"), Outcome.DONE), Map.entry(item("tea"), Kiosk.REFUSED));
        standing.ended(described, all(described, Outcome.DONE));
        assertThat(standing.ended(counted, all(counted, Outcome.DONE))).containsExactly(Map.entry(SOUP, Outcome.DONE));
    }

    @Test
    void callsInPlaceOfAnotherCountForIt() {
        Standing standing = standing(Map.of());
        List<Call> divided = Kiosk.divided(described);
        assertThat(standing.ended(described, new Result(Map.of(), Map.of(), divided)))
                .isEmpty();
        assertThat(standing.ended(counted, all(counted, Outcome.DONE)))
                .as("its description is not told yet")
                .isEmpty();
        assertThat(standing.ended(divided.get(0), all(divided.get(0), Outcome.DONE)))
                .containsExactly(Map.entry(SOUP, Outcome.DONE));
        assertThat(standing.ended(divided.get(1), all(divided.get(1), Kiosk.REFUSED)))
                .containsExactly(Map.entry(item("tea"), Kiosk.REFUSED));
    }

    @Test
    void othersThatTurnOutToBeToBlameAreTold() {
        Standing standing = standing(Map.of());
        Result blamed = new Result(Map.of(SOUP, Kiosk.LATER, item("salt"), Kiosk.REFUSED), Map.of(), List.of());
        assertThat(standing.ended(counted, blamed)).containsEntry(item("salt"), Kiosk.REFUSED);
    }
}
