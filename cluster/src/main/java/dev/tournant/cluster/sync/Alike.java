package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.Item;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether two values mean the same to a guest. Of what nobody has said whether it is on sale, it is: partners that know only
 * off and not off say so, and that is no edit.
 */
final class Alike {
    private Alike() {}

    static boolean are(Field<?> field, @Nullable Object one, @Nullable Object other) {
        if (field.equals(Item.STATUS) || field.equals(Store.STATUS)) {
            return status(one) == status(other);
        }
        return Objects.equals(one, other);
    }

    private static Object status(@Nullable Object value) {
        return value == null ? SaleStatus.FOR_SALE : value;
    }
}
