package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void keepsAClearedFieldThroughWritingAndReading() throws JsonProcessingException {
        FieldMap fields = FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, "Tea")
                .clear(Item.PRICE)
                .build();
        Fact fact = new Fact.RecordsChanged(
                List.of(RecordDelta.set(RecordKey.of(Kind.ITEM, "tea"), Stamp.ZERO, 0, fields)));

        String json = Json.text().writeValueAsString(fact);

        assertThat(json).contains("\"price\":null");
        assertThat(Json.text().readValue(json, Fact.class)).isEqualTo(fact);
    }

    @Test
    void leavesOutMembersThatAreNull() throws JsonProcessingException {
        assertThat(Json.text().writeValueAsString(Outcome.APPLIED)).doesNotContain("problem");
    }
}
