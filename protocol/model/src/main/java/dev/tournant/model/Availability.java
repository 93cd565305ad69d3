package dev.tournant.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Whether an item can be ordered at an instant: status x until x quantity x schedule x everything it stands in.
 *
 * @param orderable the answer
 * @param because why not; {@code "for sale"} when it can be ordered
 */
public record Availability(boolean orderable, String because) {
    /** What may keep off the thing itself, and nothing that it stands in. */
    public static final String ARCHIVED = "archived";

    public static final String PAUSED = "paused";
    public static final String OFF_SALE = "off sale";
    public static final String OUT_OF_STOCK = "out of stock";

    private static final Availability YES = new Availability(true, "for sale");

    /**
     * Whether the item and all that it stands in are offered.
     *
     * @param parents what must be offered too: the dish of a variation, the categories or the store; a record that
     *     stands in several categories is offered if the given one is
     * @param storeZone the wall clock of schedules that name no zone
     */
    public static Availability of(FlatRecord item, List<FlatRecord> parents, Instant at, ZoneId storeZone) {
        Availability own = own(item, at, storeZone);
        if (!own.orderable) {
            return own;
        }
        for (FlatRecord parent : parents) {
            Availability above = own(parent, at, storeZone);
            if (!above.orderable) {
                return no(parent.key() + ": " + above.because);
            }
        }
        return YES;
    }

    private static Availability own(FlatRecord record, Instant at, ZoneId zone) {
        if (!record.isPresent()) {
            return no("deleted");
        }
        return switch (record.key().kind()) {
            case ITEM -> item(record, at, zone);
            case CATEGORY -> open(record, Category.SCHEDULE, at, zone);
            case MENU -> open(record, Menu.HOURS, at, zone);
            case STORE -> {
                Availability status = status(record, Store.STATUS, Store.UNTIL, at);
                yield status.orderable ? open(record, Store.HOURS, at, zone) : status;
            }
            default -> YES;
        };
    }

    private static Availability item(FlatRecord item, Instant at, ZoneId zone) {
        if (item.get(Item.ARCHIVED).orElse(false)) {
            return no(ARCHIVED);
        }
        Availability status = status(item, Item.STATUS, Item.UNTIL, at);
        if (!status.orderable) {
            return status;
        }
        boolean tracked = item.get(Item.STOCK_TRACKED).orElse(false);
        if (tracked && item.get(Item.QUANTITY).orElse(BigDecimal.ZERO).signum() <= 0) {
            return no(OUT_OF_STOCK);
        }
        return open(item, Item.SCHEDULE, at, zone);
    }

    private static Availability status(
            FlatRecord record, Field<SaleStatus> statusField, Field<Instant> untilField, Instant at) {
        SaleStatus status = record.get(statusField).orElse(SaleStatus.FOR_SALE);
        boolean over = record.get(untilField).map(until -> !at.isBefore(until)).orElse(false);
        if (status == SaleStatus.FOR_SALE || (status == SaleStatus.PAUSED && over)) {
            return YES;
        }
        return no(status == SaleStatus.PAUSED ? PAUSED : OFF_SALE);
    }

    private static Availability open(FlatRecord record, Field<Hours> hours, Instant at, ZoneId zone) {
        return record.get(hours).map(h -> h.isOpen(at, zone)).orElse(true) ? YES : no("outside its hours");
    }

    private static Availability no(String because) {
        return new Availability(false, because);
    }
}
