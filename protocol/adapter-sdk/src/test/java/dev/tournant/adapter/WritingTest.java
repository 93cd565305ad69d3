package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for a partner whose adapter says nothing special. */
class WritingTest {
    private static final Writing PLAIN = new Writing() {
        @Override
        public Map<RecordKey, Remote> seen(Payload payload) {
            return Map.of();
        }

        @Override
        public Plan plan(Difference difference) {
            return new Plan(List.of(), Map.of());
        }

        @Override
        public Result read(Call call, Answer answer) {
            return new Result(Map.of(), Map.of(), List.of());
        }
    };

    @Test
    void isToldChangesAndAtOnce() {
        assertThat(PLAIN.scope()).isEqualTo(Writing.Scope.CHANGES);
        assertThat(PLAIN.jobs()).isEmpty();
        Link link = new Link(new LinkId("l"), new PartnerName("p"), "a", null, "c");
        Difference difference =
                new Difference(link, Currency.getInstance("USD"), Map.of(), Set.of(), Map.of(), "n", Instant.EPOCH);
        assertThat(difference.whole()).isEmpty();
        assertThat(difference.pending()).isEmpty();
    }

    @Test
    void plansAnewWhatWasNotAnswered() {
        RecordKey tea = RecordKey.of(Kind.ITEM, "tea");
        Request request = new Request("POST", "/items", Map.of(), "{}", true);
        Result result = PLAIN.unanswered(new Call(request, Map.of(tea, tea.id()), ""), "reset");
        assertThat(result.outcomes()).isEqualTo(Map.of(tea, new Outcome.TryLater(Duration.ZERO, "reset")));
        assertThat(result.instead()).isEmpty();
    }

    @Test
    void boundsHowLongAJobMayTake() {
        assertThatThrownBy(() -> new Writing.Jobs(Duration.ofDays(2), "menus"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("within");
    }

    @Test
    void partsOfAWebhookNameAnAccountOrALocation() {
        byte[] body = {};
        assertThat(new Webhooks.Part(null, "here", body).location()).isEqualTo("here");
        assertThat(new Webhooks.Part("mine", null, body).account()).isEqualTo("mine");
        assertThatThrownBy(() -> new Webhooks.Part(null, null, body)).isInstanceOf(IllegalArgumentException.class);
    }
}
