package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Locations API for one seller. Call inside {@link Seller#atomically}. */
final class Locations {
    static final int PERIODS_A_DAY_MAX = 10;

    private static final Set<String> WRITABLE = Set.of(
            "name",
            "address",
            "timezone",
            "status",
            "language_code",
            "phone_number",
            "business_name",
            "type",
            "website_url",
            "business_hours",
            "business_email",
            "description",
            "coordinates",
            "mcc");

    private final Seller seller;

    Locations(Seller seller) {
        this.seller = seller;
    }

    Answer list() {
        return Answer.ok(Json.object().set("locations", Json.array(List.copyOf(seller.locations()))));
    }

    /** {@code main} stands for the first one. */
    Answer retrieve(String id) {
        return find(id).map(location -> Answer.ok(Json.object().set("location", location)))
                .orElseGet(() -> unknown(id));
    }

    /** Sparse: what is not named stays, what is null is cleared, what only Square may write is left alone. */
    Answer update(String id, ObjectNode request) {
        if (!(request.path("location") instanceof ObjectNode asked)) {
            return SquareError.refused(SquareError.missing("location"));
        }
        if (tooManyPeriods(asked.path("business_hours"))) {
            return SquareError.refused(SquareError.invalid(
                    "At most " + PERIODS_A_DAY_MAX + " periods a day.", "location.business_hours.periods"));
        }
        return find(id).map(location -> {
                    ObjectNode copy = location.deepCopy();
                    WRITABLE.stream().filter(asked::has).forEach(name -> write(copy, name, asked.path(name)));
                    seller.putLocation(copy);
                    return Answer.ok(Json.object().set("location", copy));
                })
                .orElseGet(() -> unknown(id));
    }

    private java.util.Optional<ObjectNode> find(String id) {
        return id.equals("main") ? seller.locations().stream().findFirst() : seller.location(id);
    }

    private static Answer unknown(String id) {
        return SquareError.refused(SquareError.notFound("Location `" + id + "` not found.", "location_id"));
    }

    private static void write(ObjectNode location, String name, JsonNode value) {
        if (value.isNull()) {
            location.remove(name);
        } else {
            location.set(name, value);
        }
    }

    private static boolean tooManyPeriods(JsonNode hours) {
        Map<String, Integer> byDay = new HashMap<>();
        hours.path("periods")
                .forEach(period -> byDay.merge(period.path("day_of_week").asText(), 1, Integer::sum));
        return byDay.values().stream().anyMatch(count -> count > PERIODS_A_DAY_MAX);
    }
}
