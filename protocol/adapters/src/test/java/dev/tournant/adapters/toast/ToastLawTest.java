package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Reading;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ToastLawTest {
    @Provide
    Arbitrary<ToastLevel> levels() {
        Arbitrary<ToastLevel> counted = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.001"), new BigDecimal(100_000))
                .ofScale(3)
                .map(quantity -> ToastLevel.of(dev.tournant.model.Codecs.DECIMAL.read(quantity)));
        return Arbitraries.oneOf(Arbitraries.of(ToastLevel.IN_STOCK, ToastLevel.OUT_OF_STOCK), counted);
    }

    @Property(tries = 200)
    void aLevelThatWasWrittenIsWhatIsRead(@ForAll("levels") ToastLevel before, @ForAll("levels") ToastLevel after) {
        ObjectNode entry = Documents.empty().put("guid", "A").put("zz_unknown", "kept");
        JsonNode first = ToastLevel.LENS.put(entry, before);
        JsonNode second = ToastLevel.LENS.put(first, after);
        assertThat(ToastLevel.LENS.get(second)).isEqualTo(after);
        assertThat(second.path("zz_unknown").textValue()).isEqualTo("kept");
        assertThat(ToastLevel.LENS.put(second, after)).isEqualTo(second);
        assertThat(ToastLevel.LENS.put(second, null)).isEqualTo(entry);
        assertThat(entry.size()).isEqualTo(2);
    }

    @Example
    void writingALevelThatWasReadChangesNothing() {
        for (JsonNode entry : Documents.list(Sample.bytes("stock.json"))) {
            ToastLevel level = ToastLevel.LENS.get(entry);
            boolean none =
                    entry.path("quantity").isNumber() && entry.path("quantity").asInt() == 0;
            // Toast says itself that a quantity of zero is out of stock.
            assertThat(none || ToastLevel.LENS.put(entry, level).equals(entry)).isTrue();
        }
    }

    /** Whatever stands anywhere in a document: the rest is read, and nothing is thrown. */
    @Property(tries = 1_000)
    void neverThrowsForWhatAPartnerMaySend(@ForAll Random random) {
        List<String> resources = List.of("menus", "stock", "store");
        List<String> samples = List.of("menus.json", "stock.json", "restaurant.json");
        int sample = random.nextInt(3);
        JsonNode document = parse(new String(Sample.bytes(samples.get(sample)), StandardCharsets.UTF_8));
        for (int i = 0; i < 5; i++) {
            spoil(document, random);
        }
        byte[] body = Documents.text(document).getBytes(StandardCharsets.UTF_8);
        Reading reading = Sample.read(resources.get(sample), body);
        assertThat(reading.events().size() + reading.unreadable().size()).isPositive();
        Sample.read(null, body);
        ToastAdapter adapter = new ToastAdapter();
        new ToastWriting().seen(Sample.payload(resources.get(sample), body));
        Fetch fetch = new Fetch(Sample.LINK, resources.get(sample), null);
        adapter.turn(fetch, adapter.open(fetch), new Answer(200, Map.of(), body, Sample.RECEIVED));
    }

    /** Whatever is wrong with a document, no record that it holds is taken for gone. */
    @Property(tries = 500)
    void takesNothingForGoneThatStandsThere(@ForAll Random random) {
        Set<RecordKey> all = keys(Sample.read("menus", Sample.bytes("menus.json")));
        ObjectNode document = Sample.menus();
        spoilValue(document, random);
        Reading reading = Sample.read("menus", document);
        if (reading.events().isEmpty()) {
            return;
        }
        Set<RecordKey> told = keys(reading);
        reading.events()
                .get(0)
                .wholes()
                .forEach(whole -> all.stream()
                        .filter(key -> key.kind() == whole.kind())
                        .forEach(key -> assertThat(told)
                                .as(reading.unreadable().toString())
                                .contains(key)));
    }

    private static Set<RecordKey> keys(Reading reading) {
        Set<RecordKey> keys = new HashSet<>();
        reading.events().get(0).deltas().stream().map(RecordDelta::key).forEach(keys::add);
        return keys;
    }

    private static JsonNode parse(String json) {
        return Documents.object(("{\"x\":" + json + "}").getBytes(StandardCharsets.UTF_8))
                .path("x");
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

    /** Puts something odd somewhere: what is called {@code guid}, and lists, included. */
    private static void spoil(JsonNode root, Random random) {
        replace(root, random, parse(ODD.get(random.nextInt(ODD.size()))));
    }

    /** Puts something that is of no use in the place of a value or an object, as a broken export would. */
    private static void spoilValue(JsonNode root, Random random) {
        replace(root, random, parse(List.of("7.5", "true", "{\"a\":1}", "\"/\"").get(random.nextInt(4))));
    }

    private static void replace(JsonNode root, Random random, JsonNode odd) {
        JsonNode node = root;
        while (true) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
            int index = node.isArray() && node.size() > 0 ? random.nextInt(node.size()) : 0;
            JsonNode child = node.isArray() ? node.path(index) : node.path(name);
            if (child.isContainerNode() && !child.isEmpty() && random.nextInt(4) > 0) {
                node = child;
                continue;
            }
            if (node instanceof ObjectNode object && !name.isEmpty()) {
                object.set(name, odd);
            } else if (node instanceof ArrayNode array && array.size() > 0) {
                array.set(index, odd);
            }
            return;
        }
    }
}
