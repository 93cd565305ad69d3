package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;

class TextAndIdsTest {
    @Example
    void refusesTextThatSomePartnerCannotCarry() {
        assertThatThrownBy(() -> Item.NAME.read("a\0b")).hasMessage("name: holds the character U+0000; remove it");
        for (String half : List.of("\uD83C", "a\uDF54", "\uDF54\uD83C", "\uD83Cx")) {
            assertThatThrownBy(() -> Item.NAME.read(half))
                    .hasMessage("name: holds half of a surrogate pair; send well-formed Unicode");
        }
        assertThat(Item.NAME.read("\uD83C\uDF54")).isEqualTo("🍔");
    }

    @Example
    void refusesTextThatIsTooLongAndSaysByHowMuch() {
        assertThat(Item.NAME.read("x".repeat(512))).hasSize(512);
        assertThatThrownBy(() -> Item.NAME.read("x".repeat(513)))
                .hasMessage("name: has 513 characters; send at most 512");
    }

    @Example
    void takesIdsThatTravelInPathsAndHeadersOnly() {
        assertThat(new RecordId("A-z_0.9~:#").value()).isEqualTo("A-z_0.9~:#");
        for (String id : List.of("", "a/b", "a b", "é", "a\n", "a%20", ".", "..", "x".repeat(193))) {
            assertThatThrownBy(() -> new RecordId(id)).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> new MerchantId("x".repeat(65)))
                .hasMessage("a merchant id must have 1 to 64 characters, not 65");
        assertThatThrownBy(() -> new LinkId("a/b"))
                .hasMessage("a link id may hold letters, digits and . _ ~ : # - only; found '/' at position 1");
        assertThatThrownBy(() -> new PartnerName("..")).isInstanceOf(InvalidValue.class);
    }

    @Example
    void listsTheKnownFieldsWhereOneIsUnknown() {
        assertThatThrownBy(() -> FieldMap.read(Kind.TAX, Map.of("rate", 1)))
                .hasMessage("rate: is no field of tax; use one of name, percent, inclusion, enabled");
        assertThatThrownBy(() -> RecordDelta.CODEC.read(Map.of("kind", "dish")))
                .hasMessageStartingWith("kind: \"dish\" is no kind of record; use one of store, menu, category");
    }

    @Example
    void namesTheWholePathOfAWrongValue() {
        Map<String, Object> rule = Map.of("when", Map.of("sequence", 0), "then", Map.of("percent", "10"));
        assertThatThrownBy(() -> Item.PRICE_RULES.read(List.of(rule)))
                .hasMessage("price-rules[0].when.sequence: must be a whole number from 1 to 1000, not 0");
        Map<String, Object> two = Map.of("when", Map.of(), "then", Map.of("percent", "10", "set", money()));
        assertThatThrownBy(() -> Item.PRICE_RULES.read(List.of(two)))
                .hasMessage("price-rules[0].then: must have exactly one of set, add, percent");
        assertThatThrownBy(() ->
                        Item.PRICE_RULES.read(List.of(Map.of("when", Map.of(), "then", Map.of("percent", "-101")))))
                .hasMessage("price-rules[0].then.percent: must be from -100 to 10000");
    }

    private static Map<String, Object> money() {
        return Map.of("amount", "1", "currency", "USD");
    }

    @Example
    void refusesAPriceRuleThatCouldNotBeReadBack() {
        List<String> tooMany = java.util.Collections.nCopies(33, "doordash");
        assertThatThrownBy(() -> new PriceRule.When(tooMany, List.of(), List.of(), null, null, null))
                .hasMessage("channels: has 33 elements; send at most 32");
        assertThatThrownBy(() -> new PriceRule.When(List.of(), List.of(), List.of(), null, "x".repeat(65), null))
                .hasMessage("size: has 65 characters; send at most 64");
    }

    @Example
    void findsAForeignCurrencyWhereverItHides() {
        java.util.Currency usd = java.util.Currency.getInstance("USD");
        Money euro = Money.of("1", "EUR");
        PriceRule.When always = new PriceRule.When(List.of(), List.of(), List.of(), null, null, null);
        Option option = new Option(new RecordId("o"), 0, euro, TriState.UNSET, TriState.UNSET, Bound.UNSET);
        for (FieldMap fields : List.of(
                FieldMap.of(Item.PRICE, euro),
                FieldMap.of(Item.PRICE_RULES, List.of(new PriceRule(always, new PriceRule.Then.Set(euro)))),
                FieldMap.of(Item.PRICE_RULES, List.of(new PriceRule(always, new PriceRule.Then.Add(euro)))),
                FieldMap.of(ModifierGroup.OPTIONS, List.of(option)))) {
            assertThatThrownBy(() -> Currencies.check(fields, usd))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("is in EUR, but the merchant's currency is USD");
            Currencies.check(fields, euro.currency());
        }
    }

    @Example
    void refusesALinkOfTheNameOfOurOwnApiAndTwoLinksOfOneName() {
        assertThatThrownBy(() -> new Link(Provenance.API, new PartnerName("square"), "a", null, "main"))
                .hasMessage("id: \"api\" is the name of our own API; choose another");
        Link link = new Link(new LinkId("l"), new PartnerName("square"), "a", null, "main");
        assertThatThrownBy(() -> new MerchantProfile(
                        "Grill",
                        java.util.Currency.getInstance("USD"),
                        java.time.ZoneId.of("UTC"),
                        List.of(link, link)))
                .hasMessage("links: two links have the same id; give each its own");
    }
}
