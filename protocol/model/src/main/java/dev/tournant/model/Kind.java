package dev.tournant.model;

import java.util.Locale;

/** What a record describes. */
public enum Kind {
    STORE,
    MENU,
    CATEGORY,
    ITEM,
    MODIFIER_GROUP,
    PHOTO,
    TAX;

    private final String json = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in JSON, paths and metrics: {@code modifier-group}. */
    public String json() {
        return json;
    }

    /** Reads the JSON name. */
    public static Kind of(String json) {
        for (Kind kind : values()) {
            if (kind.json.equals(json)) {
                return kind;
            }
        }
        throw new InvalidValue("\"" + json + "\" is no kind of record; use one of " + names());
    }

    private static String names() {
        StringBuilder names = new StringBuilder();
        for (Kind kind : values()) {
            names.append(names.length() == 0 ? "" : ", ").append(kind.json);
        }
        return names.toString();
    }
}
