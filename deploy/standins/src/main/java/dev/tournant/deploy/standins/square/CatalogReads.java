package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The reading half of the Catalog API for one seller. Call inside {@link Seller#atomically}. */
final class CatalogReads {
    static final int LIST_PAGE = 100;
    static final int SEARCH_PAGE_MAX = 1_000;
    static final int RETRIEVE_IDS_MAX = 1_000;

    private final Seller seller;
    private final Catalogue catalogue;

    CatalogReads(Seller seller) {
        this.seller = seller;
        this.catalogue = seller.catalogue();
    }

    static Answer info() {
        ObjectNode limits = Json.object();
        limits.put("batch_upsert_max_objects_per_batch", UpsertRequest.BATCH_OBJECTS_MAX);
        limits.put("batch_upsert_max_total_objects", UpsertRequest.TOTAL_OBJECTS_MAX);
        limits.put("batch_retrieve_max_object_ids", RETRIEVE_IDS_MAX);
        limits.put("search_max_page_limit", SEARCH_PAGE_MAX);
        limits.put("batch_delete_max_object_ids", CatalogDeletes.IDS_MAX);
        limits.put("update_item_taxes_max_item_ids", 1_000);
        limits.put("update_item_taxes_max_taxes_to_enable", 1_000);
        limits.put("update_item_taxes_max_taxes_to_disable", 1_000);
        limits.put("update_item_modifier_lists_max_item_ids", 1_000);
        limits.put("update_item_modifier_lists_max_modifier_lists_to_enable", 1_000);
        limits.put("update_item_modifier_lists_max_modifier_lists_to_disable", 1_000);
        return Answer.ok(Json.object().set("limits", limits));
    }

    /** Lists what is not deleted, 100 a page. */
    Answer list(Optional<String> types, Optional<String> cursor) {
        if (cursor.isPresent()) {
            return resumed(cursor.get(), LIST_PAGE, CatalogReads::listBody);
        }
        Set<String> wanted = types.map(CatalogReads::split).orElse(Shape.DEFAULT_TYPES);
        Optional<SquareError> unknown = unknownType(wanted, "types");
        if (unknown.isPresent()) {
            return SquareError.refused(unknown.get());
        }
        List<ObjectNode> found = catalogue
                .every(wanted)
                .filter(object -> !Shape.isDeleted(object))
                .toList();
        Pages.Result result = new Pages.Result(found, catalogue.latest(), Map.of());
        return Answer.ok(listBody(seller.pages().first(result, LIST_PAGE)));
    }

    Answer search(ObjectNode request) {
        int limit = limit(request, SEARCH_PAGE_MAX, SEARCH_PAGE_MAX);
        if (request.hasNonNull("cursor")) {
            return resumed(request.path("cursor").asText(), limit, page -> searchBody(page, request));
        }
        if (request.hasNonNull("query")) {
            return SquareError.refused(SquareError.notImplemented("catalog queries"));
        }
        boolean deleted = request.path("include_deleted_objects").asBoolean();
        if (deleted && request.path("include_category_path_to_root").asBoolean()) {
            return SquareError.refused(SquareError.bad(
                    "CONFLICTING_PARAMETERS",
                    "Deleted objects and paths to the root cannot be asked for together.",
                    "include_category_path_to_root"));
        }
        Set<String> types = Json.textsOf(request.path("object_types"));
        Set<String> wanted = types.isEmpty() ? Shape.DEFAULT_TYPES : types;
        Optional<SquareError> unknown = unknownType(wanted, "object_types");
        if (unknown.isPresent()) {
            return SquareError.refused(unknown.get());
        }
        Optional<Instant> begin = Json.time(request.path("begin_time").asText());
        if (begin.isEmpty() && request.hasNonNull("begin_time")) {
            return SquareError.refused(SquareError.bad("INVALID_TIME", "Not an RFC 3339 timestamp.", "begin_time"));
        }
        List<ObjectNode> found = catalogue
                .every(wanted)
                .filter(object -> deleted || !Shape.isDeleted(object))
                .filter(object -> begin.isEmpty()
                        || Instant.ofEpochMilli(Shape.version(object)).isAfter(begin.get()))
                .toList();
        Pages.Result result = new Pages.Result(found, catalogue.latest(), world(request));
        return Answer.ok(searchBody(seller.pages().first(result, limit), request));
    }

    Answer retrieve(String id, boolean related, boolean path) {
        Optional<ObjectNode> found = catalogue.findLive(id);
        if (found.isEmpty()) {
            return SquareError.refused(
                    SquareError.notFound("Catalog object with ID `" + id + "` not found.", "object_id"));
        }
        ObjectNode body = Json.object();
        body.set("object", path ? withPath(found.get()) : found.get());
        if (related) {
            putRelated(body, found.stream().toList(), catalogue.snapshot());
        }
        return Answer.ok(body);
    }

    Answer batchRetrieve(ObjectNode request) {
        Set<String> ids = Json.textsOf(request.path("object_ids"));
        if (ids.isEmpty()) {
            return SquareError.refused(SquareError.missing("object_ids"));
        }
        if (ids.size() > RETRIEVE_IDS_MAX) {
            return SquareError.refused(
                    SquareError.bad("ARRAY_LENGTH_TOO_LONG", "At most " + RETRIEVE_IDS_MAX + " ids.", "object_ids"));
        }
        if (request.hasNonNull("catalog_version")) {
            return SquareError.refused(SquareError.notImplemented("reads of older catalog versions"));
        }
        boolean deleted = request.path("include_deleted_objects").asBoolean();
        boolean path = request.path("include_category_path_to_root").asBoolean();
        List<ObjectNode> found = new ArrayList<>();
        ids.forEach(id -> catalogue
                .find(id)
                .filter(object -> deleted || !Shape.isDeleted(object))
                .ifPresent(object -> found.add(path ? withPath(object) : object)));
        ObjectNode body = Json.object();
        body.set("objects", Json.array(found));
        if (request.path("include_related_objects").asBoolean()) {
            putRelated(body, found, catalogue.snapshot());
        }
        return Answer.ok(body);
    }

    /** A limit that makes no sense is ignored, as at Square. */
    static int limit(JsonNode request, int otherwise, int max) {
        int limit = request.path("limit").asInt(otherwise);
        return limit <= 0 || limit > max ? otherwise : limit;
    }

    private interface Body {
        ObjectNode of(Pages.Page page);
    }

    private Answer resumed(String cursor, int limit, Body body) {
        return seller.pages()
                .next(cursor, limit)
                .map(page -> Answer.ok(body.of(page)))
                .orElseGet(() -> SquareError.refused(SquareError.invalidCursor()));
    }

    private static ObjectNode listBody(Pages.Page page) {
        ObjectNode body = Json.object();
        page.cursor().ifPresent(cursor -> body.put("cursor", cursor));
        if (!page.objects().isEmpty()) {
            body.set("objects", Json.array(page.objects()));
        }
        return body;
    }

    private ObjectNode searchBody(Pages.Page page, ObjectNode request) {
        boolean path = request.path("include_category_path_to_root").asBoolean();
        ObjectNode body = Json.object();
        page.cursor().ifPresent(cursor -> body.put("cursor", cursor));
        if (!page.objects().isEmpty()) {
            List<ObjectNode> shown =
                    path ? page.objects().stream().map(this::withPath).toList() : page.objects();
            body.set("objects", Json.array(shown));
        }
        if (request.path("include_related_objects").asBoolean()) {
            putRelated(body, page.objects(), page.result().world());
        }
        body.put("latest_time", Json.time(page.result().latest()));
        return body;
    }

    private Map<String, ObjectNode> world(ObjectNode request) {
        return request.path("include_related_objects").asBoolean() ? catalogue.snapshot() : Map.of();
    }

    /** One level deep: what the objects name by id, as it was when the result was made. */
    private static void putRelated(ObjectNode body, List<ObjectNode> objects, Map<String, ObjectNode> world) {
        Set<String> own = objects.stream().map(Shape::id).collect(Collectors.toSet());
        Map<String, ObjectNode> related = new LinkedHashMap<>();
        objects.forEach(object -> References.in(object)
                .filter(id -> !own.contains(id))
                .forEach(id -> Optional.ofNullable(world.get(id))
                        .filter(found -> !Shape.isDeleted(found))
                        .ifPresent(found -> related.put(id, found))));
        if (!related.isEmpty()) {
            body.set("related_objects", Json.array(related.values()));
        }
    }

    private ObjectNode withPath(ObjectNode object) {
        if (!Shape.type(object).equals(Shape.CATEGORY)) {
            return object;
        }
        ObjectNode copy = object.deepCopy();
        ArrayNode path = Shape.data(copy).putArray("path_to_root");
        Optional<ObjectNode> parent = parentCategory(object);
        for (int depth = 0; parent.isPresent() && depth < 10; depth++) {
            path.addObject()
                    .put("category_id", Shape.id(parent.get()))
                    .put(
                            "category_name",
                            Shape.dataOf(parent.get()).path("name").asText());
            parent = parentCategory(parent.get());
        }
        return copy;
    }

    private Optional<ObjectNode> parentCategory(ObjectNode category) {
        return catalogue.findLive(Shape.id(Shape.dataOf(category).path("parent_category")));
    }

    private static Set<String> split(String types) {
        return java.util.Arrays.stream(types.toUpperCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .filter(type -> !type.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Optional<SquareError> unknownType(Set<String> types, String field) {
        return types.stream()
                .filter(type -> !Shape.TYPES.contains(type))
                .findFirst()
                .map(type -> SquareError.bad("INVALID_ENUM_VALUE", "`" + type + "` is not a valid enum value.", field));
    }
}
