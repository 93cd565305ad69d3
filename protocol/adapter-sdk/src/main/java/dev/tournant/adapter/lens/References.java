package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers that stand for records within one document only, and mean another record in the next: they never leave the
 * document. A map in the document says what each stands for: {@code {"3": {"guid": "…"}}}.
 */
public final class References {
    private final String what;
    private final Map<Long, RecordId> records = new HashMap<>();
    private final Map<RecordId, Long> numbers = new HashMap<>();

    private References(String what) {
        this.what = what;
    }

    /**
     * Reads a document's map. Entries that name no record stand for none: whoever refers to them is told so.
     *
     * @param what the map's name, for errors
     * @param map an object whose names are the numbers; may be absent
     * @param id the member of an entry that names its record
     */
    public static References of(String what, JsonNode map, Lens<RecordId> id) {
        References references = new References(what);
        map.fields().forEachRemaining(entry -> {
            try {
                RecordId record = id.get(entry.getValue());
                if (record != null) {
                    references.add(Long.parseLong(entry.getKey()), record);
                }
            } catch (InvalidValue | NumberFormatException e) {
                // Reported where the entry itself is read as a record.
                return;
            }
        });
        return references;
    }

    /** The first number that stands for a record is the one that is written for it. */
    private void add(long number, RecordId record) {
        records.put(number, record);
        numbers.putIfAbsent(record, number);
    }

    /** A reference, seen as the record that it stands for. */
    public Lens<RecordId> lens() {
        return Lenses.map(
                Lenses.LONG,
                number -> {
                    RecordId record = records.get(number);
                    if (record == null) {
                        throw new InvalidValue("is " + number + ", which " + what + " does not hold");
                    }
                    return record;
                },
                record -> {
                    Long number = numbers.get(record);
                    if (number == null) {
                        throw new InvalidValue(record + " is not in " + what + " of this document");
                    }
                    return number;
                });
    }
}
