package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is of each item, by guid; what it says nothing of is in stock. It holds at once and needs no publish. Call
 * inside {@link Restaurant#atomically}.
 */
final class Stock {
    /** A quantity below this is told as low. */
    static final double LOW_BELOW = 5;

    enum Status {
        IN_STOCK,
        QUANTITY,
        OUT_OF_STOCK;

        static Optional<Status> of(String name) {
            return java.util.Arrays.stream(values())
                    .filter(status -> status.name().equals(name))
                    .findFirst();
        }
    }

    /** A quantity is there for {@link Status#QUANTITY} alone, and above zero. */
    record Level(Status status, @Nullable Double quantity) {
        static final Level IN_STOCK = new Level(Status.IN_STOCK, null);
        static final Level OUT_OF_STOCK = new Level(Status.OUT_OF_STOCK, null);

        /** None left is out of stock. */
        static Level quantity(double quantity) {
            return quantity > 0 ? new Level(Status.QUANTITY, quantity) : OUT_OF_STOCK;
        }

        boolean isLow() {
            return quantity != null && quantity < LOW_BELOW;
        }
    }

    private final Map<String, Level> levels = new LinkedHashMap<>();

    Level of(String guid) {
        return levels.getOrDefault(guid, Level.IN_STOCK);
    }

    /** Those that are not simply in stock. */
    Map<String, Level> levels() {
        return levels;
    }

    /** Sets a level, and returns the types of the events that this makes; none where nothing changed. */
    List<String> set(String guid, Level level) {
        Level old = of(guid);
        if (level.status() == Status.IN_STOCK) {
            levels.remove(guid);
        } else {
            levels.put(guid, level);
        }
        List<String> events = new ArrayList<>();
        if (!old.equals(level)) {
            events.add(level.status().name().toLowerCase(Locale.ROOT));
        }
        if (level.isLow() && !old.isLow()) {
            events.add("low_quantity");
        }
        return events;
    }

    void forget(String guid) {
        levels.remove(guid);
    }

    static ObjectNode json(String guid, @Nullable String multiLocationId, @Nullable Level level) {
        ObjectNode json = Json.object();
        json.put("guid", guid);
        json.put("multiLocationId", multiLocationId);
        json.put("status", level == null ? null : level.status().name());
        json.put("quantity", level == null ? null : level.quantity());
        return json;
    }
}
