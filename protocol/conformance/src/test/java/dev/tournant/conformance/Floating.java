package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices by way of floating point, as they are often written: 0.29 dollars become 28 cents. */
final class Floating {
    private static final Currency USD = Currency.getInstance("USD");

    private static final Lens<Money> PRICE = new Lens<>() {
        private final Lens<Long> cents = Lenses.at(Lenses.LONG, "price");

        @Override
        public @Nullable Money get(JsonNode document) {
            Long value = cents.get(document);
            return value == null ? null : Money.ofMinor(value, USD);
        }

        @Override
        public JsonNode put(JsonNode document, @Nullable Money value) {
            return cents.put(
                    document, value == null ? null : (long) (value.amount().doubleValue() * 100));
        }
    };

    private static final Shape SHAPE = new Shape(
            Lenses.at(Lenses.text(RecordId::new, RecordId::value), "id"),
            Mapping.of(Kind.ITEM).field(Item.PRICE, PRICE).build(),
            List.of());

    static final Records RECORDS =
            new Records(List.of(new Shape.Place(List.of("items"), object -> SHAPE, candidate -> Optional.empty())));

    private Floating() {}
}
