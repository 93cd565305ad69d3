package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The faults of a partner as JSON: a record of numbers and flags, whose components are its members. A number whose name
 * ends in {@code Ratio} is a ratio, any other a wait or a count, within the bounds of {@link FaultChecks}. What is wrong is
 * an {@link IllegalArgumentException} that names it.
 */
public final class FaultJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private FaultJson() {}

    /** Faults of which none strikes: zeros, and flags that are false. */
    public static <F extends Record> F none(Class<F> type) {
        return read(Json.object(), type);
    }

    public static ObjectNode json(Record faults) {
        return MAPPER.valueToTree(faults);
    }

    /** These faults with those replaced that a JSON object names. */
    @SuppressWarnings("unchecked") // a record's class is that of the record
    public static <F extends Record> F with(F faults, JsonNode asked) {
        ObjectNode all = json(faults);
        for (Map.Entry<String, JsonNode> each : asked.properties()) {
            JsonNode now = all.get(each.getKey());
            if (now == null) {
                throw new IllegalArgumentException(
                        "there is no fault \"" + each.getKey() + "\"; there are " + String.join(", ", names(all)));
            }
            all.set(each.getKey(), like(now, each.getKey(), each.getValue()));
        }
        return check(read(all, (Class<F>) faults.getClass()));
    }

    private static List<String> names(ObjectNode all) {
        List<String> names = new ArrayList<>();
        all.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode like(JsonNode now, String name, JsonNode value) {
        if (now.isBoolean()) {
            return need(value, value.isBoolean(), name, "true or false");
        }
        return now.isIntegralNumber()
                ? need(value, value.isIntegralNumber() && value.canConvertToInt(), name, "a whole number")
                : need(value, value.isNumber(), name, "a number");
    }

    private static JsonNode need(JsonNode value, boolean is, String name, String what) {
        if (!is) {
            throw new IllegalArgumentException(name + " is " + what + ", not " + value);
        }
        return value;
    }

    private static <F extends Record> F read(ObjectNode all, Class<F> type) {
        try {
            return MAPPER.treeToValue(all, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("members that are like those of the record make one", e);
        }
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
