package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Photo;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A whole page of the catalogue, both ways. */
class RecordsLawTest {
    private static final Records RECORDS = SquareShapes.forLocation("HERE");
    private static final ObjectNode PAGE = Sample.document("catalog-page.json");

    /** What can be read; of a record that stands there twice, the last. */
    private static Map<RecordKey, FieldMap> read(JsonNode page) {
        Map<RecordKey, FieldMap> found = new LinkedHashMap<>();
        RECORDS.read(page, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                try {
                    found.put(shape.key(object), shape.mapping().get(object));
                } catch (InvalidValue e) {
                    // The sample has some that cannot be read: they must survive all the same.
                    assertThat(e).isNotNull();
                }
            }

            @Override
            public void trouble(String path, JsonNode object, String why) {
                assertThat(why).isNotEmpty();
            }
        });
        return found;
    }

    private static ObjectNode unique() {
        ObjectNode page = PAGE.deepCopy();
        ArrayNode objects = page.putArray("objects");
        Set<String> seen = new java.util.HashSet<>();
        PAGE.path("objects").forEach(each -> {
            List<String> ids = each.findValuesAsText("id");
            if (ids.stream().noneMatch(seen::contains)) {
                seen.addAll(ids);
                objects.add(each);
            }
        });
        return page;
    }

    @Example
    void writingWhatWasReadChangesNothing() {
        ObjectNode page = unique();
        Map<RecordKey, FieldMap> all = read(page);
        assertThat(all.size()).isGreaterThan(10);
        Records.Written written = RECORDS.put(page, all, Set.of());
        assertThat(written.document()).isEqualTo(page);
        assertThat(written.homeless()).isEmpty();
    }

    @Property(tries = 100)
    void readsWhatItWroteAndLeavesTheRest(@ForAll Random random) {
        ObjectNode page = unique();
        Map<RecordKey, FieldMap> before = read(page);
        Map<RecordKey, FieldMap> wanted = new LinkedHashMap<>();
        before.forEach((key, fields) -> {
            // What is deleted has no body, and would be left with an empty one.
            boolean named = key.kind() == Kind.ITEM && fields.get(Item.NAME) != null;
            if (named && random.nextInt(3) == 0) {
                wanted.put(key, FieldMap.of(Item.NAME, "name " + random.nextInt()));
            }
        });
        JsonNode after = RECORDS.put(page, wanted, Set.of()).document();
        assertThat(page).as("the given document stays").isEqualTo(unique());
        Map<RecordKey, FieldMap> now = read(after);
        assertThat(now.keySet()).isEqualTo(before.keySet());
        now.forEach((key, fields) -> {
            FieldMap told = wanted.getOrDefault(key, FieldMap.EMPTY);
            assertThat(fields.get(Item.NAME))
                    .isEqualTo((told.isEmpty() ? before.getOrDefault(key, FieldMap.EMPTY) : told).get(Item.NAME));
        });
        assertThat(RECORDS.put(after, before, Set.of()).document())
                .as("and back")
                .isEqualTo(page);
    }

    @Example
    void findsAPlaceForNewRecordsAndTakesOthersAway() {
        ObjectNode page = unique();
        RecordKey dish = RecordKey.of(Kind.ITEM, "#dish");
        RecordKey small = RecordKey.of(Kind.ITEM, "#small");
        RecordKey group = RecordKey.of(Kind.MODIFIER_GROUP, "#group");
        RecordKey extra = RecordKey.of(Kind.ITEM, "#extra");
        RecordKey photo = RecordKey.of(Kind.PHOTO, "#photo");
        Map<RecordKey, FieldMap> wanted = new LinkedHashMap<>();
        wanted.put(
                small,
                FieldMap.builder(Kind.ITEM)
                        .set(Item.NAME, "Small")
                        .set(Item.VARIATION_OF, new Placement(dish.id(), 0))
                        .set(Item.PRICE, Money.of("3.50", "USD"))
                        .build());
        wanted.put(dish, FieldMap.of(Item.NAME, "Dish"));
        wanted.put(
                group,
                FieldMap.of(
                        ModifierGroup.OPTIONS,
                        List.of(new Option(extra.id(), 1, null, TriState.NO, TriState.UNSET, Bound.UNSET))));
        wanted.put(extra, FieldMap.of(Item.NAME, "Extra"));
        wanted.put(photo, FieldMap.of(Photo.NAME, "not written by this call"));
        RecordKey gone = read(page).keySet().iterator().next();

        Records.Written written = RECORDS.put(page, wanted, Set.of(gone));

        Map<RecordKey, FieldMap> now = read(written.document());
        assertThat(now).doesNotContainKey(gone);
        assertThat(now.get(dish).get(Item.NAME)).isEqualTo("Dish");
        assertThat(now.get(small).get(Item.PRICE)).isEqualTo(Money.of("3.50", "USD"));
        assertThat(now.get(extra).get(Item.NAME)).isEqualTo("Extra");
        assertThat(written.homeless()).containsExactly(photo);
        List<String> types = new ArrayList<>();
        written.document().path("objects").forEach(each -> {
            if (each.path("id").asText().startsWith("#")) {
                types.add(each.path("type").asText() + " " + each.findValuesAsText("id"));
            }
        });
        assertThat(types).containsExactlyInAnyOrder("ITEM [#dish, #small]", "MODIFIER_LIST [#group, #extra]");
    }

    @Example
    void keepsUnknownPartsOfNestedObjectsThatMove() {
        ObjectNode page = unique();
        for (JsonNode each : page.path("objects")) {
            JsonNode modifiers = each.path("modifier_list_data").path("modifiers");
            if (modifiers.size() > 1) {
                modifiers.forEach(modifier -> ((ObjectNode) modifier)
                        .put("zz_unknown", modifier.path("id").asText()));
                RecordKey key = new RecordKey(
                        Kind.MODIFIER_GROUP, new RecordId(each.path("id").asText()));
                List<Option> options = new ArrayList<>(read(page).get(key).get(ModifierGroup.OPTIONS));
                java.util.Collections.reverse(options);
                JsonNode after = RECORDS.put(page, Map.of(key, FieldMap.of(ModifierGroup.OPTIONS, options)), Set.of())
                        .document();
                JsonNode moved = after.findValue("modifiers");
                assertThat(read(after).get(key).get(ModifierGroup.OPTIONS)).isEqualTo(options);
                assertThat(moved.get(0).path("zz_unknown"))
                        .isEqualTo(moved.get(0).path("id"));
                return;
            }
        }
        throw new AssertionError("the sample has no list of several modifiers");
    }
}
