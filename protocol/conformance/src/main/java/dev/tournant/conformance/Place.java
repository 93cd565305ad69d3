package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A place in a JSON document: names of members and numbers of elements from the top. */
record Place(List<Object> steps) {
    static final Place TOP = new Place(List.of());

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    Place {
        steps = List.copyOf(steps);
    }

    Place in(Object step) {
        List<Object> more = new ArrayList<>(steps);
        more.add(step);
        return new Place(more);
    }

    private boolean isTop() {
        return steps.isEmpty();
    }

    private Place parent() {
        return new Place(steps.subList(0, steps.size() - 1));
    }

    boolean isUnder(Place other) {
        return steps.size() >= other.steps.size()
                && steps.subList(0, other.steps.size()).equals(other.steps);
    }

    JsonNode of(JsonNode document) {
        JsonNode node = document;
        for (Object step : steps) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node;
    }

    /** A copy of the document with another value here. */
    JsonNode set(JsonNode document, JsonNode value) {
        if (isTop()) {
            return value.deepCopy();
        }
        JsonNode copy = document.deepCopy();
        JsonNode around = parent().of(copy);
        Object last = steps.get(steps.size() - 1);
        if (last instanceof Integer index) {
            ((ArrayNode) around).set(index, value);
        } else {
            ((ObjectNode) around).set((String) last, value);
        }
        return copy;
    }

    /** A copy of the document with nothing here. */
    JsonNode without(JsonNode document) {
        JsonNode copy = document.deepCopy();
        JsonNode around = parent().of(copy);
        Object last = steps.get(steps.size() - 1);
        if (last instanceof Integer index) {
            ((ArrayNode) around).remove(index);
        } else {
            ((ObjectNode) around).remove((String) last);
        }
        return copy;
    }

    /** All places from the top down, in the order of the document; the top itself is not among them. */
    static List<Place> all(JsonNode document) {
        List<Place> places = new ArrayList<>();
        add(TOP, document, places);
        return places;
    }

    private static void add(Place at, JsonNode node, List<Place> into) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            into.add(at.in(i));
            add(at.in(i), node.get(i), into);
        }
        for (Iterator<Map.Entry<String, JsonNode>> members = node.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            into.add(at.in(member.getKey()));
            add(at.in(member.getKey()), member.getValue(), into);
        }
    }

    /**
     * Whether this is a table of entries by their numbers, {@code {"31": {…}, "7": {…}}}: a member of another name is one
     * more entry there, and not something that nobody knows.
     */
    static boolean isTable(JsonNode node) {
        boolean any = false;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            any = true;
            if (!NUMBER.matcher(names.next()).matches()) {
                return false;
            }
        }
        return any;
    }

    /** Texts, numbers, and true or false. */
    static List<Place> leaves(JsonNode document) {
        return all(document).stream()
                .filter(place ->
                        place.of(document).isValueNode() && !place.of(document).isNull())
                .toList();
    }

    /** {@code objects[3].item_data.name}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (step instanceof Integer) {
                text.append('[').append(step).append(']');
            } else {
                text.append(text.length() == 0 ? "" : ".").append(step);
            }
        }
        return text.length() == 0 ? "$" : text.toString();
    }
}
