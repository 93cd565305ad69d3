package dev.tournant.adapter.manifest;

import dev.tournant.model.Field;
import dev.tournant.model.Item;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a manifest has stock: whether an item is for sale, until when not, and how many are left. */
final class StockFields {
    private static final Set<String> NAMES =
            Set.of(name(Item.STATUS), name(Item.UNTIL), name(Item.STOCK_TRACKED), name(Item.QUANTITY));

    private StockFields() {}

    private static String name(Field<?> field) {
        return field.name();
    }

    static boolean read(Yaml records, Collection<String> wholes) {
        return any(records, wholes, false);
    }

    /** Fields that can be read only are not counted. */
    static boolean written(Yaml records, Collection<String> wholes) {
        return any(records, wholes, true);
    }

    private static boolean any(Yaml records, Collection<String> wholes, boolean writable) {
        Map<String, Yaml> all = records.members();
        return withNested(all, wholes).stream().anyMatch(name -> has(name, all.get(name), writable));
    }

    private static Set<String> withNested(Map<String, Yaml> all, Collection<String> wholes) {
        Set<String> found = new HashSet<>(wholes);
        int before;
        do {
            before = found.size();
            for (String name : Set.copyOf(found)) {
                Yaml record = all.get(name);
                if (record != null) {
                    record.get("nested")
                            .ifPresent(nested -> nested.members().values().forEach(to -> found.add(nested(to))));
                }
            }
        } while (found.size() > before);
        return found;
    }

    private static String nested(Yaml to) {
        return to.isText() ? to.text() : to.text("record", "");
    }

    private static boolean has(String name, @Nullable Yaml record, boolean writable) {
        if (record == null || !record.text("kind", name).equals("item")) {
            return false;
        }
        return record.get("fields")
                .map(fields -> fields.members().entrySet().stream()
                        .anyMatch(each ->
                                NAMES.contains(each.getKey()) && !(writable && Forms.isReadOnly(each.getValue()))))
                .orElse(false);
    }
}
