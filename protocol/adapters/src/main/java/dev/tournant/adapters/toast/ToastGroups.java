package dev.tournant.adapters.toast;

import static dev.tournant.adapter.lens.Lenses.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.References;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The modifier groups of a document. Items and options refer to them, and they to their options, by numbers that mean
 * another thing in the next document: all of them are looked up here and none is kept. Groups are read in the order of
 * their GUIDs, as that of the numbers says nothing.
 */
final class ToastGroups {
    private static final String GROUPS = "modifierGroupReferences";
    private static final String OPTIONS = "modifierOptionReferences";

    private static final Lens<Boolean> IS_DEFAULT = at(Lenses.BOOL, "isDefault");
    private static final Lens<Boolean> ALLOWS_DUPLICATES = at(Lenses.BOOL, "allowsDuplicates");

    private final JsonNode document;
    private final ToastPrices prices;
    private final ToastReport report;
    private final Lens<RecordId> reference;
    private final Map<RecordId, Found> found = new TreeMap<>();

    private record Found(String path, JsonNode node) {}

    private record Choice(String path, RecordId item, JsonNode node) {}

    ToastGroups(JsonNode document, ToastPrices prices, ToastReport report) {
        this.document = document;
        this.prices = prices;
        this.report = report;
        this.reference =
                References.of(GROUPS, document.path(GROUPS), Toast.GUID).lens();
        find();
    }

    private void find() {
        map(GROUPS, Kind.MODIFIER_GROUP).fields().forEachRemaining(entry -> {
            String path = Toast.path(GROUPS, entry.getKey());
            try {
                found.put(Toast.need(Toast.GUID, entry.getValue(), "guid"), new Found(path, entry.getValue()));
            } catch (InvalidValue e) {
                report.unnamed(path, e, EnumSet.of(Kind.MODIFIER_GROUP));
            }
        });
    }

    private JsonNode map(String name, Kind kind) {
        JsonNode map = document.path(name);
        if (map.isMissingNode() || map.isNull()) {
            report.missing(EnumSet.of(kind));
        } else if (!map.isObject()) {
            report.unnamed(name, new InvalidValue("must be an object"), EnumSet.of(kind));
        }
        return map;
    }

    /**
     * The groups that an item or an option refers to. Numbers that stand for none are reported; {@link InvalidValue} where
     * there is one of which nobody can tell what it stands for.
     */
    List<RecordId> usedBy(String path, String record, JsonNode node) {
        JsonNode numbers = Toast.list(node, GROUPS);
        List<RecordId> used = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            try {
                used.add(Toast.need(reference, numbers.get(i), ""));
            } catch (InvalidValue e) {
                skip(path, record, e.under(GROUPS + "[" + i + "]"), document.path(GROUPS), numbers.get(i));
            }
        }
        return used;
    }

    private void skip(String path, String record, InvalidValue e, JsonNode map, JsonNode number) {
        if (!map.isObject() || !number.isIntegralNumber() || map.has(number.asText())) {
            throw e;
        }
        report.value(path, record, e);
    }

    /** Reads the groups, and tells {@code items} of all options. */
    List<RecordDelta> deltas(Stamp stamp, ToastItems items) {
        Map<String, Choice> choices = choices();
        List<RecordDelta> deltas = new ArrayList<>(found.size());
        found.forEach((group, each) -> {
            RecordKey key = new RecordKey(Kind.MODIFIER_GROUP, group);
            List<Choice> chosen = new ArrayList<>();
            FieldMap fields = fields(key, each, choices, chosen);
            chosen.forEach(
                    choice -> items.asOption(choice.path, choice.item, choice.node, group, each.path, each.node));
            deltas.add(RecordDelta.set(key, stamp, 0, fields));
        });
        choices.values().forEach(choice -> items.besides(choice.path, choice.item, choice.node));
        return deltas;
    }

    /** The options of the document by their numbers: several groups may offer one. */
    private Map<String, Choice> choices() {
        Map<String, Choice> choices = new HashMap<>();
        map(OPTIONS, Kind.ITEM).fields().forEachRemaining(entry -> {
            String path = Toast.path(OPTIONS, entry.getKey());
            try {
                RecordId item = Toast.need(Toast.GUID, entry.getValue(), "guid");
                choices.put(entry.getKey(), new Choice(path, item, entry.getValue()));
            } catch (InvalidValue e) {
                report.unnamed(path, e, EnumSet.of(Kind.ITEM));
            }
        });
        return choices;
    }

    /** @param chosen is given the options, as far as they can be told */
    private FieldMap fields(RecordKey group, Found in, Map<String, Choice> choices, List<Choice> chosen) {
        FieldMap own = ToastMappings.GROUP.get(in.node, e -> report.value(in.path, group.toString(), e));
        FieldMap.Builder fields = FieldMap.builder(Kind.MODIFIER_GROUP).putAll(own);
        // Without one that cannot be told, the others would be all that a guest may choose: so nothing is said of any.
        String path = in.path;
        try {
            choose(group, in, choices, chosen);
            List<Option> options = new ArrayList<>();
            for (Choice choice : chosen) {
                path = choice.path;
                options.add(option(choice, options.size()));
            }
            path = in.path;
            ModifierGroup.OPTIONS.codec().check(options);
            fields.set(ModifierGroup.OPTIONS, options);
        } catch (InvalidValue e) {
            report.value(path, group.toString(), e);
        }
        return fields.build();
    }

    private void choose(RecordKey group, Found in, Map<String, Choice> choices, List<Choice> into) {
        JsonNode numbers = Toast.list(in.node, OPTIONS);
        for (int i = 0; i < numbers.size(); i++) {
            Choice choice = numbers.get(i).isIntegralNumber()
                    ? choices.get(numbers.get(i).asText())
                    : null;
            if (choice == null) {
                InvalidValue e = new InvalidValue("is " + numbers.get(i) + ", which " + OPTIONS + " does not hold");
                skip(
                        in.path,
                        group.toString(),
                        e.under(OPTIONS + "[" + i + "]"),
                        document.path(OPTIONS),
                        numbers.get(i));
            } else {
                into.add(choice);
            }
        }
    }

    private Option option(Choice choice, int ordinal) {
        Boolean isDefault = IS_DEFAULT.get(choice.node);
        Boolean repeats = ALLOWS_DUPLICATES.get(choice.node);
        TriState visible = ToastMappings.VISIBLE.get(choice.node);
        return new Option(
                choice.item,
                ordinal,
                prices.base(choice.node),
                isDefault == null ? TriState.UNSET : TriState.of(isDefault),
                visible == null || visible == TriState.UNSET ? TriState.UNSET : TriState.of(visible == TriState.NO),
                repeats == null ? Bound.UNSET : repeats ? Bound.UNLIMITED : Bound.at(1));
    }
}
