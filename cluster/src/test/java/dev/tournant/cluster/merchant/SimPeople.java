package dev.tournant.cluster.merchant;

import dev.tournant.messages.MerchantCommand;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** People who edit, at partners and through our own API; and what they said last, by which a history is judged. */
final class SimPeople implements SimWorld {
    private static final String API = "api";
    /** Whoever sets a count says that what is counted is for sale, at a partner that knows no other way to say so. */
    static final String COUNTED = "counted";
    /** What somebody said before it was put back may have been heard. */
    private static final String UNHEARD = "unheard";

    private final SimHistory history;
    private final Random random;
    private final List<SimPartner> partners;
    private final SimMerchant merchant;
    /** Null where nobody counts. */
    private final @Nullable Random counting;

    private int skus;
    private int requests;

    private final Map<Matter, Map<String, @Nullable Object>> said = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();

    /** One field of one item. */
    record Matter(String sku, Field<?> field) {
        @Override
        public String toString() {
            return sku + " " + field.name();
        }
    }

    SimPeople(SimHistory history, List<SimPartner> partners, SimMerchant merchant, @Nullable Random counting) {
        this.history = history;
        this.partners = partners;
        this.merchant = merchant;
        this.counting = counting;
        this.random = history.random;
    }

    /**
     * What each said last of a field of an item, by the link's name; there is {@code deleted} too where somebody did that,
     * {@code counted} where an operator set a count, and {@code unheard} where somebody put back what was told.
     */
    Map<Matter, Map<String, @Nullable Object>> lastSaid() {
        Map<Matter, Map<String, @Nullable Object>> copy = new LinkedHashMap<>();
        said.forEach((what, by) -> {
            Map<String, @Nullable Object> all = new TreeMap<>(by);
            if (deleted.contains(what.sku())) {
                all.put("deleted", null);
            }
            copy.put(what, all);
        });
        return copy;
    }

    @Override
    public void log(String line) {
        history.log(line);
    }

    @Override
    public FieldMap newItem(String by) {
        skus++;
        FieldMap item = FieldMap.builder(Kind.ITEM)
                .put(Item.SKU, "sku" + skus)
                .put(Item.NAME, name())
                .put(Item.PRICE, price())
                .build();
        remember(by, "sku" + skus, item);
        log(by + " makes sku" + skus + " " + item);
        return item;
    }

    private String name() {
        return "n" + random.nextInt(100_000) + (random.nextInt(12) == 0 ? "!" : "");
    }

    private Money price() {
        return Money.of(1 + random.nextInt(4) + ".00", "USD");
    }

    @Override
    public FieldMap edited(String by) {
        return switch (random.nextInt(4)) {
            case 0 -> FieldMap.of(Item.NAME, name());
            case 1 -> FieldMap.of(Item.PRICE, price());
            case 2 ->
                random.nextBoolean()
                        ? FieldMap.of(Item.DESCRIPTION, "d" + random.nextInt(4))
                        : FieldMap.builder(Kind.ITEM)
                                .put(Item.DESCRIPTION, null)
                                .build();
            default -> FieldMap.of(Item.STATUS, random.nextBoolean() ? SaleStatus.OFF : SaleStatus.FOR_SALE);
        };
    }

    private void remember(String by, String sku, FieldMap edit) {
        for (int i = 0; i < edit.size(); i++) {
            if (!edit.field(i).equals(Item.QUANTITY)) {
                said(sku, edit.field(i)).put(by, edit.value(i));
            } else if (by.equals(API)) {
                // What is sold makes another one of it.
                said(sku, Item.STATUS).put(COUNTED, null);
            }
        }
    }

    private Map<String, @Nullable Object> said(String sku, Field<?> field) {
        return said.computeIfAbsent(new Matter(sku, field), each -> new TreeMap<>());
    }

    @Override
    public void noteEdit(SimPartner at, SimPartner.Thing thing, FieldMap edit) {
        String sku = thing.fields.get(Item.SKU);
        if (sku == null) {
            return;
        }
        String link = at.link.id().value();
        remember(link, sku, edit);
        for (int i = 0; i < edit.size(); i++) {
            if (isTold(at, thing, edit.field(i), edit.value(i))) {
                said(sku, edit.field(i)).remove(link);
                said(sku, edit.field(i)).put(UNHEARD, null);
            }
        }
    }

    /** Who puts back what was told there, before anybody read that it was not so, has said nothing. */
    private boolean isTold(SimPartner at, SimPartner.Thing thing, Field<?> field, @Nullable Object value) {
        return merchant.state.link(at.link.id()).counterparts().stream()
                .filter(each -> each.told() != null && each.told().fields().has(field))
                .filter(each -> merchant.name(at, each.key())
                        .map(at.things::get)
                        .filter(thing::equals)
                        .isPresent())
                .anyMatch(each -> Objects.equals(each.told().get(field).orElse(null), value));
    }

    @Override
    public void noteDeleted(SimPartner at, SimPartner.Thing thing) {
        String sku = thing.fields.get(Item.SKU);
        if (sku != null) {
            deleted.add(sku);
            said.forEach((what, by) -> {
                if (what.sku().equals(sku)) {
                    by.remove(at.link.id().value());
                }
            });
        }
    }

    /** An operator makes an item, or edits one. */
    void edit(SimMerchant merchant) {
        // Of what is told apart by its name alone, people speak once they see what it is.
        List<FlatRecord> present = merchant.present().stream()
                .filter(each -> !isNumbering() || sku(merchant, each).isPresent())
                .toList();
        requests++;
        if (present.isEmpty() || random.nextInt(5) == 0) {
            edit(merchant, RecordKey.of(Kind.ITEM, "A" + requests), newItem(API), 0);
            return;
        }
        FlatRecord record = present.get(random.nextInt(present.size()));
        FieldMap edit = counting != null && counting.nextInt(5) == 0
                ? FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(1 + counting.nextInt(9)))
                : edited(API);
        edited(merchant, record, edit);
    }

    private boolean isNumbering() {
        return partners.stream().anyMatch(SimPartner::isNumbering);
    }

    /** An operator edits. */
    void edit(SimMerchant merchant, FlatRecord record, FieldMap edit) {
        requests++;
        edited(merchant, record, edit);
    }

    private void edited(SimMerchant merchant, FlatRecord record, FieldMap edit) {
        sku(merchant, record).ifPresent(sku -> remember(API, sku, edit));
        log("api edits " + record.key() + " " + edit);
        edit(merchant, record.key(), edit, record.revision());
    }

    /** Of one of which only the stock was read yet, as who made it knows. */
    private Optional<String> sku(SimMerchant merchant, FlatRecord record) {
        return record.get(Item.SKU)
                .or(() -> partners.stream()
                        .filter(each -> merchant.isAt(each, record))
                        .flatMap(each -> merchant.name(each, record.key()).stream()
                                .flatMap(name -> Stream.ofNullable(each.things.get(name))))
                        .flatMap(thing -> Stream.ofNullable(thing.fields.get(Item.SKU)))
                        .findFirst());
    }

    private void edit(SimMerchant merchant, RecordKey key, FieldMap edit, long ifRevision) {
        RecordDelta delta = RecordDelta.set(key, Stamp.ZERO, 0, edit);
        merchant.decide(new MerchantCommand.EditRecord(delta, ifRevision, "r" + requests, history.now));
    }
}
