package dev.tournant.adapters.toast;

import dev.tournant.adapter.Outcome;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a wanted record can be told to Toast.
 *
 * @param level to be set; null for none
 * @param settled what becomes of the rest, or of all; null if all of it goes into the level
 */
record ToastWish(@Nullable ToastLevel level, @Nullable Outcome settled) {
    private static final Set<Field<?>> STOCK = Set.of(Item.STATUS, Item.UNTIL, Item.STOCK_TRACKED, Item.QUANTITY);

    /** Nothing is out of stock until a certain time at Toast. */
    private static final Outcome NO_UNTIL = new Outcome.GiveUp(
            "cannot-say", "Toast keeps an item out of stock until somebody puts it back: set its status then");

    private static final Outcome NO_QUANTITY =
            new Outcome.GiveUp("no-quantity", "Toast counts an item by its quantity: set one");

    static ToastWish of(RecordKey key, FieldMap fields, boolean known) {
        boolean more = key.kind() != Kind.ITEM || !known;
        boolean stock = false;
        for (int i = 0; i < fields.size(); i++) {
            boolean own = STOCK.contains(fields.field(i));
            stock |= own;
            more |= !own;
        }
        if (key.kind() != Kind.ITEM || !known || !stock) {
            return new ToastWish(null, more ? ToastWriting.READ_ONLY : Outcome.DONE);
        }
        ToastWish wish = ofStock(fields);
        return more ? new ToastWish(wish.level, ToastWriting.READ_ONLY) : wish;
    }

    private static ToastWish ofStock(FieldMap fields) {
        SaleStatus status = fields.get(Item.STATUS);
        BigDecimal quantity = fields.get(Item.QUANTITY);
        boolean uncounted = Boolean.FALSE.equals(fields.get(Item.STOCK_TRACKED));
        if (status != null && status != SaleStatus.FOR_SALE) {
            return new ToastWish(ToastLevel.OUT_OF_STOCK, null);
        }
        if (quantity != null && !uncounted) {
            return new ToastWish(ToastLevel.of(quantity), null);
        }
        if (status == SaleStatus.FOR_SALE || uncounted || (fields.has(Item.QUANTITY) && quantity == null)) {
            return new ToastWish(ToastLevel.IN_STOCK, null);
        }
        if (fields.get(Item.STOCK_TRACKED) != null) {
            return new ToastWish(null, NO_QUANTITY);
        }
        return new ToastWish(null, fields.get(Item.UNTIL) == null ? Outcome.DONE : NO_UNTIL);
    }
}
