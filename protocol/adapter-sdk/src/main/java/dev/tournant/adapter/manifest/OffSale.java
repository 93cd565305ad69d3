package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;

/**
 * Reads {@code off}, what an item shows at the partner that was told that it is off sale ({@link Writing#off}). Each value has to be
 * one that items can be told, and that is read again as it was told: else a link would be told it for ever.
 */
final class OffSale {
    private OffSale() {}

    static FieldMap read(Yaml part, Shapes shapes) {
        part.only("status", "until", "stock-tracked", "quantity");
        FieldMap.Builder values = FieldMap.builder(Kind.ITEM);
        part.members().forEach((name, value) -> value(values, name, value, shapes));
        FieldMap off = values.build();
        SaleStatus status = off.get(Item.STATUS);
        if (status == null || status == SaleStatus.FOR_SALE) {
            throw part.wrong("must have a status that is not for sale, as in {status: paused, quantity: 0}");
        }
        BigDecimal count = off.get(Item.QUANTITY);
        if (count != null && count.signum() != 0) {
            throw part.need("quantity").wrong("must be 0, or null where nothing is counted that is off sale");
        }
        shapes.of(Kind.ITEM).forEach(each -> checkReadAgain(part, each, off));
        return off;
    }

    private static void value(FieldMap.Builder values, String name, Yaml value, Shapes shapes) {
        Field<?> field = Fields.of(Kind.ITEM).get(name);
        if (!shapes.hasTold(field)) {
            throw value.wrong("is told of no item; say under records how it looks, or leave it out here");
        }
        Object plain = value.plain();
        try {
            values.put(field, plain == null ? null : field.read(plain));
        } catch (InvalidValue e) {
            throw value.wrong(e.detail());
        }
    }

    private static void checkReadAgain(Yaml part, Described item, FieldMap off) {
        Mapping mapping = item.shape().mapping();
        FieldMap read;
        try {
            read = mapping.get(mapping.put(Documents.empty(), off), trouble -> {});
        } catch (InvalidValue e) {
            throw part.wrong("cannot be told of " + item.name() + ": " + e.getMessage());
        }
        for (int i = 0; i < off.size(); i++) {
            Field<?> field = off.field(i);
            // Of this sort of items it may be read only.
            Object value = read.get(field);
            if (value != null && !value.equals(off.value(i))) {
                throw part.wrong("its " + field.name() + " is read of " + item.name() + " as "
                        + read.write().get(field.name()) + " once it was told; say here what is read");
            }
        }
    }
}
