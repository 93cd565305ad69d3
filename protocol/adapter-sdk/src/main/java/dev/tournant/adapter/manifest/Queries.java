package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FormBody;
import java.util.ArrayList;
import java.util.List;

/** The query of a path. */
final class Queries {
    private Queries() {}

    /** The path with a parameter, in place of the one that has this name. */
    static String with(String path, String name, String value) {
        int query = path.indexOf('?');
        String escaped = FormBody.percent(name);
        List<String> parts = new ArrayList<>();
        if (query >= 0) {
            for (String each : path.substring(query + 1).split("&", -1)) {
                if (!each.isEmpty() && !each.equals(escaped) && !each.startsWith(escaped + "=")) {
                    parts.add(each);
                }
            }
        }
        parts.add(escaped + "=" + FormBody.percent(value));
        return (query < 0 ? path : path.substring(0, query)) + "?" + String.join("&", parts);
    }

    /** The value of a parameter as it stands there; empty where it has none. */
    static String raw(String path, String name) {
        int query = path.indexOf('?');
        String escaped = FormBody.percent(name) + "=";
        for (String each : query < 0 ? new String[0] : path.substring(query + 1).split("&", -1)) {
            if (each.startsWith(escaped)) {
                return each.substring(escaped.length());
            }
        }
        return "";
    }
}
