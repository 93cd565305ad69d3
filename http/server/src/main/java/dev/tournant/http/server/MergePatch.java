package dev.tournant.http.server;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON merge patch, RFC 7396, on plain JSON data. */
final class MergePatch {
    private MergePatch() {}

    /** The RFC's {@code MergePatch(Target, Patch)}; neither argument is changed. */
    static @Nullable Object apply(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<String, @Nullable Object> merged = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> old) {
            old.forEach((name, value) -> merged.put(String.valueOf(name), value));
        }
        changes.forEach((key, change) -> {
            String name = String.valueOf(key);
            if (change == null) {
                merged.remove(name);
            } else {
                merged.put(name, apply(merged.get(name), change));
            }
        });
        return merged;
    }

    /**
     * The fields that a patch names, as they are after it: null clears, an object is merged into the present value,
     * and anything else takes its place. Throws {@link dev.tournant.model.InvalidValue} naming the field that is wrong.
     */
    static FieldMap fields(Kind kind, FieldMap now, Map<?, ?> patch) {
        Map<String, @Nullable Object> present = now.write();
        Fields known = Fields.of(kind);
        FieldMap.Builder changed = FieldMap.builder(kind);
        patch.forEach((name, change) -> {
            Field<?> field = known.get(String.valueOf(name));
            Object merged = apply(present.get(field.name()), change);
            changed.put(field, merged == null ? null : field.read(merged));
        });
        return changed.build();
    }
}
