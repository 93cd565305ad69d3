package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.adapter.lens.Shape.Candidate;
import dev.tournant.adapter.lens.Shape.Home;
import dev.tournant.adapter.lens.Shape.Place;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which objects stand in a page of Square's catalogue, what is nested in which, and where a new one goes. */
final class SquareShapes {
    /** Mappings are small; a node sees a few thousand locations. */
    private static final int LOCATIONS_MAX = 20_000;

    private static final Map<String, Records> BY_LOCATION = new ConcurrentHashMap<>();

    private SquareShapes() {}

    /** The records of a page of the catalogue. */
    static Records forLocation(String location) {
        Records known = BY_LOCATION.get(location);
        if (known != null) {
            return known;
        }
        Map<String, Shape> shapes = shapes(location);
        Records made = new Records(List.of(new Place(
                List.of("objects"),
                object -> shape(object, shapes),
                candidate ->
                        Optional.ofNullable(whole(candidate)).map(type -> new Home(null, fresh(type, location))))));
        if (BY_LOCATION.size() < LOCATIONS_MAX) {
            BY_LOCATION.put(location, made);
        }
        return made;
    }

    /** The shape of each object type. */
    static Map<String, Shape> shapes(String location) {
        Map<String, Shape> shapes = new HashMap<>();
        Function<JsonNode, @Nullable Shape> sort = object -> shape(object, shapes);
        Place variations =
                new Place(List.of("item_data", "variations"), sort, candidate -> variationOf(candidate, location));
        // A list's options make the modifiers in it, so that none is there twice.
        Place modifiers = new Place(List.of("modifier_list_data", "modifiers"), sort, candidate -> Optional.empty());
        shapes.put("ITEM", new Shape(OBJECT_ID, SquareMappings.ITEM, List.of(variations)));
        shapes.put("ITEM_VARIATION", new Shape(OBJECT_ID, SquareMappings.variation(location), List.of()));
        shapes.put("MODIFIER_LIST", new Shape(OBJECT_ID, SquareMappings.MODIFIER_LIST, List.of(modifiers)));
        shapes.put("MODIFIER", new Shape(OBJECT_ID, SquareMappings.modifier(location), List.of()));
        shapes.put("CATEGORY", new Shape(OBJECT_ID, SquareMappings.CATEGORY, List.of()));
        shapes.put("TAX", new Shape(OBJECT_ID, SquareMappings.TAX, List.of()));
        shapes.put("IMAGE", new Shape(OBJECT_ID, SquareMappings.IMAGE, List.of()));
        return shapes;
    }

    private static @Nullable Shape shape(JsonNode object, Map<String, Shape> shapes) {
        JsonNode type = object.path("type");
        if (!type.isTextual()) {
            throw new InvalidValue("must be text").under("type");
        }
        return shapes.get(type.textValue());
    }

    static ObjectNode typed(String type) {
        return Documents.empty().put("type", type);
    }

    /** A new object is for this location only: what the others sell is not ours to say. */
    private static ObjectNode fresh(String type, String location) {
        ObjectNode object = typed(type);
        if (!location.isEmpty()) {
            object.put("present_at_all_locations", false)
                    .putArray("present_at_location_ids")
                    .add(location);
        }
        return object;
    }

    /** The type of object that a record of its own becomes; null for one that is nested in another. */
    private static @Nullable String whole(Candidate candidate) {
        return switch (candidate.key().kind()) {
            case ITEM -> candidate.fields().get(Item.VARIATION_OF) == null ? "ITEM" : null;
            case MODIFIER_GROUP -> "MODIFIER_LIST";
            case CATEGORY -> "CATEGORY";
            case TAX -> "TAX";
            default -> null;
        };
    }

    private static Optional<Home> variationOf(Candidate candidate, String location) {
        Placement in = candidate.key().kind() == Kind.ITEM ? candidate.fields().get(Item.VARIATION_OF) : null;
        return in == null
                ? Optional.empty()
                : Optional.of(new Home(new RecordKey(Kind.ITEM, in.in()), fresh("ITEM_VARIATION", location)));
    }

    private static final Lens<RecordId> OBJECT_ID = Lenses.at(Square.ID, "id");
}
