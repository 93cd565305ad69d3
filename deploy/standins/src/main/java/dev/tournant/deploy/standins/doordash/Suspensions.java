package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items or options that are sold out for now, by {@code merchant_supplied_id}. Apart from the {@code active} of the menu: a
 * menu push neither begins nor ends a suspension. Not safe for threads: the store guards it.
 */
final class Suspensions {
    private final Map<String, Optional<Instant>> untilById = new LinkedHashMap<>();

    void begin(String id, Optional<Instant> until) {
        untilById.put(id, until);
    }

    void end(String id) {
        untilById.remove(id);
    }

    /** Forgets what is on no menu any more, so that there are never more suspensions than things to suspend. */
    void keepOnly(Collection<String> ids) {
        untilById.keySet().retainAll(ids);
    }

    ArrayNode json(Instant now) {
        untilById
                .values()
                .removeIf(until -> until.filter(end -> !end.isAfter(now)).isPresent());
        ArrayNode json = Json.array(List.of());
        untilById.forEach((id, until) -> {
            ObjectNode each = json.addObject().put("merchant_supplied_id", id);
            each.put("reactivate_at", until.map(Instant::toString).orElse(null));
        });
        return json;
    }
}
