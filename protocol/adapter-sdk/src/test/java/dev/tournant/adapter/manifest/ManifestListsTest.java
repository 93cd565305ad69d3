package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.model.Codec;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single values and bare ids in place of lists of objects. */
class ManifestListsTest {
    private static final Placement SOUPS = new Placement(new RecordId("Soups"), 0);
    private static final Placement TEAS = new Placement(new RecordId("Teas"), 0);

    private static <T> Lens<T> form(String yaml, Codec<T> codec) {
        Forms forms = new Forms(Placeholders.of(Potluck.LINK), Currency.getInstance("USD"));
        return forms.typed(Yaml.parse(yaml), codec);
    }

    private static Lens<List<Placement>> categories(String yaml) {
        return form(yaml, Item.CATEGORIES.codec());
    }

    private static JsonNode json(String text) throws Exception {
        return JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    }

    private static <T> void obeys(Lens<T> lens, JsonNode document, T value) {
        assertThat(lens.put(document, lens.get(document))).as("GetPut").isEqualTo(document);
        assertThat(lens.get(lens.put(document, value))).as("PutGet").isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'category':null}", "{'category':'Soups','till':1}"})
    void aSingleValueIsAListOfOne(String document) throws Exception {
        Lens<List<Placement>> lens = categories("{path: category, one: {object: {in: $}}}");
        obeys(lens, json(document), List.of(SOUPS));
        obeys(lens, json(document), List.of(TEAS));
        assertThat(lens.get(lens.put(json(document), null))).isNull();
        assertThat(lens.put(json("{'till':1,'category':'Soups'}"), List.of(TEAS)))
                .isEqualTo(json("{'till':1,'category':'Teas'}"));
        Lens<List<Placement>> or = categories("{path: category, absent: [], one: {object: {in: $}}}");
        obeys(or, json(document), List.of());
        obeys(or, json(document), List.of(TEAS));
    }

    @Test
    void aListOfSeveralIsRefusedWhereThereIsASingleValue() throws Exception {
        Lens<List<Placement>> lens = categories("{path: category, one: {object: {in: $}}}");
        for (List<Placement> bad : List.of(List.<Placement>of(), List.of(SOUPS, TEAS))) {
            Assertions.assertThatThrownBy(() -> lens.put(json("{}"), bad))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("must be a list of one, not of " + bad.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'in':[]}", "{'in':['Soups']}", "{'in':['Teas','Soups'],'till':1}"})
    void bareIdsAreElementsThemselves(String document) throws Exception {
        Lens<List<Placement>> placements = categories("{path: in, each: {object: {in: $}}}");
        Lens<List<RecordId>> photos = form("{path: in, each: $}", Item.PHOTOS.codec());
        for (List<Placement> value : List.of(List.<Placement>of(), List.of(SOUPS), List.of(SOUPS, TEAS))) {
            obeys(placements, json(document), value);
            obeys(photos, json(document), value.stream().map(Placement::in).toList());
        }
    }

    @Test
    void idsInThemMayBeNumbersOrWords() throws Exception {
        Lens<List<Placement>> numbers = categories("{path: in, each: {object: {in: {path: $, number: exact}}}}");
        obeys(numbers, json("{'in':[7,8]}"), List.of(new Placement(new RecordId("9"), 0)));
        Lens<List<Placement>> words =
                categories("{path: in, one: {object: {in: {path: $, words: {Hot soups: Soups, Hot teas: Teas}}}}}");
        obeys(words, json("{'in':'Hot soups'}"), List.of(TEAS));
    }

    @Test
    void faultsAreToldWhereTheyStand() throws Exception {
        Lens<List<Placement>> one = categories("{path: category, one: {object: {in: $}}}");
        assertThat(fault(one, "{'category':'a b'}").path()).isEqualTo("category");
        assertThat(fault(one, "{'category':{'id':7}}").path()).isEqualTo("category");
        Lens<List<Placement>> each = categories("{path: in, each: {object: {in: $}}}");
        assertThat(fault(each, "{'in':['a','a b']}").path()).isEqualTo("in[1]");
        Lens<List<RecordId>> photos = form("{path: in, one: $}", Item.PHOTOS.codec());
        assertThat(fault(photos, "{'in':'a b'}").path()).isEqualTo("in");
    }

    private static InvalidValue fault(Lens<?> lens, String document) throws Exception {
        JsonNode node = json(document);
        @Nullable InvalidValue fault = catchThrowableOfType(InvalidValue.class, () -> lens.get(node));
        return Objects.requireNonNull(fault, "it cannot be read");
    }
}
