package dev.tournant.adapters.doordash;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.TriState;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether an item can be ordered now, its hours aside: DoorDash knows hours of menus only. */
final class Offered {
    private Offered() {}

    static boolean item(FieldMap item, Instant now) {
        return !isArchived(item)
                && item.get(Item.VISIBLE) != TriState.NO
                && isForSale(item.get(Item.STATUS), item.get(Item.UNTIL), now)
                && isInStock(item);
    }

    static boolean isArchived(FieldMap item) {
        return Boolean.TRUE.equals(item.get(Item.ARCHIVED));
    }

    static boolean isForSale(@Nullable SaleStatus status, @Nullable Instant until, Instant now) {
        boolean over = until != null && !now.isBefore(until);
        return status == null || status == SaleStatus.FOR_SALE || (status == SaleStatus.PAUSED && over);
    }

    private static boolean isInStock(FieldMap item) {
        BigDecimal quantity = item.get(Item.QUANTITY);
        boolean tracked = Boolean.TRUE.equals(item.get(Item.STOCK_TRACKED));
        return !tracked || (quantity != null && quantity.signum() > 0);
    }
}
