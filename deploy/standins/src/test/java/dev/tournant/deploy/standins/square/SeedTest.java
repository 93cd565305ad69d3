package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedTest {
    @Test
    void opensTheSameSellerFromTheSameSeed() {
        Counter one = new Counter(42);
        Counter other = new Counter(42);
        Counter third = new Counter(43);

        assertThat(one.seller.identity()).isEqualTo(other.seller.identity());
        assertThat(one.search("{}")).isEqualTo(other.search("{}"));
        assertThat(one.counts("{}")).isEqualTo(other.counts("{}"));
        assertThat(List.copyOf(one.seller.locations())).isEqualTo(List.copyOf(other.seller.locations()));
        assertThat(one.search("{}")).isNotEqualTo(third.search("{}"));
    }

    @Test
    void makesTheSameEditsFromTheSameSeed() {
        assertThat(edits(new Counter(42))).isEqualTo(edits(new Counter(42))).hasSize(200);
    }

    @Test
    void makesEveryKindOfEditAndSaysWhatChanged() {
        Counter counter = new Counter(3);
        for (EditKind kind : EditKind.values()) {
            Edit edit = counter.editor.edit(counter.seller, kind);
            assertThat(edit.kind()).isEqualTo(kind);
            if (kind != EditKind.HOURS && kind != EditKind.COUNT) {
                assertThat(Shape.version(counter.object(edit.objectId()))).isEqualTo(edit.version());
            }
        }
    }

    @Test
    void servesAMenuWithTheThingsThatTripClients() {
        Counter counter = new Counter(1);
        JsonNode items =
                counter.search("{'object_types':['ITEM'],'limit':1000}").path("objects");
        String all = items.toString();

        assertThat(items).hasSize(Counter.ITEMS);
        assertThat(all)
                .contains(
                        "NOT_SET", "\"YES\"", "\"NO\"", "VARIABLE_PRICING", "\"sold_out\":true", "location_overrides");
        assertThat(counter.counts("{'states':['WASTE']}").path("counts")).isNotEmpty();
    }

    private static List<String> edits(Counter counter) {
        return IntStream.range(0, 200)
                .mapToObj(nth -> {
                    Edit edit = counter.editor.edit(counter.seller, counter.editor.drawKind());
                    return edit.kind() + " " + edit.objectId() + " " + edit.field() + " " + edit.value();
                })
                .toList();
    }
}
