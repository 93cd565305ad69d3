package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.lens.Amounts;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Numbers;
import dev.tournant.adapter.lens.Times;
import dev.tournant.model.Field;
import dev.tournant.model.Item;
import dev.tournant.model.Money;
import dev.tournant.model.Store;
import dev.tournant.model.Tax;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form of a value in YAML, beside the lens that Java would make of it: both read and write alike. */
class ManifestFormsTest {
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Objects.requireNonNull(ManifestAdapter.class.getResourceAsStream("manifest.schema.json")));

    /**
     * @param document with single quotes, and a member that nobody knows
     * @param other is written over it
     */
    record Row<T>(String form, Field<T> field, Lens<T> java, String document, T value, T other, String written) {
        Lens<T> yaml() {
            return new Forms(Placeholders.of(Potluck.LINK), Potluck.USD).typed(Yaml.parse(form), field.codec());
        }

        @Override
        public String toString() {
            return form;
        }
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }

    private static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    private static Row<Money> price(String form, Lens<Money> java, String document, String written) {
        return new Row<>(form, Item.PRICE, java, document, usd("1.5"), usd("2.25"), written);
    }

    private static Row<BigDecimal> percent(String form, Lens<BigDecimal> java, String document, String written) {
        return new Row<>(form, Tax.PERCENT, Lenses.at(java, "p"), document, number("8.25"), number("19"), written);
    }

    private static Row<Instant> until(String form, Lens<Instant> java, String document, String written) {
        return new Row<>(
                form,
                Item.UNTIL,
                Lenses.at(java, "t"),
                document,
                Instant.parse("2026-02-01T09:05:00Z"),
                Instant.parse("2026-02-01T10:00:00Z"),
                written);
    }

    static Stream<Row<?>> rows() {
        Currency usd = Potluck.USD;
        return Stream.of(
                price(
                        "{path: p, money: minor, currency: USD}",
                        Lenses.at(Amounts.minor(usd), "p"),
                        "{'p':150,'x':1}",
                        "{'p':225,'x':1}"),
                price(
                        "{path: p, money: hundredths, currency: merchant}",
                        Lenses.at(Amounts.hundredths(usd), "p"),
                        "{'p':150,'x':1}",
                        "{'p':225,'x':1}"),
                new Row<>(
                        "{path: p, money: hundredths, currency: JPY}",
                        Item.PRICE,
                        Lenses.at(Amounts.hundredths(JPY), "p"),
                        "{'p':15000}",
                        Money.of("150", "JPY"),
                        Money.of("151", "JPY"),
                        "{'p':15100}"),
                price(
                        "{path: p, money: e5, currency: USD}",
                        Lenses.at(Amounts.e5(usd), "p"),
                        "{'p':150000}",
                        "{'p':225000}"),
                price(
                        "{path: p, money: text, currency: USD}",
                        Lenses.at(Amounts.in(usd, Numbers.TEXT), "p"),
                        "{'p':'1.50'}",
                        "{'p':'2.25'}"),
                price(
                        "{path: p, money: exact, currency: USD}",
                        Lenses.at(Amounts.in(usd, Numbers.EXACT), "p"),
                        "{'p':1.50}",
                        "{'p':2.25}"),
                price(
                        "{path: p, money: {floating: 2}, currency: USD}",
                        Lenses.at(Amounts.in(usd, Numbers.floating(2)), "p"),
                        "{'p':1.5000000001}",
                        "{'p':2.25}"),
                price(
                        "{path: p, money: {scaled: 3}, currency: USD}",
                        Lenses.at(Amounts.in(usd, Numbers.scaled(3)), "p"),
                        "{'p':1500}",
                        "{'p':2250}"),
                price(
                        "{path: p, money: minor, currency: {amount: n, path: c}}",
                        Lenses.at(Lenses.minorMoney("n", "c"), "p"),
                        "{'p':{'n':150,'c':'USD','x':1}}",
                        "{'p':{'n':225,'c':'USD','x':1}}"),
                price(
                        "{path: p, money: text, currency: {amount: n, path: c}}",
                        Lenses.at(Amounts.object("n", Numbers.TEXT, "c"), "p"),
                        "{'p':{'n':'1.50','c':'USD','x':1}}",
                        "{'p':{'n':'2.25','c':'USD','x':1}}"),
                percent("{path: p, number: exact}", Numbers.EXACT, "{'p':8.250,'x':1}", "{'p':19,'x':1}"),
                percent("{path: p, number: text}", Numbers.TEXT, "{'p':'8.250'}", "{'p':'19'}"),
                percent("{path: p, number: {scaled: 3}}", Numbers.scaled(3), "{'p':8250}", "{'p':19000}"),
                percent("{path: p, number: {floating: 2}}", Numbers.floating(2), "{'p':8.2500000001}", "{'p':19}"),
                percent(
                        "{path: p, number: exact, shift: 2}",
                        Numbers.shifted(Numbers.EXACT, 2),
                        "{'p':0.0825}",
                        "{'p':0.19}"),
                percent(
                        "{path: p, number: text, shift: -1}",
                        Numbers.shifted(Numbers.TEXT, -1),
                        "{'p':'82.5'}",
                        "{'p':'190'}"),
                until(
                        "{path: t, time: rfc3339}",
                        Times.RFC_3339,
                        "{'t':'2026-02-01T10:05:00+01:00'}",
                        "{'t':'2026-02-01T10:00:00Z'}"),
                until("{path: t, time: epoch-seconds}", Times.EPOCH_SECONDS, "{'t':1769936700}", "{'t':1769940000}"),
                until(
                        "{path: t, time: epoch-millis}",
                        Times.EPOCH_MILLIS,
                        "{'t':1769936700000}",
                        "{'t':1769940000000}"),
                until(
                        "{path: t, time: {pattern: \"yyyy/MM/dd HH:mm:ssXX\"}}",
                        Times.pattern("yyyy/MM/dd HH:mm:ssXX"),
                        "{'t':'2026/02/01 10:05:00+0100'}",
                        "{'t':'2026/02/01 10:00:00Z'}"),
                new Row<>(
                        "{path: e, clock: minutes}",
                        Store.DAY_ENDS,
                        Lenses.at(Times.clock(false), "e"),
                        "{'e':'04:30'}",
                        LocalTime.of(4, 30),
                        LocalTime.MIDNIGHT,
                        "{'e':'00:00'}"),
                new Row<>(
                        "{path: e, clock: seconds}",
                        Store.DAY_ENDS,
                        Lenses.at(Times.clock(true), "e"),
                        "{'e':'04:30:00'}",
                        LocalTime.of(4, 30),
                        LocalTime.of(5, 0, 1),
                        "{'e':'05:00:01'}"),
                new Row<>(
                        "{first-of: [short_name, {path: name}]}",
                        Item.NAME,
                        Lenses.firstOf(List.of(Lenses.at(Lenses.TEXT, "short_name"), Lenses.at(Lenses.TEXT, "name"))),
                        "{'name':'Tea','x':1}",
                        "Tea",
                        "Cup",
                        "{'name':'Tea','x':1,'short_name':'Cup'}"),
                percent(
                        "{path: p, where: place, is: \"{location}\", value: rate, number: text}",
                        Lists.keyed(Lenses.at(Numbers.TEXT, "rate"), "place", "LOC"),
                        "{'p':[{'place':'Y','rate':'1'},{'place':'LOC','rate':'8.25','x':1}]}",
                        "{'p':[{'place':'Y','rate':'1'},{'place':'LOC','rate':'19','x':1}]}"),
                price(
                        "{path: p, where: kind, is: TAKE_OUT, value: cost.cents, money: minor, currency: USD}",
                        Lenses.at(Lists.keyed(Lenses.at(Amounts.minor(usd), "cost", "cents"), "kind", "TAKE_OUT"), "p"),
                        "{'p':[{'kind':'TAKE_OUT','cost':{'cents':150,'x':1}}]}",
                        "{'p':[{'kind':'TAKE_OUT','cost':{'cents':225,'x':1}}]}"),
                price(
                        "{path: p, where: kind, is: HERE, money: minor, currency: {amount: n, path: c}}",
                        Lenses.at(Lists.keyed(Lenses.minorMoney("n", "c"), "kind", "HERE"), "p"),
                        "{'p':[{'kind':'OUT'},{'kind':'HERE','n':150,'c':'USD'}]}",
                        "{'p':[{'kind':'OUT'},{'kind':'HERE','n':225,'c':'USD'}]}"));
    }

    private static JsonNode json(String text) {
        return Documents.object(Potluck.json(text));
    }

    /** As a partner would read it: 7 that was written and 7 that was read are different nodes. */
    private static JsonNode sent(JsonNode written) {
        return json(Documents.text(written));
    }

    @ParameterizedTest
    @MethodSource("rows")
    <T> void readsAndWritesAsJavaDoes(Row<T> row) {
        JsonNode document = json(row.document());
        for (Lens<T> lens : List.of(row.java(), row.yaml())) {
            assertThat(lens.get(document)).isEqualTo(row.value());
            assertThat(lens.put(document, row.value())).as("GetPut").isEqualTo(document);
            JsonNode written = lens.put(document, row.other());
            assertThat(sent(written)).as("written").isEqualTo(json(row.written()));
            assertThat(lens.get(written)).as("PutGet").isEqualTo(row.other());
        }
        JsonNode nothing = json("{}");
        assertThat(row.yaml().get(nothing)).isNull();
        assertThat(sent(row.yaml().put(nothing, row.other())))
                .as("where nothing is")
                .isEqualTo(sent(row.java().put(nothing, row.other())));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theSchemaKnowsIt(Row<?> row) {
        String yaml = Potluck.YAML.replace("      sku: sku\n", "      sku: " + row.form() + "\n");
        assertThat(yaml).isNotEqualTo(Potluck.YAML);
        assertThat(SCHEMA.validate(Plains.node(Yaml.parse(yaml).plain()))).isEmpty();
    }
}
