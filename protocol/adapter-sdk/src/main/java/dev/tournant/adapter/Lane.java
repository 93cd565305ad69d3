package dev.tournant.adapter;

import java.util.Locale;

/** How urgent a call to a partner is; the most urgent first. A gate lets a higher lane pass a lower one that waits. */
public enum Lane {
    /** An order that somebody waits for, and what no call can go without, such as a token. */
    ORDER,
    CANCEL,
    AVAILABILITY,
    PRICE,
    /** A menu that is read for the first time, or because its partner said that it changed. */
    MENU,
    /** Looking whether all is as we think, though nobody said otherwise. */
    RECONCILE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name in answers and metrics: {@code order}. */
    public String text() {
        return text;
    }
}
