package dev.tournant.adapters.square;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Square does not show of an option: a price inside its group, and how often it may be chosen. A modifier costs there
 * what its item does, and how often is said of its list alone, so both have no effect there and stay what others said.
 */
final class SquareOptions {
    private SquareOptions() {}

    /** The same, where a group's options cost, and may be chosen as often, as is known of them. */
    static FieldMap completed(FieldMap said, FieldMap known) {
        List<Option> shown = said.get(ModifierGroup.OPTIONS);
        List<Option> whole = known.get(ModifierGroup.OPTIONS);
        if (shown == null || whole == null) {
            return said;
        }
        Map<RecordId, Option> byItem = new HashMap<>();
        whole.forEach(each -> byItem.putIfAbsent(each.item(), each));
        List<Option> completed = shown.stream()
                .map(each -> completed(each, byItem.getOrDefault(each.item(), each)))
                .toList();
        return said.with(FieldMap.builder(Kind.MODIFIER_GROUP)
                .set(ModifierGroup.OPTIONS, completed)
                .build());
    }

    private static Option completed(Option said, Option known) {
        return new Option(said.item(), said.ordinal(), known.price(), said.onByDefault(), said.hidden(), known.max());
    }
}
