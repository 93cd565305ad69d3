package dev.tournant.adapter.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;

class MappingTest {
    private static final Mapping ITEM = Mapping.of(Kind.ITEM)
            .field(Item.NAME, Lenses.at(Lenses.TEXT, "title"))
            .field(Item.SKU, Lenses.at(Lenses.TEXT, "code"))
            .field(Item.ALCOHOL, Lenses.at(Lenses.BOOL, "strong"))
            .build();

    private static JsonNode json(String text) {
        return Documents.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Example
    void readsWhatItCanAndNamesTheRest() {
        List<String> trouble = new ArrayList<>();
        JsonNode document = json("{'title':'" + "x".repeat(513) + "','strong':7}");

        FieldMap fields = ITEM.get(document, e -> trouble.add(e.getMessage()));

        assertThat(fields.has(Item.NAME)).as("nothing is said").isFalse();
        assertThat(fields.has(Item.ALCOHOL)).isFalse();
        assertThat(fields.has(Item.SKU)).as("it has none").isTrue();
        assertThat(trouble)
                .containsExactly("name: has 513 characters; send at most 512", "strong: must be true or false, not 7");
    }

    @Example
    void readsTheSameAsBeforeWhereNothingIsWrong() {
        JsonNode document = json("{'title':'Tea','strong':false}");
        assertThat(ITEM.get(document, e -> {
                    throw e;
                }))
                .isEqualTo(ITEM.get(document));
        assertThatThrownBy(() -> ITEM.get(json("{'title':7}"))).isInstanceOf(InvalidValue.class);
    }
}
