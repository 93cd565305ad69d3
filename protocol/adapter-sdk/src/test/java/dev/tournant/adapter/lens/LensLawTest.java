package dev.tournant.adapter.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class LensLawTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** A lens over documents of {@link #documents}, and values to write through it. */
    record Subject<T>(String name, Lens<T> lens, List<@Nullable T> values) {
        void obey(JsonNode document) {
            getPut(document);
            values.forEach(value -> putGet(document, value));
        }

        private void getPut(JsonNode document) {
            T seen;
            try {
                seen = lens.get(document);
            } catch (InvalidValue e) {
                return;
            }
            assertThat(lens.put(document, seen))
                    .as("%s: GetPut of %s", name, seen)
                    .isEqualTo(document);
        }

        private void putGet(JsonNode document, @Nullable T value) {
            JsonNode before = document.deepCopy();
            JsonNode after;
            try {
                after = lens.put(document, value);
            } catch (InvalidValue e) {
                return; // something that stands in the way is never overwritten
            }
            assertThat(document).as("%s: the given document stays", name).isEqualTo(before);
            assertThat(lens.get(after)).as("%s: PutGet into %s", name, document).isEqualTo(value);
            assertThat(after.path("unknown")).isEqualTo(document.path("unknown"));
            assertThat(after.path("box").path("unknown"))
                    .isEqualTo(document.path("box").path("unknown"));
            assertThat(after.path("list").path(0).path("unknown"))
                    .as("%s of %s in %s", name, value, document)
                    .isEqualTo(
                            survives(after)
                                    ? document.path("list").path(0).path("unknown")
                                    : MissingNode.getInstance());
        }

        /**
         * Two writes are worth the last one, document for document. Excepted are {@code last} where it stands there
         * already, which leaves everything as it was written, and a {@code first} that takes something away: what nobody
         * knew of it goes along. Even then, what is read is what was written last.
         */
        void putPut(JsonNode document) {
            for (T first : values) {
                for (T last : values) {
                    putPut(document, first, last);
                }
            }
        }

        private void putPut(JsonNode document, @Nullable T first, @Nullable T last) {
            JsonNode twice;
            JsonNode once;
            try {
                twice = lens.put(lens.put(document, first), last);
                once = lens.put(document, last);
            } catch (InvalidValue e) {
                return; // something that stands in the way is never overwritten
            }
            assertThat(lens.get(twice)).isEqualTo(last);
            if (!stands(document, last) && !takesAway(first, last)) {
                assertThat(withoutNulls(twice))
                        .as("%s: PutPut of %s, then %s into %s", name, first, last, document)
                        .isEqualTo(withoutNulls(once));
            }
        }

        private boolean stands(JsonNode document, @Nullable T value) {
            try {
                return Objects.equals(lens.get(document), value);
            } catch (InvalidValue e) {
                return false;
            }
        }

        /** A null that is written out stays where nothing is to be; it says no more than nothing does. */
        private static JsonNode withoutNulls(JsonNode document) {
            JsonNode copy = document.deepCopy();
            for (String name : List.of("a", "b")) {
                if (copy.path(name).isNull()) {
                    ((ObjectNode) copy).remove(name);
                }
            }
            return copy;
        }

        /** No value, one that is written by leaving it out, and a list that ends earlier. */
        private boolean takesAway(@Nullable T first, @Nullable T last) {
            return first == null
                    || Objects.equals(lens.get(MissingNode.getInstance()), first)
                    || (first instanceof List<?> shorter
                            && last instanceof List<?> longer
                            && shorter.size() < longer.size());
        }

        private boolean survives(JsonNode after) {
            return after.path("list").size() > 0;
        }
    }

    private static <T> Subject<T> subject(String name, Lens<T> lens, List<@Nullable T> values) {
        return new Subject<>(name, lens, values);
    }

    @SafeVarargs
    private static <T> List<@Nullable T> values(@Nullable T... values) {
        List<@Nullable T> all = new ArrayList<>();
        for (T value : values) {
            all.add(value);
        }
        return all;
    }

    private static final Lens<TriState> WORD =
            Lenses.words(Map.of("YES", TriState.YES, "NO", TriState.NO, "NOT_SET", TriState.UNSET));

    private static final List<Subject<?>> SUBJECTS = List.of(
            subject("text", Lenses.at(Lenses.TEXT, "a"), values("x", "", "ä", null)),
            subject("bool", Lenses.at(Lenses.BOOL, "a"), values(true, false, null)),
            subject("long", Lenses.at(Lenses.LONG, "a"), values(0L, Long.MIN_VALUE, Long.MAX_VALUE, null)),
            subject(
                    "decimal",
                    Lenses.at(Lenses.DECIMAL_TEXT, "a"),
                    values(new BigDecimal("8.25"), new BigDecimal("100"), null)),
            subject("words", Lenses.at(WORD, "a"), values(TriState.YES, TriState.NO, TriState.UNSET, null)),
            subject(
                    "money",
                    Lenses.at(Lenses.minorMoney("amount", "currency"), "box", "money"),
                    values(Money.of("1.50", "USD"), Money.of("150", "JPY"), Money.of("-1.005", "KWD"), null)),
            subject("nested", Lenses.at(Lenses.TEXT, "box", "inner", "a"), values("x", null)),
            subject("orElse", Lenses.orElse(Lenses.at(Lenses.BOOL, "a"), false), values(true, false)),
            subject(
                    "firstOf",
                    Lenses.firstOf(List.of(Lenses.at(Lenses.TEXT, "a"), Lenses.at(Lenses.TEXT, "b"))),
                    values("x", "y", null)),
            subject(
                    "orElse of firstOf",
                    Lenses.orElse(Lenses.firstOf(List.of(Lenses.at(WORD, "a"), Lenses.at(WORD, "b"))), TriState.UNSET),
                    values(TriState.YES, TriState.NO, TriState.UNSET)),
            subject(
                    "map",
                    Lenses.map(Lenses.at(Lenses.LONG, "a"), n -> n / 2.0, half -> (long) (half * 2)),
                    values(1.5, null)),
            subject(
                    "each",
                    Lenses.at(Lists.each(Lenses.at(Lenses.TEXT, "k")), "list"),
                    values(List.<String>of(), List.of("p"), List.of("q", "p", "r"), null)),
            subject("one", Lists.one(Lenses.at(Lenses.TEXT, "a")), values(List.of("p"), List.of("q"), null)),
            subject("keyed", Lenses.at(Lists.keyed(Lenses.at(Lenses.LONG, "n"), "k", "q"), "list"), values(7L, null)),
            subject(
                    "keyed money",
                    Lenses.at(
                            Lists.keyed(Lenses.at(Lenses.minorMoney("amount", "currency"), "money"), "k", "p"), "list"),
                    values(Money.of("2", "USD"), null)));

    @Property(tries = 300)
    void everyCombinatorObeysGetPutAndPutGetAndLeavesWhatItDoesNotKnow(@ForAll("documents") ObjectNode document) {
        SUBJECTS.forEach(subject -> subject.obey(document));
    }

    @Property(tries = 300)
    void everyCombinatorObeysPutPutButForWhatIsThereAlreadyAndWhatIsTakenAway(
            @ForAll("documents") ObjectNode document) {
        SUBJECTS.forEach(subject -> subject.putPut(document));
    }

    @Example
    void whatIsThereAlreadyIsLeftAsItWasWritten() {
        Lens<BigDecimal> percent = Lenses.at(Lenses.DECIMAL_TEXT, "a");
        assertForgets(percent, "{'a':'8.250'}", new BigDecimal("9"), new BigDecimal("8.25"), "{'a':'8.25'}");
        Lens<Boolean> withDefault = Lenses.orElse(Lenses.at(Lenses.BOOL, "a"), false);
        assertForgets(withDefault, "{'a':false}", true, false, "{}");
        Lens<String> either = Lenses.firstOf(List.of(Lenses.at(Lenses.TEXT, "a"), Lenses.at(Lenses.TEXT, "b")));
        assertForgets(either, "{'b':'x'}", "y", "x", "{'a':'x','b':'x'}");
        assertForgets(Lenses.at(Lenses.TEXT, "box", "a"), "{}", "x", null, "{'box':{}}");
    }

    @Example
    void whatIsTakenAwayTakesAlongWhatNobodyKnew() {
        Lens<Money> money = Lenses.at(Lenses.minorMoney("amount", "currency"), "m");
        String price = "{'m':{'amount':5,'currency':'USD','unknown':1}}";
        assertForgets(money, price, null, Money.of("7", "USD"), "{'m':{'amount':700,'currency':'USD'}}");
        Lens<List<String>> each = Lenses.at(Lists.each(Lenses.at(Lenses.TEXT, "k")), "l");
        String list = "{'l':[{'k':'p','unknown':1},{'k':'q','unknown':2}]}";
        assertForgets(each, list, List.of("p"), List.of("r", "s"), "{'l':[{'k':'r','unknown':1},{'k':'s'}]}");
        Lens<List<String>> by = Lenses.at(Lists.eachBy("k", Lenses.at(Lenses.TEXT, "k")), "l");
        assertForgets(by, list, List.of("p"), List.of("q", "p"), "{'l':[{'k':'q'},{'k':'p','unknown':1}]}");
    }

    private static <T> void assertForgets(
            Lens<T> lens, String json, @Nullable T first, @Nullable T last, String twice) {
        ObjectNode document = document(json);
        assertThat(parsed(lens.put(lens.put(document, first), last))).isEqualTo(document(twice));
        assertThat(parsed(lens.put(document, last))).isNotEqualTo(document(twice));
    }

    /** Of one form: 7 that was written and 7 that was read are different nodes. */
    private static ObjectNode parsed(JsonNode written) {
        return document(Documents.text(written));
    }

    @Property(tries = 100)
    void aReadOnlyLensChangesNothing(@ForAll("documents") ObjectNode document) {
        Lens<String> lens = Lenses.readOnly(node -> node.path("a").textValue());
        assertThat(lens.get(document)).isEqualTo(document.path("a").textValue());
        assertThat(lens.put(document, "anything")).isSameAs(document);
        assertThat(lens.put(document, null)).isSameAs(document);
    }

    @Example
    void namesThePathOfWhatCannotBeRead() {
        assertFails(Lenses.at(Lenses.TEXT, "box", "a"), "{'box':{'a':7}}", "box.a: must be text, not 7");
        assertFails(Lenses.at(Lenses.TEXT, "box", "a"), "{'box':[]}", "box: must be an object, not []");
        assertFails(Lenses.at(Lenses.TEXT, "box", "a"), "{'box':'x'}", "box: must be an object, not \"x\"");
        assertFails(Lenses.at(Lenses.LONG, "a"), "{'a':1.5}", "a: must be a whole number, not 1.5");
        assertFails(Lenses.at(Lenses.LONG, "a"), "{'a':9223372036854775808}", "a: must be a whole number");
        assertFails(Lenses.at(Lenses.BOOL, "a"), "{'a':'true'}", "a: must be true or false, not \"true\"");
        assertFails(Lenses.at(Lists.each(Lenses.TEXT), "l"), "{'l':['x',null]}", "l[1]: must not be empty, not null");
        assertFails(Lenses.at(Lists.each(Lenses.TEXT), "l"), "{'l':{'x':1}}", "l: must be a list, not {\"x\":1}");
        Lens<String> keyed = Lenses.at(Lists.keyed(Lenses.at(Lenses.TEXT, "n"), "k", "q"), "l");
        assertFails(keyed, "{'l':[{'k':'p'},{'k':'q','n':1}]}", "l[1].n: must be text, not 1");
        assertFails(keyed, "{'l':{'k':'q'}}", "l: must be a list");
        assertFails(keyed, "{'l':[{'k':7,'n':'x'}]}", "l[0].k: must be text, not 7");
        Lens<Money> money = Lenses.at(Lenses.minorMoney("amount", "currency"), "m");
        assertFails(money, "{'m':{'amount':5}}", "m: must have both amount and currency");
        assertFails(money, "{'m':{'amount':5,'currency':'XYZ'}}", "m: \"XYZ\" is no ISO 4217 currency");
        assertFails(Lenses.at(WORD, "w"), "{'w':'MAYBE'}", "w: \"MAYBE\" is unknown; known are");
    }

    @Example
    void refusesADecimalThatWouldFillTheMemory() {
        assertFails(Lenses.at(Lenses.DECIMAL_TEXT, "a"), "{'a':'1E999999999'}", "a: ");
        assertFails(Lenses.at(Lenses.DECIMAL_TEXT, "a"), "{'a':'1E-999999999'}", "a: ");
        assertFails(Lenses.at(Lenses.DECIMAL_TEXT, "a"), "{'a':'" + "9".repeat(100_000) + "'}", "a: ");
    }

    @Example
    void leavesANumberAsItWasWrittenWhereItIsWorthTheSame() {
        JsonNode document = document("{'a':'8.250'}");
        assertThat(Lenses.at(Lenses.DECIMAL_TEXT, "a").put(document, new BigDecimal("8.25")))
                .isSameAs(document);
    }

    private static void assertFails(Lens<?> lens, String json, String message) {
        assertThatThrownBy(() -> lens.get(document(json)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(message);
    }

    private static ObjectNode document(String json) {
        return Documents.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Documents with the members that the lenses look at, of right and wrong types, and some that they do not know. */
    @Provide
    Arbitrary<ObjectNode> documents() {
        Arbitrary<JsonNode> any = Arbitraries.of(
                MissingNode.getInstance(),
                JSON.nullNode(),
                JSON.textNode("YES"),
                JSON.textNode("8.250"),
                JSON.textNode(""),
                JSON.booleanNode(true),
                JSON.numberNode(5),
                JSON.numberNode(new BigDecimal("1.5")),
                JSON.objectNode(),
                JSON.arrayNode());
        Arbitrary<JsonNode> money = Arbitraries.of(
                        "{}", "{'amount':5,'currency':'USD'}", "{'amount':5}", "{'unknown':1}")
                .map(LensLawTest::document);
        Arbitrary<JsonNode> element = Combinators.combine(
                        Arbitraries.of("p", "q", "r"), any, Arbitraries.oneOf(any, money))
                .as((k, n, m) ->
                        object(Map.of("k", JSON.textNode(k), "n", n, "money", m, "unknown", JSON.numberNode(1))));
        Arbitrary<JsonNode> list =
                element.list().ofMaxSize(3).map(all -> JSON.arrayNode().addAll(all));
        Arbitrary<JsonNode> box = Combinators.combine(
                        Arbitraries.oneOf(any, any.map(a -> object(Map.of("a", a)))), Arbitraries.oneOf(any, money))
                .as((inner, m) -> object(Map.of("inner", inner, "money", m, "unknown", JSON.textNode("u"))));
        return Combinators.combine(any, any, Arbitraries.oneOf(any, box), Arbitraries.oneOf(any, list), any)
                .as((a, b, c, d, e) -> object(Map.of("a", a, "b", b, "box", c, "list", d, "unknown", e)));
    }

    private static ObjectNode object(Map<String, JsonNode> members) {
        ObjectNode object = JSON.objectNode();
        members.forEach((name, node) -> {
            if (!Objects.requireNonNull(node).isMissingNode()) {
                object.set(name, node);
            }
        });
        return object;
    }
}
