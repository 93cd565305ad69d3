package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a link should show of a merchant's records at one time. Immutable. */
public final class Shown {
    private final Map<RecordKey, FieldMap> records;
    private final LeftOut leftOut;
    private final Transformed transformed;
    private final Set<RecordKey> over;
    private final Map<RecordKey, FieldMap> off;
    private final Set<RecordKey> nameless;

    Shown(Map<RecordKey, FieldMap> records, LeftOut leftOut, Transformed transformed) {
        this(records, leftOut, transformed, Set.of(), Map.of(), Set.of());
    }

    /**
     * What a link shows.
     *
     * @param over records whose pause has ended by itself
     * @param off values that it shows in place of an item's own while it is off sale
     * @param nameless records that are not made there, as they have no name
     */
    private Shown(
            Map<RecordKey, FieldMap> records,
            LeftOut leftOut,
            Transformed transformed,
            Set<RecordKey> over,
            Map<RecordKey, FieldMap> off,
            Set<RecordKey> nameless) {
        this.over = over;
        this.off = off;
        this.nameless = nameless;
        this.records = Collections.unmodifiableMap(records);
        this.leftOut = leftOut;
        this.transformed = transformed;
    }

    /**
     * The values to be shown, in order of key; null for those that are cleared. Records that are left out are not among
     * them. Fields of a record that is shown as it is are the very object that the record has.
     */
    public Map<RecordKey, FieldMap> records() {
        return records;
    }

    /** The same at a time at which some pauses are over. */
    public Shown asOf(Instant now) {
        Map<RecordKey, FieldMap> all = null;
        Set<RecordKey> ended = new HashSet<>();
        for (Map.Entry<RecordKey, FieldMap> each : records.entrySet()) {
            FieldMap then = Pauses.asOf(each.getKey().kind(), each.getValue(), now);
            if (!then.equals(each.getValue())) {
                all = all == null ? new TreeMap<>(records) : all;
                all.put(each.getKey(), then);
                ended.add(each.getKey());
            }
        }
        return all == null ? this : new Shown(all, leftOut, transformed, ended, off, nameless);
    }

    /**
     * The same on a link of which is known what it has: without what is not there and nobody has told yet what it is, and with what its
     * partner shows in place of an item's own values while it is off sale.
     *
     * <p>A name may be missing for a while: webhooks and lists of stock tell that something is sold out of which the catalogue
     * was not read yet. Told to others, it would be made there as a thing without a name, and be known again by nothing.
     *
     * @param inPlace what it shows of all items that are off sale; empty where that is their own values
     * @param byKey the merchant's records; null for none
     */
    public Shown on(FieldMap inPlace, LinkState link, Function<RecordKey, @Nullable FlatRecord> byKey) {
        return named(link, byKey).off(inPlace, link, byKey);
    }

    private Shown named(LinkState link, Function<RecordKey, @Nullable FlatRecord> byKey) {
        Set<RecordKey> missing = new HashSet<>();
        records.forEach((key, fields) -> {
            if (isNameless(key, fields)) {
                View there = there(key, link, byKey);
                if (!there.isThere() && !isRead(there.record())) {
                    missing.add(key);
                }
            }
        });
        if (missing.isEmpty()) {
            return this;
        }
        Map<RecordKey, FieldMap> all = new TreeMap<>(records);
        missing.forEach(all::remove);
        return new Shown(all, leftOut, transformed, over, off, missing);
    }

    /** Whether a partner has told what it is: one that has no name at all is for the other partners to refuse. */
    private static boolean isRead(FlatRecord record) {
        FieldMap fields = record.fields();
        for (int i = 0; i < fields.size(); i++) {
            FieldGroup group = FieldGroup.of(fields.field(i));
            boolean isStock = group == FieldGroup.AVAILABILITY || group == FieldGroup.STOCK;
            boolean isPartners = record.provenance(fields.field(i))
                    .filter(by -> !by.link().equals(Provenance.API))
                    .isPresent();
            if (!isStock && isPartners) {
                return true;
            }
        }
        return false;
    }

    /** Whether it takes more than these values to make such a thing. */
    static boolean isNameless(RecordKey key, FieldMap fields) {
        return switch (key.kind()) {
            case ITEM -> fields.get(Item.NAME) == null && fields.get(Item.VARIATION_OF) == null;
            case MENU -> fields.get(Menu.NAME) == null;
            case CATEGORY -> fields.get(Category.NAME) == null;
            case MODIFIER_GROUP -> fields.get(ModifierGroup.NAME) == null;
            case STORE, PHOTO, TAX -> false;
        };
    }

    private static View there(RecordKey key, LinkState link, Function<RecordKey, @Nullable FlatRecord> byKey) {
        FlatRecord record = byKey.apply(key);
        return new View(link.link(), record == null ? FlatRecord.unknown(key) : record, link.counterpart(key));
    }

    private Shown off(FieldMap inPlace, LinkState link, Function<RecordKey, @Nullable FlatRecord> byKey) {
        if (inPlace.isEmpty()) {
            return this;
        }
        Map<RecordKey, FieldMap> all = null;
        Map<RecordKey, FieldMap> changed = new HashMap<>();
        for (Map.Entry<RecordKey, FieldMap> each : records.entrySet()) {
            RecordKey key = each.getKey();
            FieldMap fields = each.getValue();
            if (key.kind() != Kind.ITEM || !OffSale.isOff(fields.get(Item.STATUS))) {
                continue;
            }
            View there = there(key, link, byKey);
            FieldMap shows = OffSale.asShown(OffSale.inPlaceOf(inPlace, fields, there), there);
            FieldMap differing = OffSale.differing(shows, fields);
            if (!differing.isEmpty()) {
                all = all == null ? new TreeMap<>(records) : all;
                all.put(key, fields.with(shows));
                changed.put(key, differing);
            }
        }
        return all == null ? this : new Shown(all, leftOut, transformed, over, changed, nameless);
    }

    /** Why a record is not shown; null if it is, or would be if the merchant had it. */
    public @Nullable Why whyLeftOut(RecordKey key) {
        return nameless.contains(key) ? new Why(Why.Cause.NAMELESS) : leftOut.why(key);
    }

    /**
     * Whether the value of a field is shown as the merchant has it. Only then is another value on the link an edit there:
     * of any other field it is no value of the merchant's. For records that the merchant does not have it tells what
     * would hold for any.
     */
    public boolean isOwn(RecordKey key, Field<?> field) {
        return transformed.why(key, field).cause() == Why.Cause.OWN;
    }

    /** What makes the value of a field what it is. */
    public Why why(RecordKey key, Field<?> field) {
        FieldMap inPlace = off.get(key);
        if (inPlace != null && inPlace.has(field)) {
            return new Why(Why.Cause.OFF_SALE);
        }
        if (over.contains(key) && Pauses.isAbout(field)) {
            return new Why(Why.Cause.PAUSE_OVER);
        }
        return transformed.why(key, field);
    }
}
