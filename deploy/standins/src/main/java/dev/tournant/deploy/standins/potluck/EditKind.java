package dev.tournant.deploy.standins.potluck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the staff do at the till. */
public enum EditKind {
    /** An item costs something else. */
    PRICE,
    /** Something is called something else: an item, a category, a group or the store. */
    RENAME,
    SOLD_OUT,
    BACK_ON_SALE,
    /** There are more or fewer of an item. */
    COUNT,
    ADD_ITEM,
    DELETE_ITEM,
    /** An item is gone without a trace: no tombstone, no webhook. Only who reads everything anew can tell. */
    DROP_ITEM,
    /** The store takes orders, or takes none any more. */
    ORDERS;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<EditKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
