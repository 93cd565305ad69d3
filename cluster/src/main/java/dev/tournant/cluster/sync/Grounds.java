package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All by which a partner may refuse a record: its values, those of its variations, which of the records that it speaks of are
 * there, and of a group's options which other groups have them there, as a partner may have each in one group only. Of one that
 * is told in a whole document also what the store and the menus are: a menu that cannot be told, as no hours are known yet, keeps
 * back all that stands on it.
 */
final class Grounds {
    private final boolean isToldWhole;
    private final LinkState link;
    private final Map<RecordKey, FieldMap> desired;
    private final Function<RecordKey, View> views;
    /** Made when it is needed. */
    private @Nullable Map<RecordKey, List<RecordKey>> variations;
    /** Groups by the options that they show; made when it is needed. */
    private @Nullable Map<RecordId, Set<RecordKey>> holders;
    /** Of the store and the menus; made when it is needed. */
    private @Nullable String frame;

    /**
     * What a link should show, and shows.
     *
     * @param isToldWhole whether the partner is told whole documents
     * @param desired by the merchant's keys
     * @param views what the link shows of a record
     */
    Grounds(boolean isToldWhole, LinkState link, Map<RecordKey, FieldMap> desired, Function<RecordKey, View> views) {
        this.isToldWhole = isToldWhole;
        this.link = link;
        this.desired = desired;
        this.views = views;
    }

    /** The same as long as nothing has changed for which the partner might take now what it has refused. */
    String fingerprint(RecordKey key, FieldMap fields) {
        List<String> all = new ArrayList<>();
        all.add(Fingerprint.of(key.kind(), fields));
        for (RecordKey variation : variations().getOrDefault(key, List.of())) {
            FieldMap values = desired.get(variation);
            all.add(variation + (values == null ? "" : Fingerprint.of(variation.kind(), values)));
        }
        for (RecordKey other : new TreeSet<>(Relations.of(fields))) {
            all.add(other + (desired.containsKey(other) ? " is there" : " is missing"));
        }
        for (Option option : options(fields.get(ModifierGroup.OPTIONS))) {
            for (RecordKey group : holders().getOrDefault(option.item(), Set.of())) {
                if (!group.equals(key)) {
                    all.add(option.item() + " is in " + group + (isToStay(option, group) ? "" : ", and leaves it"));
                }
            }
        }
        if (isToldWhole) {
            all.add(frame());
        }
        return Fingerprint.of(String.join("\n", all));
    }

    private boolean isToStay(Option option, RecordKey group) {
        FieldMap there = desired.getOrDefault(group, FieldMap.EMPTY);
        return options(there.get(ModifierGroup.OPTIONS)).stream()
                .anyMatch(each -> each.item().equals(option.item()));
    }

    private static List<Option> options(@Nullable List<Option> options) {
        return options == null ? List.of() : options;
    }

    /** The groups that show an item as an option by now, whatever they should show. */
    private Map<RecordId, Set<RecordKey>> holders() {
        Map<RecordId, Set<RecordKey>> known = holders;
        if (known == null) {
            known = new HashMap<>();
            Set<RecordKey> groups = new TreeSet<>(desired.keySet());
            link.counterparts().forEach(each -> groups.add(each.key()));
            groups.removeIf(key -> key.kind() != Kind.MODIFIER_GROUP);
            for (RecordKey group : groups) {
                for (RecordId item : shownIn(group)) {
                    known.computeIfAbsent(item, each -> new TreeSet<>()).add(group);
                }
            }
            holders = known;
        }
        return known;
    }

    private List<RecordId> shownIn(RecordKey group) {
        View shown = views.apply(group);
        View.Value value = shown.isThere() ? shown.of(ModifierGroup.OPTIONS).orElse(null) : null;
        FieldMap there = FieldMap.builder(Kind.MODIFIER_GROUP)
                .put(ModifierGroup.OPTIONS, value == null ? null : value.value())
                .build();
        return options(there.get(ModifierGroup.OPTIONS)).stream()
                .map(Option::item)
                .toList();
    }

    private String frame() {
        String known = frame;
        if (known == null) {
            List<String> all = new ArrayList<>();
            new TreeMap<>(desired).forEach((key, fields) -> {
                if (key.kind() == Kind.STORE || key.kind() == Kind.MENU) {
                    all.add(key + Fingerprint.of(key.kind(), fields));
                }
            });
            known = Fingerprint.of(String.join("\n", all));
            frame = known;
        }
        return known;
    }

    private Map<RecordKey, List<RecordKey>> variations() {
        Map<RecordKey, List<RecordKey>> known = variations;
        if (known == null) {
            known = new HashMap<>();
            for (Map.Entry<RecordKey, FieldMap> each : desired.entrySet()) {
                Placement dish =
                        each.getKey().kind() == Kind.ITEM ? each.getValue().get(Item.VARIATION_OF) : null;
                if (dish != null) {
                    known.computeIfAbsent(new RecordKey(Kind.ITEM, dish.in()), key -> new ArrayList<>())
                            .add(each.getKey());
                }
            }
            variations = known;
        }
        return known;
    }
}
