package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Stock, as of when it was asked for. Toast lists what is counted or out of stock: of every other item there is plenty.
 */
final class ToastStock {
    private ToastStock() {}

    static Reading read(JsonNode list, Payload payload) {
        Stamp stamp = Stamp.at(payload.receivedAt());
        ToastReport report = new ToastReport();
        List<RecordDelta> deltas = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            String path = "[" + i + "]";
            try {
                RecordId item = Toast.need(Toast.GUID, list.get(i), "guid");
                RecordKey key = new RecordKey(Kind.ITEM, item);
                deltas.add(RecordDelta.set(key, stamp, 0, fields(path, key, list.get(i), report)));
            } catch (InvalidValue e) {
                report.unnamed(path, e, EnumSet.of(Kind.ITEM));
            }
        }
        List<Whole> wholes = report.isWhole(Kind.ITEM)
                ? List.of(new Whole(Kind.ITEM, stamp, ToastLevel.IN_STOCK.fields()))
                : List.of();
        return new Reading(List.of(new PartnerEvent("", deltas, List.of(), wholes)), report.unreadable());
    }

    /** Nothing is said of an item whose level cannot be read, and least of all that there is plenty. */
    private static FieldMap fields(String path, RecordKey key, JsonNode entry, ToastReport report) {
        try {
            return Toast.need(ToastLevel.LENS, entry, "status").fields();
        } catch (InvalidValue e) {
            report.value(path, key.toString(), e);
            return FieldMap.EMPTY;
        }
    }
}
