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
import java.util.Objects;

/**
 * Stock: counts of variations at locations. Only the state IN_STOCK is stock; the others are where units went. Counts
 * have no version, but say when they were calculated.
 */
final class SquareStock {
    private static final Mapping COUNT = Mapping.of(Kind.ITEM)
            .field(Item.QUANTITY, Lenses.at(Lenses.DECIMAL_TEXT, "quantity"))
            .build();
    private static final Lens<String> ITEM_ID = Lenses.at(Lenses.TEXT, "catalog_object_id");
    private static final Lens<String> STATE = Lenses.at(Lenses.TEXT, "state");
    private static final Lens<String> LOCATION = Lenses.at(Lenses.TEXT, "location_id");
    private static final Lens<Stamp> CALCULATED_AT = Lenses.at(Square.STAMP, "calculated_at");

    private SquareStock() {}

    /** A page of counts. */
    static Reading read(JsonNode page, String eventId, Link link) {
        return read(page, "counts", eventId, link);
    }

    /** @param path of the list of counts, in dots */
    static Reading read(JsonNode document, String path, String eventId, Link link) {
        JsonNode counts = document.at("/" + path.replace('.', '/'));
        if (!counts.isArray() && !counts.isMissingNode() && !counts.isNull()) {
            throw new InvalidValue("must be a list").under(path);
        }
        List<RecordDelta> deltas = new ArrayList<>();
        List<Reading.Unreadable> unreadable = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            JsonNode count = counts.get(i);
            try {
                if (isStockHere(count, link)) {
                    deltas.add(delta(count));
                }
            } catch (InvalidValue e) {
                unreadable.add(Square.unreadable(
                        e, path, i, count.path("catalog_object_id").asText("")));
            }
        }
        return new Reading(List.of(new PartnerEvent(eventId, deltas, List.of())), unreadable);
    }

    private static boolean isStockHere(JsonNode count, Link link) {
        return "IN_STOCK".equals(STATE.get(count)) && Objects.equals(LOCATION.get(count), link.location());
    }

    private static RecordDelta delta(JsonNode count) {
        return RecordDelta.set(
                RecordKey.of(Kind.ITEM, Square.need(ITEM_ID, count, "catalog_object_id")),
                Square.need(CALCULATED_AT, count, "calculated_at"),
                0,
                COUNT.get(count));
    }
}
