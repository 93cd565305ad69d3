package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Changing stock counts of one seller: all changes of a request or none. Call inside {@link Seller#atomically}. */
final class InventoryWrites {
    static final int CHANGES_MAX = 100;
    private static final Duration OLDEST = Duration.ofHours(24);
    private static final int DECIMALS_MAX = 5;
    private static final BigDecimal ONE_LESS = BigDecimal.ONE.negate();

    private final Seller seller;
    private final List<SquareError> errors = new ArrayList<>();
    private final List<Inventory.Change> changes = new ArrayList<>();

    InventoryWrites(Seller seller) {
        this.seller = seller;
    }

    Answer batchCreate(ObjectNode request) {
        return seller.idempotency().once("inventory:", request, () -> apply(request));
    }

    private Answer apply(ObjectNode request) {
        JsonNode asked = request.path("changes");
        if (asked.isEmpty()) {
            return SquareError.refused(SquareError.missing("changes"));
        }
        if (asked.size() > CHANGES_MAX) {
            return SquareError.refused(
                    SquareError.bad("ARRAY_LENGTH_TOO_LONG", "At most " + CHANGES_MAX + " changes.", "changes"));
        }
        for (int at = 0; at < asked.size(); at++) {
            read(asked.get(at), "changes[" + at + "]");
        }
        if (!errors.isEmpty()) {
            return SquareError.refused(errors);
        }
        seller.inventory()
                .apply(changes, request.path("ignore_unchanged_counts").asBoolean(true));
        return Answer.ok(body(asked));
    }

    private void read(JsonNode change, String field) {
        switch (change.path("type").asText()) {
            case "PHYSICAL_COUNT" -> {
                JsonNode count = change.path("physical_count");
                add(count, "location_id", count.path("state").asText(), BigDecimal.ONE, true, field);
            }
            case "ADJUSTMENT" -> {
                JsonNode adjustment = change.path("adjustment");
                add(adjustment, "location_id", adjustment.path("from_state").asText(), ONE_LESS, false, field);
                add(adjustment, "location_id", adjustment.path("to_state").asText(), BigDecimal.ONE, false, field);
            }
            case "TRANSFER" -> {
                JsonNode transfer = change.path("transfer");
                String state = transfer.path("state").asText();
                add(transfer, "from_location_id", state, ONE_LESS, false, field);
                add(transfer, "to_location_id", state, BigDecimal.ONE, false, field);
            }
            default -> errors.add(SquareError.bad("INVALID_ENUM_VALUE", "Unknown change type.", field + ".type"));
        }
    }

    private void add(
            JsonNode what, String locationField, String state, BigDecimal sign, boolean physical, String field) {
        String variation = what.path("catalog_object_id").asText();
        String location = what.path(locationField).asText();
        if (!seller.catalogue()
                .findLive(variation)
                .map(Shape::type)
                .filter(Shape.VARIATION::equals)
                .isPresent()) {
            errors.add(SquareError.notFound(
                    "Catalog object with ID `" + variation + "` is not an item variation.",
                    field + ".catalog_object_id"));
        } else if (seller.location(location).isEmpty()) {
            errors.add(SquareError.notFound("Location `" + location + "` not found.", field + "." + locationField));
        } else if (state.isEmpty()) {
            errors.add(SquareError.missing(field + ".state"));
        } else {
            Optional<BigDecimal> quantity = quantity(what, field);
            Optional<Instant> occurred = occurred(what, field);
            if (quantity.isPresent() && occurred.isPresent() && Inventory.isCounted(state)) {
                changes.add(new Inventory.Change(
                        new Inventory.Key(variation, location, state),
                        quantity.get().multiply(sign),
                        physical,
                        occurred.get().toEpochMilli()));
            }
        }
    }

    private Optional<BigDecimal> quantity(JsonNode what, String field) {
        try {
            BigDecimal quantity = new BigDecimal(what.path("quantity").asText());
            if (quantity.signum() >= 0 && quantity.stripTrailingZeros().scale() <= DECIMALS_MAX) {
                return Optional.of(quantity);
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number that is out of range.
        }
        errors.add(SquareError.invalid(
                "Quantity must be a decimal string of at least 0 with at most " + DECIMALS_MAX + " decimal places.",
                field + ".quantity"));
        return Optional.empty();
    }

    private Optional<Instant> occurred(JsonNode what, String field) {
        Optional<Instant> occurred = Json.time(what.path("occurred_at").asText());
        Instant now = Instant.ofEpochMilli(seller.ticks().now());
        if (occurred.isEmpty() || occurred.get().isAfter(now) || occurred.get().isBefore(now.minus(OLDEST))) {
            errors.add(SquareError.bad(
                    "INVALID_TIME",
                    "occurred_at must be an RFC 3339 time within the last 24 hours.",
                    field + ".occurred_at"));
            return Optional.empty();
        }
        return occurred;
    }

    private ObjectNode body(JsonNode asked) {
        Set<Inventory.Key> keys = new LinkedHashSet<>();
        changes.forEach(change -> keys.add(change.key()));
        List<ObjectNode> counts = new ArrayList<>();
        keys.forEach(key -> seller.inventory().find(key).ifPresent(counts::add));
        ObjectNode body = Json.object();
        body.set("counts", Json.array(counts));
        body.set("changes", asked);
        return body;
    }
}
