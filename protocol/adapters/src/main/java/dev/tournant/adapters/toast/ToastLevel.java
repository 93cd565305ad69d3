package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Numbers;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is of an item: plenty, so many, or nothing.
 *
 * @param quantity above zero; null unless they are counted
 */
record ToastLevel(Status status, @Nullable BigDecimal quantity) {
    static final ToastLevel IN_STOCK = new ToastLevel(Status.IN_STOCK, null);
    static final ToastLevel OUT_OF_STOCK = new ToastLevel(Status.OUT_OF_STOCK, null);

    /** Toast's words. */
    enum Status {
        IN_STOCK,
        QUANTITY,
        OUT_OF_STOCK
    }

    ToastLevel {
        if ((quantity != null) != (status == Status.QUANTITY)) {
            throw new InvalidValue("goes with the status QUANTITY, and with no other").under("quantity");
        }
    }

    /** None left is out of stock. */
    static ToastLevel of(BigDecimal quantity) {
        return quantity.signum() > 0 ? new ToastLevel(Status.QUANTITY, quantity) : OUT_OF_STOCK;
    }

    private static final Lens<Status> STATUS = Lenses.at(
            Lenses.words(Map.of(
                    "IN_STOCK", Status.IN_STOCK,
                    "QUANTITY", Status.QUANTITY,
                    "OUT_OF_STOCK", Status.OUT_OF_STOCK)),
            "status");
    private static final Lens<BigDecimal> QUANTITY = Lenses.at(Numbers.floating(6), "quantity");

    /** {@code {"status": "QUANTITY", "quantity": 7.0}}. A quantity beside another status counts nothing. */
    static final Lens<ToastLevel> LENS = new Lens<>() {
        @Override
        public @Nullable ToastLevel get(JsonNode node) {
            Status status = STATUS.get(node);
            if (status == null) {
                return null;
            }
            return switch (status) {
                case IN_STOCK -> ToastLevel.IN_STOCK;
                case OUT_OF_STOCK -> ToastLevel.OUT_OF_STOCK;
                case QUANTITY -> ToastLevel.of(Toast.need(ToastLevel.QUANTITY, node, "quantity"));
            };
        }

        @Override
        public JsonNode put(JsonNode node, @Nullable ToastLevel level) {
            return level == null
                    ? ToastLevel.QUANTITY.put(STATUS.put(node, null), null)
                    : ToastLevel.QUANTITY.put(STATUS.put(node, level.status()), level.quantity());
        }
    };

    /** What it says about an item. Out of stock comes back when somebody says so. */
    FieldMap fields() {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, status == Status.OUT_OF_STOCK ? SaleStatus.PAUSED : SaleStatus.FOR_SALE)
                .set(Item.STOCK_TRACKED, status == Status.QUANTITY)
                .setOrClear(Item.QUANTITY, quantity)
                .build();
    }
}
