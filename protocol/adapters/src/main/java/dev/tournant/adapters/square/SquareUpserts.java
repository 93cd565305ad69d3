package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a catalogue have to be written, so that records are as they should be. Square takes whole objects
 * with the versions of all that is nested in them, so they are made of the documents that were last seen.
 */
final class SquareUpserts {
    private static final Set<Kind> WRITABLE = Set.of(Kind.ITEM, Kind.MODIFIER_GROUP, Kind.CATEGORY, Kind.TAX);

    private final Difference difference;
    private final SquareNames names;
    private final Records records;
    private final Map<RecordKey, FieldMap> wanted;
    private final Map<RecordKey, Outcome> settled = new HashMap<>();

    /** @param wanted the fields that belong into the catalogue */
    SquareUpserts(Difference difference, SquareNames names, Map<RecordKey, FieldMap> wanted) {
        this.difference = difference;
        this.names = names;
        String location = difference.link().location();
        this.records = SquareShapes.forLocation(location == null ? "" : location);
        this.wanted = new TreeMap<>(wanted);
    }

    /** Records that need no call, once {@link #objects} was asked. */
    Map<RecordKey, Outcome> settled() {
        return settled;
    }

    /** The objects to write, whole; empty if all is as it should be. */
    List<ObjectNode> objects() {
        refuseWhatCannotStand();
        ObjectNode before = page();
        JsonNode after = written(before);
        Map<String, JsonNode> old = new HashMap<>();
        before.path("objects").forEach(each -> old.put(each.path("id").asText(), each));
        List<ObjectNode> changed = new ArrayList<>();
        for (JsonNode each : after.path("objects")) {
            if (each instanceof ObjectNode object
                    && !object.equals(old.get(object.path("id").asText()))) {
                changed.add(inOrder(object));
            }
        }
        Set<String> told = new HashSet<>();
        changed.forEach(object -> SquareBatches.objects(object)
                .forEach(each -> told.add(each.path("id").asText())));
        wanted.keySet().stream()
                .filter(key -> !told.contains(names.of(key).value()))
                .forEach(key -> settled.put(key, Outcome.DONE));
        return changed;
    }

    /** Square numbers variations by their place in the list, whatever number they bear. */
    private static ObjectNode inOrder(ObjectNode object) {
        if (!(object.path("item_data").path("variations") instanceof ArrayNode variations)) {
            return object;
        }
        List<JsonNode> sorted = new ArrayList<>();
        variations.forEach(sorted::add);
        sorted.sort(Comparator.comparingLong(
                each -> each.path("item_variation_data").path("ordinal").asLong()));
        ObjectNode ordered = object.deepCopy();
        ((ObjectNode) ordered.path("item_data")).putArray("variations").addAll(sorted);
        return ordered;
    }

    private void refuse(RecordKey key, String code, String why) {
        settled.put(key, new Outcome.GiveUp(code, why));
        wanted.remove(key);
    }

    /** What is refused may be what others speak of: they are refused as well, until nothing is left that cannot stand. */
    private void refuseWhatCannotStand() {
        for (RecordKey key : Set.copyOf(wanted.keySet())) {
            if (!WRITABLE.contains(key.kind())) {
                refuse(key, "unsupported", "Square takes no " + key.kind().json() + " by this way");
            }
        }
        refuseSharedOptions();
        int before;
        do {
            before = wanted.size();
            for (RecordKey key : Set.copyOf(wanted.keySet())) {
                RecordKey unknown = unknown(wanted.getOrDefault(key, FieldMap.EMPTY));
                if (unknown != null) {
                    refuse(key, "unknown-reference", "it speaks of " + unknown + ", which Square does not have");
                }
            }
            for (RecordKey key : dishesWithoutVariation()) {
                refuse(key, "no-variation", "Square sells variations: add an item that is a variation of this one");
            }
        } while (wanted.size() < before);
    }

    /**
     * A modifier is a part of one list at Square. What is an option of several groups is told in the one where it is, or else in
     * the first; told in another, it would be taken for an object whose version is not the newest, as often as that is said.
     */
    private void refuseSharedOptions() {
        Map<String, String> holders = holders();
        for (RecordKey group : List.copyOf(wanted.keySet())) {
            List<Option> options = Objects.requireNonNullElse(
                    wanted.getOrDefault(group, FieldMap.EMPTY).get(ModifierGroup.OPTIONS), List.of());
            String list = names.of(group).value();
            for (Option option : options) {
                RecordKey item = new RecordKey(Kind.ITEM, option.item());
                String holder = holders.get(names.of(item).value());
                if (holder != null && !holder.equals(list)) {
                    String why =
                            "options: " + item + " is in another list or a dish, and Square has each modifier in one"
                                    + " list only; give this group an item of its own";
                    refuse(group, "cannot-say", why);
                    break;
                }
            }
            if (wanted.containsKey(group)) {
                options.forEach(option -> holders.put(
                        names.of(new RecordKey(Kind.ITEM, option.item())).value(), list));
            }
        }
    }

    /** In which object each of those is that Square has. */
    private Map<String, String> holders() {
        Map<String, String> holders = new HashMap<>();
        page().path("objects")
                .forEach(object -> SquareBatches.objects(object)
                        .forEach(each -> holders.put(
                                each.path("id").asText(), object.path("id").asText())));
        return holders;
    }

    private @Nullable RecordKey unknown(FieldMap fields) {
        for (RecordKey each : Relations.of(fields)) {
            boolean known = names.has(each) && (!names.isTemporary(each) || wanted.containsKey(each));
            if (!known) {
                return each;
            }
        }
        return null;
    }

    /** New dishes that nobody is a variation of, and that are no modifiers. */
    private Set<RecordKey> dishesWithoutVariation() {
        Set<RecordKey> dishes = new HashSet<>();
        Set<RecordKey> spokenOf = new HashSet<>();
        wanted.forEach((key, fields) -> {
            if (key.kind() == Kind.ITEM && names.isTemporary(key) && fields.get(Item.VARIATION_OF) == null) {
                dishes.add(key);
            }
            // Of items, only variations speak of items, and only groups besides them.
            spokenOf.addAll(Relations.of(fields));
        });
        dishes.removeAll(spokenOf);
        return dishes;
    }

    /** The documents that were last seen, as one page. */
    private ObjectNode page() {
        ObjectNode page = Documents.empty();
        ArrayNode objects = page.putArray("objects");
        new TreeMap<>(difference.remotes())
                .values().stream()
                        .filter(SquareNames::isLive)
                        .map(Remote::document)
                        .filter(document -> document != null)
                        .forEach(objects::add);
        return page;
    }

    private JsonNode written(ObjectNode page) {
        try {
            return put(page, wanted);
        } catch (InvalidValue e) {
            // One of them is to blame: each by itself, then all the others together.
            for (Map.Entry<RecordKey, FieldMap> each : Map.copyOf(wanted).entrySet()) {
                try {
                    put(page, Map.of(each.getKey(), each.getValue()));
                } catch (InvalidValue own) {
                    refuse(each.getKey(), "cannot-say", own.getMessage() == null ? "" : own.getMessage());
                }
            }
            return put(page, wanted);
        }
    }

    private JsonNode put(ObjectNode page, Map<RecordKey, FieldMap> fields) {
        Map<RecordKey, FieldMap> renamed = new LinkedHashMap<>();
        fields.forEach((key, each) -> renamed.put(names.renamed(key), names.renamed(each)));
        return records.put(page, renamed, Set.of()).document();
    }
}
