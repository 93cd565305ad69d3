package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The lists of a document that hold its records, found by asking the adapter: without their elements it reads fewer
 * records. Of lists within lists, the outermost.
 */
final class RecordLists {
    private final List<Place> lists;
    private final JsonNode document;

    private RecordLists(JsonNode document, List<Place> lists) {
        this.document = document;
        this.lists = lists;
    }

    static RecordLists of(Trial trial, Sample sample) {
        JsonNode document = sample.tree().orElse(JsonNodeFactory.instance.objectNode());
        Set<RecordKey> all = trial.records(sample).keySet();
        List<Place> found = new ArrayList<>();
        List<Place> places = new ArrayList<>(List.of(Place.TOP));
        places.addAll(Place.all(document));
        for (Place place : places) {
            boolean inside = found.stream().anyMatch(place::isUnder);
            boolean list = place.of(document).isArray() && !place.of(document).isEmpty();
            if (!inside && list && !all.isEmpty()) {
                JsonNode without = place.set(document, JsonNodeFactory.instance.arrayNode());
                Set<RecordKey> rest = trial.records(sample.changed("without " + place, without))
                        .keySet();
                if (!rest.containsAll(all)) {
                    found.add(place);
                }
            }
        }
        return new RecordLists(document, found);
    }

    List<Place> lists() {
        return lists;
    }

    List<Place> elements() {
        List<Place> elements = new ArrayList<>();
        for (Place list : lists) {
            for (int i = 0; i < list.of(document).size(); i++) {
                elements.add(list.in(i));
            }
        }
        return elements;
    }

    /** The element in which something stands. */
    Optional<Place> element(Place inside) {
        return elements().stream().filter(inside::isUnder).findFirst();
    }

    /** The document with no record in it. */
    JsonNode empty() {
        JsonNode empty = document;
        for (Place list : lists) {
            empty = list.set(empty, JsonNodeFactory.instance.arrayNode());
        }
        return empty;
    }

    /** The document with everything in its lists so many times. */
    JsonNode times(int count) {
        JsonNode longer = document;
        for (Place list : lists) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < count; i++) {
                elements.addAll((ArrayNode) list.of(document));
            }
            longer = list.set(longer, elements);
        }
        return longer;
    }
}
