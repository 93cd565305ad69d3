package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FormBody;
import dev.tournant.model.Link;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Fills in {@code {account}}, {@code {location}} and what else the moment knows. */
record Placeholders(Map<String, String> values) {
    Placeholders {
        values = Map.copyOf(values);
    }

    static Placeholders of(Link link) {
        Map<String, String> values = new HashMap<>();
        values.put("account", link.account());
        if (link.location() != null) {
            values.put("location", link.location());
        }
        return new Placeholders(values);
    }

    Placeholders with(String name, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Placeholders(more);
    }

    String fill(String template) {
        return fill(template, UnaryOperator.identity());
    }

    /** For a path: what is filled in cannot leave its place in it. */
    String fillPath(String template) {
        return fill(template, FormBody::percent);
    }

    private String fill(String template, UnaryOperator<String> escape) {
        String filled = template;
        for (Map.Entry<String, String> each : values.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", escape.apply(each.getValue()));
        }
        return filled;
    }
}
