package dev.tournant.deploy.standins.doordash;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person can do at a DoorDash tablet or in its portal, behind the back of whoever pushed the menu. */
public enum EditKind {
    /** An item costs something else. */
    PRICE,
    /** An item is called something else. */
    RENAME,
    /** An item is suspended: "86". */
    SOLD_OUT,
    /** The suspension of an item ends. */
    BACK_IN_STOCK;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<EditKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
