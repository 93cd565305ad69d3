package dev.tournant.adapters.square;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Documents;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import dev.tournant.model.TriState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SquareOptionsTest {
    private final SquareAdapter square = new SquareAdapter();

    private static Option option(String item, long ordinal, @Nullable String price, Bound max) {
        Money money = price == null ? null : Money.of(price, "USD");
        return new Option(new RecordId(item), ordinal, money, TriState.NO, TriState.UNSET, max);
    }

    private static FieldMap group(Option... options) {
        return FieldMap.of(ModifierGroup.OPTIONS, List.of(options));
    }

    private static FieldMap read(FieldMap fields) {
        return SquareMappings.MODIFIER_LIST.get(SquareMappings.MODIFIER_LIST.put(Documents.empty(), fields));
    }

    @Test
    void whatSquareHasNoPlaceForStaysWithTheOptionThatItWasSaidOf() {
        FieldMap told = group(option("mayo", 0, "1.00", Bound.at(3)), option("oat", 1, "0.50", Bound.UNLIMITED));
        FieldMap said = group(option("oat", 0, null, Bound.UNSET), option("soy", 1, null, Bound.UNSET));

        FieldMap whole = square.completed(said, told);

        assertThat(whole)
                .isEqualTo(group(option("oat", 0, "0.50", Bound.UNLIMITED), option("soy", 1, null, Bound.UNSET)));
        assertThat(read(whole).get(ModifierGroup.OPTIONS))
                .as("at Square it is the same")
                .isEqualTo(read(said).get(ModifierGroup.OPTIONS));
    }

    @Test
    void whatIsReadOfWhatWasToldIsWhatWasTold() {
        FieldMap told = group(option("mayo", 0, "1.00", Bound.at(3)), option("oat", 1, null, Bound.UNSET));
        assertThat(square.completed(read(told), told).get(ModifierGroup.OPTIONS))
                .isEqualTo(told.get(ModifierGroup.OPTIONS));
    }

    @Test
    void ofOtherRecordsAllIsSaid() {
        FieldMap tea = FieldMap.of(Item.NAME, "Tea");
        assertThat(square.completed(tea, FieldMap.of(Item.NAME, "Chai"))).isEqualTo(tea);
        FieldMap cleared = FieldMap.builder(dev.tournant.model.Kind.MODIFIER_GROUP)
                .clear(ModifierGroup.OPTIONS)
                .build();
        assertThat(square.completed(cleared, group(option("mayo", 0, "1.00", Bound.UNSET))))
                .isEqualTo(cleared);
    }
}
