package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.RecordJson;

/**
 * How much a client may ask. All but the logins count for each client and restaurant, or for each source address when a
 * request names no restaurant.
 *
 * @param perSecondMax requests in any second of the clock, over all and in each API
 * @param perQuarterHourMax requests in any quarter of an hour of the clock, over all and in each API
 * @param menusPerSecondMax {@code GET /menus/v2/menus} in any second of the clock
 * @param loginsPerHourMax logins of a client in an hour, whichever hour one looks at
 * @param tokenSeconds how long a token is good for
 */
public record Limits(
        int perSecondMax, int perQuarterHourMax, int menusPerSecondMax, int loginsPerHourMax, int tokenSeconds) {
    private static final int VALUE_MAX = 1_000_000;

    /** Toast's own. */
    public static final Limits PUBLISHED = new Limits(20, 10_000, 1, 2, 86_400);

    public Limits {
        check("perSecondMax", perSecondMax);
        check("perQuarterHourMax", perQuarterHourMax);
        check("menusPerSecondMax", menusPerSecondMax);
        check("loginsPerHourMax", loginsPerHourMax);
        check("tokenSeconds", tokenSeconds);
    }

    /** These limits with those fields replaced that the JSON object names. */
    Limits with(JsonNode asked) {
        return RecordJson.with(this, asked, "limit");
    }

    ObjectNode json() {
        return RecordJson.json(this);
    }

    private static void check(String name, int value) {
        if (value < 1 || value > VALUE_MAX) {
            throw new IllegalArgumentException(name + " is from 1 to " + VALUE_MAX + ", not " + value);
        }
    }
}
