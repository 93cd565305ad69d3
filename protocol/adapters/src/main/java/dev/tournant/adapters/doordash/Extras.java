package dev.tournant.adapters.doordash;

import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.model.Bound;
import dev.tournant.model.FieldMap;
import dev.tournant.model.GroupUse;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.TriState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes extras of modifier groups, as the item that uses one wants it. An option without a price costs nothing. */
final class Extras {
    private final Shelf shelf;
    private final Findings findings;
    private final Kitchen kitchen;

    Extras(Shelf shelf, Findings findings, Kitchen kitchen) {
        this.shelf = shelf;
        this.findings = findings;
        this.kitchen = kitchen;
    }

    /** {@link InvalidValue} where a group stands in itself, or too deep. */
    List<Extra> of(FieldMap item, Path path, int sortFrom) {
        List<GroupUse> uses = item.get(Item.MODIFIER_GROUPS);
        Map<RecordId, GroupUse> once = new LinkedHashMap<>();
        (uses == null ? List.<GroupUse>of() : uses)
                .stream()
                        .sorted(Comparator.comparingLong(GroupUse::ordinal).thenComparing(GroupUse::group))
                        .forEach(each -> once.putIfAbsent(each.group(), each));
        List<Extra> extras = new ArrayList<>();
        once.values()
                .forEach(each -> extra(each, sortFrom + extras.size(), path).ifPresent(extras::add));
        return extras;
    }

    private Optional<Extra> extra(GroupUse use, int sort, Path around) {
        RecordKey key = new RecordKey(Kind.MODIFIER_GROUP, use.group());
        FieldMap group = shelf.fields(key);
        findings.use(key);
        Bound min = use.min().over(orUnset(group.get(ModifierGroup.MIN)));
        Bound max = use.max().over(orUnset(group.get(ModifierGroup.MAX)));
        boolean asked = use.enabled().over(group.get(ModifierGroup.VISIBLE) != TriState.NO)
                && group.get(ModifierGroup.INPUT) != ModifierGroup.Input.TEXT
                && !max.equals(Bound.NONE);
        if (!shelf.has(key) || !asked) {
            return Optional.empty();
        }
        Collection<Option> options = options(group);
        String name = Kitchen.text(group.get(ModifierGroup.NAME));
        return Optional.of(new Extra(
                use.group(),
                name == null ? Kitchen.UNNAMED : name,
                true,
                sort,
                min instanceof Bound.At at ? at.count() : 0,
                max instanceof Bound.At at ? Long.valueOf(at.count()) : null,
                often(options),
                choices(options, use, around.into(use.group()))));
    }

    private static Bound orUnset(@Nullable Bound bound) {
        return bound == null ? Bound.UNSET : bound;
    }

    private static Collection<Option> options(FieldMap group) {
        List<Option> listed = group.get(ModifierGroup.OPTIONS);
        Map<RecordId, Option> once = new LinkedHashMap<>();
        (listed == null ? List.<Option>of() : listed)
                .stream()
                        .sorted(Comparator.comparingLong(Option::ordinal).thenComparing(Option::item))
                        .forEach(each -> once.putIfAbsent(each.item(), each));
        return once.values();
    }

    /** DoorDash says it of all options at once, so the strictest holds for all. */
    private static @Nullable Long often(Collection<Option> options) {
        Long least = null;
        for (Option each : options) {
            if (each.max() instanceof Bound.At at && at.count() > 0) {
                least = least == null ? at.count() : Math.min(least, at.count());
            }
        }
        return least;
    }

    private List<Choice> choices(Collection<Option> options, GroupUse use, Path path) {
        Map<RecordId, GroupUse.OptionOverride> overrides = new LinkedHashMap<>();
        use.options().forEach(each -> overrides.putIfAbsent(each.item(), each));
        List<Choice> choices = new ArrayList<>();
        for (Option option : options) {
            if (shelf.has(new RecordKey(Kind.ITEM, option.item()))) {
                GroupUse.OptionOverride over = overrides.get(option.item());
                choice(option, over, use.group(), choices.size(), path).ifPresent(choices::add);
            }
        }
        return choices;
    }

    private Optional<Choice> choice(
            Option option, GroupUse.@Nullable OptionOverride over, RecordId group, int sort, Path path) {
        TriState hiddenHere = over == null ? TriState.UNSET : over.hidden();
        TriState chosenHere = over == null ? TriState.UNSET : over.onByDefault();
        boolean hidden = hiddenHere.over(option.hidden().over(false));
        boolean chosen = chosenHere.over(option.onByDefault().over(false));
        return made(option, group, sort, chosen, path).map(each -> hidden ? each.asHidden() : each);
    }

    /** Of a price that the group sets, the group is to blame. */
    private Optional<Choice> made(Option option, RecordId group, int sort, boolean chosen, Path path) {
        Money price = option.price();
        if (price == null) {
            return kitchen.choice(option.item(), sort, chosen, path, true);
        }
        try {
            return kitchen.choiceAt(option.item(), sort, chosen, path, price);
        } catch (InvalidValue e) {
            findings.refuse(
                    new RecordKey(Kind.MODIFIER_GROUP, group),
                    "cannot-say",
                    "options: the price of " + option.item() + " " + e.getMessage());
            return Optional.empty();
        }
    }
}
