package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One all-or-nothing batch of an upsert.
 *
 * <p>In order: client ids ({@code #...}, known only inside the batch) get server ids; every object that exists must bring
 * its present version, nested ones too; each must have a valid shape and name only what exists. Then the objects replace
 * what was there as a whole: fields left out are gone, and so are nested objects left out, which leave tombstones. What
 * only Square may write (sold out, times, deletion, order of variations) is kept from what was there.
 */
final class UpsertBatch {

    /** @param mappings client id to server id */
    record Outcome(List<ObjectNode> objects, Map<String, String> mappings, List<SquareError> errors) {
        Outcome {
            objects = List.copyOf(objects);
            errors = List.copyOf(errors);
        }
    }

    private final Seller seller;
    private final Catalogue catalogue;
    private final String field;
    private final int nameCharsMax;
    private final List<SquareError> errors = new ArrayList<>();
    private final Map<String, String> mappings = new LinkedHashMap<>();

    UpsertBatch(Seller seller, String field, int nameCharsMax) {
        this.seller = seller;
        this.catalogue = seller.catalogue();
        this.field = field;
        this.nameCharsMax = nameCharsMax;
    }

    Outcome apply(List<ObjectNode> asked) {
        if (asked.isEmpty()) {
            errors.add(SquareError.missing(field));
            return refused();
        }
        List<ObjectNode> objects = asked.stream().map(ObjectNode::deepCopy).toList();
        objects.forEach(object -> withChildren(object).forEach(this::nameAndCheckVersion));
        objects.forEach(object -> References.rename(object, mappings));
        objects.forEach(this::setParents);
        ObjectRules rules = new ObjectRules(seller.identity().currency(), field, errors);
        objects.forEach(rules::check);
        checkReferences(objects);
        return errors.isEmpty() ? applied(objects) : refused();
    }

    private Outcome refused() {
        return new Outcome(List.of(), Map.of(), errors);
    }

    private static Stream<ObjectNode> withChildren(ObjectNode object) {
        return Stream.concat(Stream.of(object), Shape.children(object).stream());
    }

    private void nameAndCheckVersion(ObjectNode object) {
        String id = Shape.id(object);
        if (id.startsWith("#")) {
            if (mappings.put(id, seller.ids().object()) != null) {
                errors.add(SquareError.invalid("Duplicate temporary object ID `" + id + "`.", field));
            }
            return;
        }
        Optional<ObjectNode> present = catalogue.findLive(id);
        if (present.isEmpty()) {
            // Not an upsert after all: an id that is gone is a bad request, and takes the whole batch with it.
            errors.add(SquareError.invalid("Invalid object ID `" + id + "`: no such object.", field));
        } else if (!Shape.type(present.get()).equals(Shape.type(object))) {
            errors.add(SquareError.invalid("Object `" + id + "` is of another type.", field));
        } else if (Shape.version(present.get()) != Shape.version(object)) {
            errors.add(SquareError.versionMismatch(id));
        }
    }

    private void setParents(ObjectNode object) {
        Shape.children(object).forEach(child -> Shape.setParent(child, Shape.id(object)));
    }

    private void checkReferences(List<ObjectNode> objects) {
        Set<String> inBatch = objects.stream()
                .flatMap(UpsertBatch::withChildren)
                .map(Shape::id)
                .collect(Collectors.toSet());
        objects.stream()
                .flatMap(References::in)
                .distinct()
                .filter(id -> !inBatch.contains(id) && catalogue.findLive(id).isEmpty())
                .forEach(id ->
                        errors.add(SquareError.invalid("Object refers to `" + id + "`, which does not exist.", field)));
    }

    private Outcome applied(List<ObjectNode> objects) {
        Draft draft = catalogue.draft();
        // Holders first: a variation may come in the same batch as its item, and before it.
        List<ObjectNode> holdersFirst = objects.stream()
                .sorted(Comparator.comparing(object -> Shape.isNestedType(Shape.type(object))))
                .toList();
        for (ObjectNode object : holdersFirst) {
            withChildren(object).forEach(this::keepWhatIsSquares);
            Optional<String> parent = Shape.parentOf(object);
            if (parent.isPresent()) {
                draft.putChild(parent.get(), object);
            } else {
                buryLeftOut(draft, object);
                draft.put(object);
            }
        }
        draft.commit();
        List<ObjectNode> stored = objects.stream()
                .flatMap(object -> catalogue.find(Shape.id(object)).stream())
                .toList();
        return new Outcome(stored, mappings, List.of());
    }

    private void buryLeftOut(Draft draft, ObjectNode object) {
        Set<String> kept = Shape.children(object).stream().map(Shape::id).collect(Collectors.toSet());
        List<ObjectNode> leftOut = catalogue.find(Shape.id(object)).stream()
                .flatMap(before -> Shape.children(before).stream())
                .filter(child -> !kept.contains(Shape.id(child)))
                .toList();
        leftOut.forEach(draft::bury);
        seller.inventory().forget(leftOut.stream().map(Shape::id).collect(Collectors.toSet()));
    }

    private void keepWhatIsSquares(ObjectNode object) {
        object.put("is_deleted", false);
        object.remove("created_at");
        if (!object.has("present_at_all_locations")) {
            object.put("present_at_all_locations", true);
        }
        Optional<ObjectNode> before = catalogue.find(Shape.id(object));
        before.ifPresent(old -> object.set("created_at", old.path("created_at")));
        keepSoldOut(object, before);
        ObjectNode data = Shape.data(object);
        switch (Shape.type(object)) {
            case Shape.ITEM -> {
                numberVariations(object);
                String name = data.path("name").asText();
                if (nameCharsMax > 0 && name.length() > nameCharsMax) {
                    data.put("name", name.substring(0, nameCharsMax));
                }
                if (data.hasNonNull("description_html")) {
                    String plain = plain(data.path("description_html").asText());
                    data.put("description", plain);
                    data.put("description_plaintext", plain);
                }
            }
            case Shape.CATEGORY -> {
                data.remove("path_to_root");
                data.put("is_top_level", Shape.id(data.path("parent_category")).isEmpty());
            }
            default -> {
                // Nothing else is computed.
            }
        }
    }

    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static void numberVariations(ObjectNode item) {
        List<ObjectNode> variations = Shape.children(item);
        for (int at = 0; at < variations.size(); at++) {
            Shape.data(variations.get(at)).put("ordinal", at);
        }
    }

    private static void keepSoldOut(ObjectNode object, Optional<ObjectNode> before) {
        if (!Shape.isNestedType(Shape.type(object))) {
            return;
        }
        Json.objectsOf(Shape.dataOf(object).path("location_overrides"))
                .forEach(override -> override.remove(List.of("sold_out", "sold_out_valid_until")));
        before.map(old -> Json.objectsOf(Shape.dataOf(old).path("location_overrides"))).orElse(List.of()).stream()
                .filter(override -> override.has("sold_out"))
                .forEach(override -> {
                    ObjectNode now =
                            Overrides.at(object, override.path("location_id").asText());
                    now.set("sold_out", override.path("sold_out"));
                    if (override.has("sold_out_valid_until")) {
                        now.set("sold_out_valid_until", override.path("sold_out_valid_until"));
                    }
                });
    }
}
