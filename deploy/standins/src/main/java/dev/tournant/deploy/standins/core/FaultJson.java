package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The faults of a partner as JSON, as {@link RecordJson} has it. A number whose name ends in {@code Ratio} is a ratio, any
 * other a wait or a count, within the bounds of {@link FaultChecks}.
 */
public final class FaultJson {
    private FaultJson() {}

    /** Faults of which none strikes: zeros, and flags that are false. */
    public static <F extends Record> F none(Class<F> type) {
        return RecordJson.read(Json.object(), type);
    }

    public static ObjectNode json(Record faults) {
        return RecordJson.json(faults);
    }

    /** These faults with those replaced that a JSON object names. */
    public static <F extends Record> F with(F faults, JsonNode asked) {
        return check(RecordJson.with(faults, asked, "fault"));
    }

    /** The same, if each of them is within its bounds. */
    static <F extends Record> F check(F faults) {
        for (Map.Entry<String, JsonNode> each : json(faults).properties()) {
            if (each.getKey().endsWith("Ratio")) {
                FaultChecks.checkRatio(each.getKey(), each.getValue().asDouble());
            } else {
                FaultChecks.checkRange(each.getKey(), each.getValue().asLong());
            }
        }
        return faults;
    }
}
