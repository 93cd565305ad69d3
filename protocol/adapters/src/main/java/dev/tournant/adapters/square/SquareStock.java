package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.util.ArrayList;
import java.util.List;

/**
 * Stock: counts of variations at locations. Only the state IN_STOCK is stock; the others are where units went. Counts
 * have no version, but say when they were calculated.
 */
final class SquareStock {
    private static final Mapping COUNT = Mapping.of(Kind.ITEM)
            .field(Item.QUANTITY, Lenses.at(Lenses.DECIMAL_TEXT, "quantity"))
            .build();
    private static final Lens<String> ITEM_ID = Lenses.at(Lenses.TEXT, "catalog_object_id");
    private static final Lens<Stamp> CALCULATED_AT = Lenses.at(Square.STAMP, "calculated_at");

    private SquareStock() {}

    /** A page of counts. */
    static Reading read(JsonNode page, String eventId, Link link) {
        return read(page, "counts", eventId, link);
    }

    static Reading read(JsonNode document, String name, String eventId, Link link) {
        List<RecordDelta> deltas = new ArrayList<>();
        List<Reading.Unreadable> unreadable = new ArrayList<>();
        JsonNode counts = document.path(name);
        if (counts.isObject()) {
            throw new InvalidValue("must be a list").under(name);
        }
        for (int i = 0; i < counts.size(); i++) {
            JsonNode count = counts.get(i);
            boolean stockHere = "IN_STOCK".equals(count.path("state").textValue())
                    && count.path("location_id").asText().equals(link.location());
            if (stockHere) {
                try {
                    deltas.add(delta(count));
                } catch (InvalidValue e) {
                    unreadable.add(Square.unreadable(
                            e, name, i, count.path("catalog_object_id").asText("")));
                }
            }
        }
        return new Reading(List.of(new PartnerEvent(eventId, deltas, List.of())), unreadable);
    }

    private static RecordDelta delta(JsonNode count) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, Square.need(ITEM_ID, count, "catalog_object_id")),
                Square.need(CALCULATED_AT, count, "calculated_at"),
                0,
                COUNT.get(count));
    }
}
