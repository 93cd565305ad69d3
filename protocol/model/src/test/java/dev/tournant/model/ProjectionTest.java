package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProjectionTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Map<String, Object> BEFORE =
            Map.of("id", "sq-1", "partner", "square", "account", "M1", "credentials", "main");

    @Property(tries = 200)
    void isReadAsItWasWritten(@ForAll("projections") Projection projection) {
        assertThat(Projection.CODEC.read(Projection.CODEC.write(projection))).isEqualTo(projection);
    }

    @Provide
    Arbitrary<Projection> projections() {
        return GeneratedProjections.projection();
    }

    @Example
    void aLinkOfBeforeThereWereProjectionsReadsAndShowsAll() {
        Link link = Link.CODEC.read(BEFORE);
        assertThat(link.direction()).isEqualTo(Direction.READ);
        assertThat(link.projection()).isEqualTo(Projection.ALL);
        assertThat(link).isEqualTo(new Link(link.id(), link.partner(), "M1", null, "main"));
        assertThat(Link.CODEC.write(link)).isEqualTo(BEFORE);
    }

    @Example
    void aLinkWritesWhatDiffersFromBefore() {
        Projection dinner = new Projection(List.of(new RecordId("dinner")), List.of(), List.of(), List.of());
        Link link = Link.CODEC.read(BEFORE).with(Direction.BOTH, dinner);
        Map<?, ?> json = (Map<?, ?>) Link.CODEC.write(link);
        assertThat(json.get("direction")).isEqualTo("both");
        assertThat(json.get("projection")).isEqualTo(Map.of("menus", List.of("dinner")));
        assertThat(Link.CODEC.read(Link.CODEC.write(link))).isEqualTo(link);
    }

    @Example
    void knowsWhichWayValuesGo() {
        assertThat(List.of(Direction.values()))
                .filteredOn(Direction::reads)
                .containsExactly(Direction.READ, Direction.BOTH);
        assertThat(List.of(Direction.values()))
                .filteredOn(Direction::writes)
                .containsExactly(Direction.WRITE, Direction.BOTH);
    }

    @Example
    void namesThePlaceOfWhatItDoesNotTake() {
        refused(Map.of("menus", List.of("")), "menus[0]: a record id must have 1 to 192 characters, not 0");
        refused(Map.of("without", List.of(Map.of("kind", "dish", "id", "a"))), "without[0].kind: \"dish\" is no kind");
        refused(Map.of("prices", List.of(Map.of())), "prices[0]: must have exactly one of percent, add");
        refused(Map.of("prices", List.of(Map.of("percent", "-101"))), "prices[0].percent: must be from -100 to 10000");
        refused(
                Map.of("prices", List.of(Map.of("percent", "1", "round", Map.of("to", "0")))),
                "prices[0].round.to: must be above 0 and at most 1000000");
        refused(
                Map.of("prices", List.of(Map.of("percent", "1", "round", Map.of("to", "1", "ending", "1")))),
                "prices[0].round.ending: must be above 0 and below the step of 1; leave it out for none");
        Map<String, Object> name = Map.of("kind", "item", "id", "tea", "fields", Map.of("name", "Iced tea"));
        refused(
                Map.of("overrides", List.of(name, name)),
                "overrides[1]: names item/tea again; put all its fields into one");
        refused(
                Map.of("overrides", List.of(Map.of("kind", "item", "id", "tea", "fields", Map.of("colour", "red")))),
                "overrides[0].fields.colour: is no field of item");
        refused(
                Map.of("overrides", List.of(Map.of("kind", "item", "id", "tea", "fields", Map.of()))),
                "overrides[0].fields: names no field of item/tea");
    }

    private static void refused(Map<String, Object> json, String message) {
        assertThatThrownBy(() -> Projection.CODEC.read(json))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith(message);
    }

    @Example
    void isBounded() {
        List<RecordId> ids = Collections.nCopies(Projection.MENUS_MAX + 1, new RecordId("m"));
        assertThatThrownBy(() -> new Projection(ids, List.of(), List.of(), List.of()))
                .hasMessage("menus: has 201 elements; send at most 200");
        List<PriceChange> changes = Collections.nCopies(Projection.PRICES_MAX + 1, PriceChange.percent("1"));
        assertThatThrownBy(() -> new Projection(List.of(), List.of(), changes, List.of()))
                .hasMessage("prices: has 65 elements; send at most 64");
    }

    @Example
    void findsAForeignCurrencyWhereverItHides() {
        Money euro = Money.of("1", "EUR");
        Projection adds = new Projection(List.of(), List.of(), List.of(PriceChange.add(euro)), List.of());
        assertThatThrownBy(() -> adds.check(USD)).hasMessageStartingWith("prices[0].add: is in EUR");
        Projection sets = new Projection(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Projection.ChannelValues(RecordKey.of(Kind.ITEM, "tea"), FieldMap.of(Item.PRICE, euro))));
        assertThatThrownBy(() -> sets.check(USD)).hasMessageStartingWith("overrides[0].fields.price: is in EUR");
        sets.check(euro.currency());
        adds.check(euro.currency());
        Projection.ALL.check(USD);
    }
}
