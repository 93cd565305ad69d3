package dev.tournant.cluster.difference;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Store;
import java.util.Set;

/**
 * How urgent a difference is: as its least urgent part, since all of it goes out together. A merchant that wants a dish
 * taken off at once hands that over by itself.
 */
public final class PushLanes {
    /** Whether something can be ordered now: until it is told, guests order what there is not. */
    private static final Set<Field<?>> AVAILABILITY =
            Set.of(Item.STATUS, Item.UNTIL, Item.STOCK_TRACKED, Item.QUANTITY, Store.STATUS, Store.UNTIL);

    private static final Set<Field<?>> PRICE = Set.of(Item.PRICING, Item.PRICE, Item.PRICE_RULES);

    private PushLanes() {}

    /**
     * {@link Lane#AVAILABILITY} if only fields of availability differ, {@link Lane#PRICE} if prices do too, else {@link
     * Lane#MENU}; so for a difference that says nothing.
     */
    public static Lane of(Difference difference) {
        if (difference.wanted().isEmpty() || !difference.removed().isEmpty()) {
            return Lane.MENU;
        }
        Lane lane = Lane.AVAILABILITY;
        for (FieldMap fields : difference.wanted().values()) {
            lane = lessUrgent(lane, of(fields));
        }
        return lane;
    }

    private static Lane of(FieldMap fields) {
        Lane lane = fields.isEmpty() ? Lane.MENU : Lane.AVAILABILITY;
        for (int i = 0; i < fields.size(); i++) {
            lane = lessUrgent(lane, of(fields.field(i)));
        }
        return lane;
    }

    private static Lane of(Field<?> field) {
        return AVAILABILITY.contains(field) ? Lane.AVAILABILITY : PRICE.contains(field) ? Lane.PRICE : Lane.MENU;
    }

    private static Lane lessUrgent(Lane one, Lane other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
