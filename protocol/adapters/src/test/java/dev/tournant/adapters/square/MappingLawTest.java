package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Photo;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import dev.tournant.model.Tax;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class MappingLawTest {
    /** Square sets these by itself, and ignores what is written there. */
    private static final Set<Field<?>> READ_ONLY = Set.of(Item.STATUS, Item.UNTIL, Store.ADDRESS);

    private static final Map<String, Shape> SHAPES = SquareShapes.shapes("HERE");

    private static Mapping mapping(String type) {
        return java.util.Objects.requireNonNull(SHAPES.get(type), type).mapping();
    }

    /** A mapping, and documents of the sample page that it reads. */
    private static List<Map.Entry<Mapping, ObjectNode>> subjects() {
        List<Map.Entry<Mapping, ObjectNode>> all = new ArrayList<>();
        collect(Sample.document("catalog-page.json"), all);
        all.add(Map.entry(SquareStore.LOCATION, (ObjectNode)
                Sample.document("location.json").path("location")));
        assertThat(all.stream().map(Map.Entry::getKey).distinct()).hasSize(8);
        return all;
    }

    private static void collect(JsonNode node, List<Map.Entry<Mapping, ObjectNode>> into) {
        Shape shape = SHAPES.get(node.path("type").asText());
        Mapping mapping = shape == null ? null : shape.mapping();
        if (mapping != null && node instanceof ObjectNode object && readable(mapping, object)) {
            into.add(Map.entry(mapping, object));
        }
        node.forEach(child -> collect(child, into));
    }

    private static boolean readable(Mapping mapping, ObjectNode document) {
        try {
            mapping.get(document);
            return true;
        } catch (dev.tournant.model.InvalidValue e) {
            return false;
        }
    }

    private static final List<Map.Entry<Mapping, ObjectNode>> SUBJECTS = subjects();

    @Example
    void writingWhatWasReadChangesNothing() {
        for (Map.Entry<Mapping, ObjectNode> each : SUBJECTS) {
            assertThat(each.getKey().put(each.getValue(), each.getKey().get(each.getValue())))
                    .isEqualTo(each.getValue());
        }
    }

    @Property(tries = 300)
    void readsWhatItWroteAndLeavesWhatItDoesNotKnow(
            @ForAll("places") int index, @ForAll("values") Map<Field<?>, Object> values) {
        Mapping mapping = SUBJECTS.get(index).getKey();
        ObjectNode document = mark(SUBJECTS.get(index).getValue().deepCopy());
        ObjectNode before = document.deepCopy();
        FieldMap.Builder wanted = FieldMap.builder(mapping.kind());
        FieldMap mapped = mapping.get(document);
        values.forEach((field, value) -> {
            if (mapped.has(field) && !READ_ONLY.contains(field)) {
                wanted.put(field, value);
            }
        });
        FieldMap fields = wanted.build();

        JsonNode after = mapping.put(document, fields);

        assertThat(document).isEqualTo(before);
        FieldMap read = mapping.get(after);
        for (int i = 0; i < mapped.size(); i++) {
            Field<?> field = mapped.field(i);
            Object expected = fields.has(field) ? fields.get(field) : mapped.get(field);
            assertThat(read.get(field)).as(field + " of " + after).isEqualTo(expected);
        }
        assertMarksSurvive(before, after);
    }

    /** A member that nobody knows, in every object. */
    private static ObjectNode mark(ObjectNode object) {
        object.forEach(child -> {
            if (child instanceof ObjectNode inner) {
                mark(inner);
            } else if (child instanceof ArrayNode array) {
                array.forEach(element -> {
                    if (element instanceof ObjectNode inner) {
                        mark(inner);
                    }
                });
            }
        });
        return object.put("zz_unknown", "kept");
    }

    /** In every object that is still there; elements of lists, and money as a whole, may have gone. */
    private static void assertMarksSurvive(JsonNode before, JsonNode after) {
        assertThat(after.path("zz_unknown")).isEqualTo(TextNode.valueOf("kept"));
        Iterator<Map.Entry<String, JsonNode>> members = before.fields();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            JsonNode now = after.path(member.getKey());
            if (member.getValue().isObject() && now.isObject()) {
                assertMarksSurvive(member.getValue(), now);
            }
        }
    }

    @Example
    void keepsUnknownMembersOfTheElementsOfAList() {
        Mapping mapping = mapping("ITEM");
        ObjectNode burger = mark((ObjectNode)
                Sample.document("catalog-page.json").path("objects").get(0));
        List<GroupUse> uses = new ArrayList<>(
                java.util.Objects.requireNonNull(mapping.get(burger).get(Item.MODIFIER_GROUPS)));
        GroupUse first = uses.get(0);
        uses.set(0, new GroupUse(first.group(), 9, Bound.at(1), first.max(), TriState.UNSET, first.options()));
        JsonNode info = mapping.put(burger, FieldMap.of(Item.MODIFIER_GROUPS, uses))
                .path("item_data")
                .path("modifier_list_info")
                .get(0);
        assertThat(info.path("zz_unknown").textValue()).isEqualTo("kept");
        assertThat(info.path("min_selected_modifiers").intValue()).isEqualTo(1);
        assertThat(info.has("enabled")).isFalse();
        assertThat(info.path("modifier_overrides").get(0).path("zz_unknown").textValue())
                .isEqualTo("kept");
    }

    @Example
    void writesThePriceOfThisLocationWhereItHasOneOfItsOwn() {
        Mapping mapping = mapping("ITEM_VARIATION");
        ObjectNode small = (ObjectNode) Sample.document("catalog-page.json")
                .path("objects")
                .get(0)
                .path("item_data")
                .path("variations")
                .get(0);
        JsonNode data = mapping.put(small, FieldMap.of(Item.PRICE, Money.of("11", "USD")))
                .path("item_variation_data");
        assertThat(data.path("location_overrides")
                        .get(1)
                        .path("price_money")
                        .path("amount")
                        .intValue())
                .isEqualTo(1100);
        assertThat(data.path("location_overrides").get(0))
                .isEqualTo(small.path("item_variation_data")
                        .path("location_overrides")
                        .get(0));
        assertThat(data.path("price_money").path("amount").intValue()).isEqualTo(950);
    }

    @Example
    void refusesToSayWhatSquareHasNoWordFor() {
        Mapping list = mapping("MODIFIER_LIST");
        ObjectNode note = (ObjectNode)
                Sample.document("catalog-page.json").path("objects").get(2);
        assertThatThrownBy(() -> list.put(note, FieldMap.of(ModifierGroup.MAX, Bound.UNLIMITED)))
                .isInstanceOf(dev.tournant.model.InvalidValue.class);
        Mapping variation = mapping("ITEM_VARIATION");
        assertThatThrownBy(() -> variation.put(Documents.empty(), FieldMap.of(Item.PRICE, Money.of("1.005", "USD"))))
                .isInstanceOf(dev.tournant.model.InvalidValue.class);
    }

    /** Whatever stands anywhere in a document: the rest is read, and nothing is thrown. */
    @Property(tries = 500)
    void neverThrowsForWhatAPartnerMaySend(@ForAll Random random) {
        List<String> samples = List.of("catalog-page.json", "location.json", "counts-page.json");
        List<String> resources = List.of("catalog", "locations", "inventory");
        int sample = random.nextInt(3);
        ObjectNode document = Sample.document(samples.get(sample));
        for (int i = 0; i < 5; i++) {
            spoil(document, random);
        }
        byte[] body = Documents.text(document).getBytes(StandardCharsets.UTF_8);
        Reading reading = Sample.read(resources.get(sample), body);
        assertThat(reading.events().size() + reading.unreadable().size()).isPositive();
        Sample.read(null, body);
        Documents.object(body);
    }

    private static final List<String> ODD = List.of(
            "null",
            "{}",
            "[]",
            "[null]",
            "{\"a\":1}",
            "true",
            "7",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"1E999999999\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "\"/\"",
            "[[[]]]");

    private static void spoil(JsonNode root, Random random) {
        JsonNode node = root;
        while (true) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
            JsonNode child =
                    node.isArray() && node.size() > 0 ? node.get(random.nextInt(node.size())) : node.path(name);
            boolean stop =
                    child.isMissingNode() || !child.isContainerNode() || child.isEmpty() || random.nextInt(4) == 0;
            if (!stop) {
                node = child;
                continue;
            }
            JsonNode odd = Documents.object(
                            ("{\"x\":" + ODD.get(random.nextInt(ODD.size())) + "}").getBytes(StandardCharsets.UTF_8))
                    .path("x");
            if (node instanceof ObjectNode object && !name.isEmpty()) {
                object.set(name, odd);
            } else if (node instanceof ArrayNode array && array.size() > 0) {
                array.set(random.nextInt(array.size()), odd);
            }
            return;
        }
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, SUBJECTS.size() - 1);
    }

    /** Values that Square can say, of the mapped fields of all kinds. */
    @Provide
    Arbitrary<Map<Field<?>, Object>> values() {
        Arbitrary<String> text = Arbitraries.of("", "Tea", "Crème", "🍔");
        Arbitrary<RecordId> id = Arbitraries.of("A", "B", "SAUCES", "#new").map(RecordId::new);
        Arbitrary<TriState> tri = Arbitraries.of(TriState.class);
        Arbitrary<Boolean> bool = Arbitraries.of(true, false);
        Arbitrary<Long> ordinal = Arbitraries.of(0L, 3L, Long.MIN_VALUE);
        Arbitrary<Bound> bound = Arbitraries.of(Bound.UNSET, Bound.NONE, Bound.at(3));
        Arbitrary<Placement> placement = Combinators.combine(id, ordinal).as(Placement::new);
        Arbitrary<GroupUse.OptionOverride> override =
                Combinators.combine(id, tri, tri).as(GroupUse.OptionOverride::new);
        Arbitrary<GroupUse> use = Combinators.combine(
                        id, ordinal, bound, bound, tri, override.list().ofMaxSize(2))
                .as(GroupUse::new);
        Arbitrary<Option> option = Combinators.combine(id, ordinal, tri, tri)
                .as((item, place, byDefault, hidden) -> new Option(item, place, null, byDefault, hidden, Bound.UNSET));
        Arbitrary<Hours> hours = Combinators.combine(
                        Arbitraries.of(DayOfWeek.class),
                        Arbitraries.of(0, 9, 18).map(h -> LocalTime.of(h, 30)))
                .as((day, from) -> new Hours.Span(day, from, LocalTime.MIDNIGHT))
                .list()
                .ofMaxSize(3)
                .map(spans -> Hours.weekly(spans.toArray(Hours.Span[]::new)));
        Map<Field<?>, Arbitrary<?>> by = new HashMap<>();
        List.of(
                        Item.NAME,
                        Item.DESCRIPTION,
                        Item.SKU,
                        Item.BARCODE,
                        Category.NAME,
                        ModifierGroup.NAME,
                        Tax.NAME,
                        Photo.NAME,
                        Photo.URL,
                        Photo.CAPTION,
                        Store.NAME,
                        Store.DESCRIPTION,
                        Store.PHONE)
                .forEach(field -> by.put(field, text));
        by.put(Item.VARIATION_OF, placement);
        by.put(Item.CATEGORIES, placement.list().ofMaxSize(2));
        by.put(Item.MODIFIER_GROUPS, use.list().ofMaxSize(3));
        by.put(Item.TAXES, id.list().ofMaxSize(2));
        by.put(Item.PHOTOS, id.list().ofMaxSize(2));
        by.put(Item.PRICING, Arbitraries.of(Item.Pricing.class));
        by.put(Item.PRICE, Arbitraries.of(Money.of("1.5", "USD"), Money.of("7", "JPY"), Money.of("0", "USD")));
        by.put(Item.STOCK_TRACKED, bool);
        by.put(Item.ARCHIVED, bool);
        by.put(Item.ALCOHOL, bool);
        by.put(Category.PARENT, placement);
        by.put(Category.VISIBLE, tri);
        by.put(Category.PHOTOS, id.list().ofMaxSize(2));
        by.put(ModifierGroup.ORDINAL, ordinal);
        by.put(ModifierGroup.MIN, bound);
        by.put(ModifierGroup.MAX, bound);
        by.put(ModifierGroup.OPTIONS, option.list().ofMaxSize(3));
        by.put(ModifierGroup.INPUT, Arbitraries.of(ModifierGroup.Input.class));
        by.put(ModifierGroup.TEXT_CHARS_MAX, Arbitraries.of(1, 10_000));
        by.put(ModifierGroup.VISIBLE, tri);
        by.put(Tax.PERCENT, Arbitraries.of("8.25", "0", "100").map(BigDecimal::new));
        by.put(Tax.INCLUSION, Arbitraries.of(Tax.Inclusion.class));
        by.put(Tax.ENABLED, bool);
        by.put(Store.ZONE, Arbitraries.of("UTC", "Europe/Berlin").map(ZoneId::of));
        by.put(Store.CURRENCY, Arbitraries.of("USD", "JPY").map(Currency::getInstance));
        by.put(Store.HOURS, hours);
        by.put(Store.STATUS, Arbitraries.of(SaleStatus.FOR_SALE, SaleStatus.OFF));
        return Arbitraries.randoms().map(random -> chosen(by, random));
    }

    private static Map<Field<?>, @Nullable Object> chosen(Map<Field<?>, Arbitrary<?>> by, Random random) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        by.forEach((field, arbitrary) -> {
            int choice = random.nextInt(4);
            if (choice < 2) {
                boolean clears = choice == 0 && !CANNOT_BE_CLEARED.contains(field);
                values.put(
                        field,
                        clears ? null : arbitrary.generator(10).next(random).value());
            }
        });
        return values;
    }

    /** Square always says something there; "nothing said" is a value of its own. */
    private static final Set<Field<?>> CANNOT_BE_CLEARED =
            Set.of(Category.VISIBLE, ModifierGroup.MIN, ModifierGroup.MAX, ModifierGroup.VISIBLE);
}
