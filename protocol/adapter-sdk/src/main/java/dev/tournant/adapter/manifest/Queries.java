package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FormBody;
import java.util.ArrayList;
import java.util.List;

/** Paths, and the query in them. */
final class Queries {
    /** What may stand in a path or a query, beside letters and digits of ASCII: RFC 3986, 3.3 and 3.4. */
    private static final String PLAIN = "-._~:/?@!$&'()*+,;=%";

    private static final String PLACEHOLDERS = "{}";

    private Queries() {}

    /**
     * A path as it can be sent: what must not stand in one is written by its bytes, as browsers do. An escape stays one. The
     * client would do so for some characters, and refuse others; what is signed has to be what is sent.
     */
    static String sendable(String path) {
        return sendable(path, PLAIN);
    }

    /** The same of one that has placeholders. */
    static String sendableTemplate(String path) {
        return sendable(path, PLAIN + PLACEHOLDERS);
    }

    private static String sendable(String path, String plain) {
        StringBuilder sendable = new StringBuilder();
        path.codePoints().forEach(each -> {
            String character = Character.toString(each);
            boolean stays = plain.indexOf(each) >= 0 || (each < 128 && Character.isLetterOrDigit(each));
            sendable.append(stays ? character : FormBody.percent(character));
        });
        return sendable.toString();
    }

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
