package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can be set at a stand-in as JSON: a record of numbers and flags, whose components are its members. What is wrong is an
 * {@link IllegalArgumentException} that names it.
 */
public final class RecordJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private RecordJson() {}

    public static ObjectNode json(Record values) {
        return MAPPER.valueToTree(values);
    }

    /**
     * These values with those replaced that a JSON object names.
     *
     * @param what one of them is, for errors: {@code fault}
     */
    @SuppressWarnings("unchecked") // a record's class is that of the record
    public static <R extends Record> R with(R values, JsonNode asked, String what) {
        ObjectNode all = json(values);
        for (Map.Entry<String, JsonNode> each : asked.properties()) {
            JsonNode now = all.get(each.getKey());
            if (now == null) {
                throw new IllegalArgumentException("there is no " + what + " \"" + each.getKey() + "\"; there are "
                        + String.join(", ", names(all)));
            }
            all.set(each.getKey(), like(now, each.getKey(), each.getValue()));
        }
        return read(all, (Class<R>) values.getClass());
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
        boolean fits = now.isLong() ? value.canConvertToLong() : value.canConvertToInt();
        return now.isIntegralNumber()
                ? need(value, value.isIntegralNumber() && fits, name, "a whole number")
                : need(value, value.isNumber(), name, "a number");
    }

    private static JsonNode need(JsonNode value, boolean is, String name, String what) {
        if (!is) {
            throw new IllegalArgumentException(name + " is " + what + ", not " + value);
        }
        return value;
    }

    static <R extends Record> R read(ObjectNode all, Class<R> type) {
        try {
            return MAPPER.treeToValue(all, type);
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                // The record checks its values itself.
                throw wrong;
            }
            throw new IllegalStateException("members that are like those of the record make one", e);
        }
    }
}
