package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.SaleStatus;
import dev.tournant.persistence.Counterpart;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items that are off sale at a partner that shows them otherwise then ({@link dev.tournant.adapter.Writing#off}): as Square,
 * which is told that none is left, and says so. These values take the place of the item's own on that link, and are told
 * together. The merchant's count stays what it was, and is told again when the item is on sale: it moves no other link. Of
 * what the link took off by its own word all is as it says. Pure.
 *
 * <p>What is sold there meanwhile makes the count less than none. So many fewer there are of those that come back: with 5 left
 * when it was taken off, -1 means 4. More than none is a count that somebody made there.
 */
final class OffSale {
    private OffSale() {}

    static boolean isOff(@Nullable Object status) {
        return status != null && status != SaleStatus.FOR_SALE;
    }

    /**
     * The values in place of an item's own on a link; empty for none.
     *
     * @param off of the link's partner
     * @param fields what the link should show otherwise
     */
    static FieldMap inPlaceOf(FieldMap off, FieldMap fields, View there) {
        boolean isItem = there.record().key().kind() == Kind.ITEM;
        if (off.isEmpty() || !isItem || !isOff(fields.get(Item.STATUS)) || isItsOwnWord(fields, there)) {
            return FieldMap.EMPTY;
        }
        boolean isCounted = isCounted(fields) || isCounted(there.record().fields());
        FieldMap.Builder all = FieldMap.builder(Kind.ITEM);
        for (int i = 0; i < off.size(); i++) {
            if (isCounted || FieldGroup.of(off.field(i)) != FieldGroup.STOCK) {
                all.put(off.field(i), off.value(i));
            }
        }
        return all.build();
    }

    private static boolean isCounted(FieldMap fields) {
        return fields.get(Item.QUANTITY) != null || Boolean.TRUE.equals(fields.get(Item.STOCK_TRACKED));
    }

    private static boolean isItsOwnWord(FieldMap fields, View there) {
        Claim holds = View.in(there.record(), Item.STATUS);
        return holds != null
                && holds.link().equals(there.link())
                && Objects.equals(holds.value(), fields.get(Item.STATUS));
    }

    /** Those of its values that an item does not have anyway. */
    static FieldMap differing(FieldMap inPlace, FieldMap fields) {
        FieldMap.Builder differing = FieldMap.builder(Kind.ITEM);
        for (int i = 0; i < inPlace.size(); i++) {
            if (!Objects.equals(fields.get(inPlace.field(i)), inPlace.value(i))) {
                differing.put(inPlace.field(i), inPlace.value(i));
            }
        }
        return differing.build();
    }

    /** The same where the link shows less than none, as some was sold there since: that is none, too. */
    static FieldMap asShown(FieldMap inPlace, View there) {
        BigDecimal none = inPlace.get(Item.QUANTITY);
        View.Value value = there.of(Item.QUANTITY).orElse(null);
        if (none == null || value == null || !(value.value() instanceof BigDecimal shown)) {
            return inPlace;
        }
        return shown.compareTo(none) < 0 ? inPlace.with(FieldMap.of(Item.QUANTITY, shown)) : inPlace;
    }

    /** Whether a partner is told that an item is off sale by a count. */
    static boolean isByCount(FieldMap off) {
        return off.get(Item.QUANTITY) != null;
    }

    /** What a count is that a link says of an item that it was told is off sale by a count. */
    enum Count {
        /** What we told, an edit there, or nobody knows: to be weighed as any other value. */
        AS_ANY,
        /** Some was sold. */
        SOLD,
        /** What the link had counted before it was told so, and what the merchant has is its own older word. */
        FROM_BEFORE
    }

    /**
     * What a count is.
     *
     * @param known what the link was told, or showed since
     * @param isLater whether the merchant's count is an older word of the same link: then it is so by the link's own clock,
     *     and nobody else's count is in its way
     */
    static Count means(BigDecimal said, BigDecimal known, Heard.Order order, boolean isLater) {
        boolean isSame = said.compareTo(known) == 0;
        if (order == Heard.Order.AFTER) {
            return !isSame && said.signum() <= 0 ? Count.SOLD : Count.AS_ANY;
        }
        boolean isOurs = isSame && order == Heard.Order.UNKNOWN;
        return isLater && !isOurs && said.signum() >= 0 ? Count.FROM_BEFORE : Count.AS_ANY;
    }

    /** The count that is about to be told in place of an item's own; null for none. */
    static @Nullable BigDecimal countIn(RecordDelta telling, Field<?> field) {
        boolean isOff = field.equals(Item.QUANTITY) && isOff(telling.fields().get(Item.STATUS));
        return isOff ? telling.fields().get(Item.QUANTITY) : null;
    }

    /** The count that a link was told in place of an item's own; null for none. */
    static @Nullable BigDecimal counted(@Nullable Counterpart mine, View.@Nullable Value told) {
        if (mine == null || told == null || !(told.value() instanceof BigDecimal count) || count.signum() > 0) {
            return null;
        }
        boolean isTold = mine.told() != null && isOff(mine.told().fields().get(Item.STATUS));
        boolean isBeingTold =
                mine.telling() != null && isOff(mine.telling().fields().get(Item.STATUS));
        return isTold || isBeingTold ? count : null;
    }
}
