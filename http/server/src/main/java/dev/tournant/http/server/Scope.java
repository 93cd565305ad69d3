package dev.tournant.http.server;

import java.util.Locale;

/** What an API key allows. One does not include the other. */
public enum Scope {
    READ,
    WRITE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in configuration and in errors: {@code read}. */
    public String text() {
        return text;
    }

    static Scope of(String text) {
        for (Scope scope : values()) {
            if (scope.text.equals(text)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is no scope; use read or write");
    }
}
