package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogReadsTest {
    private final Counter counter = new Counter(7);

    @Test
    void leavesOutWhatChangedAtTheVeryBeginTime() {
        Edit first = counter.editor.edit(counter.seller, EditKind.RENAME);
        Edit second = counter.editor.edit(counter.seller, EditKind.ADD_ITEM);

        JsonNode before =
                counter.search("{'object_types':['ITEM'],'begin_time':'" + Json.time(first.version() - 1) + "'}");
        JsonNode after = counter.search("{'object_types':['ITEM'],'begin_time':'" + Json.time(first.version()) + "'}");
        JsonNode last = counter.search("{'begin_time':'" + Json.time(second.version()) + "'}");

        assertThat(Counter.ids(before.path("objects"))).contains(first.objectId(), second.objectId());
        assertThat(Counter.ids(after.path("objects"))).containsExactly(second.objectId());
        assertThat(last.has("objects")).isFalse();
        assertThat(last.path("latest_time").asText()).isEqualTo(Json.time(second.version()));
    }

    @Test
    void losesNothingToTheExclusiveTimeWhenEditsShareAMillisecond() {
        String known = counter.search("{}").path("latest_time").asText();
        List<String> seen = new ArrayList<>();
        List<String> made = new ArrayList<>();

        for (int round = 0; round < 20; round++) {
            made.add(counter.editor.edit(counter.seller, EditKind.ADD_ITEM).objectId());
            JsonNode delta = counter.search("{'object_types':['ITEM'],'begin_time':'" + known + "'}");
            known = delta.path("latest_time").asText();
            seen.addAll(Counter.ids(delta.path("objects")));
        }

        assertThat(seen).containsExactlyElementsOf(made);
    }

    @Test
    void keepsATombstoneThatOnlyASearchForDeletedShows() {
        Edit gone = counter.editor.edit(counter.seller, EditKind.DELETE_ITEM);
        String begin = Json.time(gone.version() - 1);

        JsonNode without = counter.search("{'begin_time':'" + begin + "'}");
        JsonNode with = counter.search("{'begin_time':'" + begin + "','include_deleted_objects':true}");

        assertThat(without.has("objects")).isFalse();
        JsonNode tombstone = with.path("objects").path(0);
        assertThat(Shape.id(tombstone)).isEqualTo(gone.objectId());
        assertThat(tombstone.path("is_deleted").asBoolean()).isTrue();
        assertThat(tombstone.path("updated_at").asText()).isEqualTo(Json.time(gone.version()));
        assertThat(new CatalogReads(counter.seller)
                        .retrieve(gone.objectId(), false, false)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void neverListsWhatIsDeleted() {
        Edit gone = counter.editor.edit(counter.seller, EditKind.DELETE_ITEM);

        JsonNode listed =
                counter.ok(() -> new CatalogReads(counter.seller).list(Optional.of("item"), Optional.empty()));

        assertThat(Counter.ids(listed.path("objects")))
                .hasSize(Counter.ITEMS - 1)
                .doesNotContain(gone.objectId());
    }

    @Test
    void pagesThroughWhatWasThereAtTheFirstPageWhateverHappensMeanwhile() {
        List<String> expected = Counter.ids(counter.search("{}").path("objects"));
        JsonNode page = counter.search("{'limit':7}");
        String latest = page.path("latest_time").asText();
        List<ObjectNode> seen = new ArrayList<>(Json.objectsOf(page.path("objects")));

        while (page.has("cursor")) {
            for (EditKind kind : EditKind.values()) {
                counter.editor.edit(counter.seller, kind);
            }
            page = counter.search("{'limit':7,'cursor':'" + page.path("cursor").asText() + "'}");
            seen.addAll(Json.objectsOf(page.path("objects")));
            assertThat(page.path("latest_time").asText()).isEqualTo(latest);
        }

        assertThat(seen.stream().map(Shape::id)).containsExactlyElementsOf(expected);
        assertThat(seen)
                .noneMatch(Shape::isDeleted)
                .allMatch(object -> Json.time(Shape.version(object)).compareTo(latest) <= 0);
    }

    @Test
    void givesTheSamePageForTheSameCursor() {
        String cursor = counter.search("{'limit':5}").path("cursor").asText();
        String again = "{'limit':5,'cursor':'" + cursor + "'}";

        assertThat(counter.search(again)).isEqualTo(counter.search(again));
    }

    @Test
    void refusesACursorThatIsNotOurs() {
        Answer answer = new CatalogReads(counter.seller).search(Counter.json("{'cursor':'bm90IG91cnM'}"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Counter.code(answer)).isEqualTo("INVALID_CURSOR");
    }

    @Test
    void showsImagesAndVariationsOnlyWhenAskedByType() {
        JsonNode all = counter.search("{}");
        JsonNode asked = counter.search("{'object_types':['IMAGE','ITEM_VARIATION']}");

        assertThat(types(all))
                .contains("ITEM", "CATEGORY", "TAX", "MODIFIER_LIST")
                .doesNotContain("IMAGE", "ITEM_VARIATION");
        assertThat(types(asked)).containsExactlyInAnyOrder("IMAGE", "ITEM_VARIATION");
    }

    @Test
    void addsWhatAnItemRefersToWhenAsked() {
        ObjectNode item = counter.any(Shape.ITEM);

        JsonNode answer = counter.ok(() -> new CatalogReads(counter.seller).retrieve(Shape.id(item), true, false));

        assertThat(Counter.ids(answer.path("related_objects")))
                .contains(item.path("item_data")
                        .path("categories")
                        .path(0)
                        .path("id")
                        .asText())
                .contains(item.path("item_data").path("tax_ids").path(0).asText());
    }

    private static HashSet<String> types(JsonNode answer) {
        HashSet<String> types = new HashSet<>();
        answer.path("objects").forEach(object -> types.add(Shape.type(object)));
        return types;
    }
}
