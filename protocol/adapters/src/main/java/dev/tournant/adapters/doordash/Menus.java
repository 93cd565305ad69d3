package dev.tournant.adapters.doordash;

import dev.tournant.adapter.Outcome;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Section;
import dev.tournant.adapters.doordash.Shelf.Shown;
import dev.tournant.adapters.doordash.Shelf.Standing;
import dev.tournant.model.Category;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.Menu;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes menus of a merchant's flat records, each as one tree. */
final class Menus {
    private final Shelf shelf;
    private final Instant now;

    Menus(Shelf shelf, Instant now) {
        this.shelf = shelf;
        this.now = now;
    }

    /**
     * A menu.
     *
     * @param tree null where the menu cannot be told at all
     * @param refusal why not; null where it can
     * @param used every record that has a part in it, those that are refused among them
     * @param refused records that cannot be told, and are left out
     */
    record Made(
            RecordKey key,
            @Nullable MenuTree tree,
            Outcome.@Nullable GiveUp refusal,
            Set<RecordKey> used,
            Map<RecordKey, Outcome.GiveUp> refused) {}

    List<Made> all() {
        return shelf.menus().stream().map(this::make).toList();
    }

    private Made make(RecordKey menu) {
        Findings findings = new Findings();
        MenuTree tree = null;
        Outcome.GiveUp refusal = null;
        try {
            tree = tree(menu, findings);
        } catch (InvalidValue e) {
            refusal = new Outcome.GiveUp("no-hours", String.valueOf(e.getMessage()));
        } catch (Findings.TooLarge e) {
            refusal = new Outcome.GiveUp("too-large", String.valueOf(e.getMessage()));
        }
        return new Made(menu, tree, refusal, findings.used(), findings.refused());
    }

    private MenuTree tree(RecordKey menu, Findings findings) {
        findings.use(menu);
        shelf.storeKey().ifPresent(findings::use);
        List<Section> sections = sections(menu, findings);
        boolean sells = sections.stream()
                .filter(Section::active)
                .anyMatch(each -> each.dishes().stream().anyMatch(Dish::active));
        return new MenuTree(
                menu.id(),
                shelf.menuName(menu),
                Kitchen.text(shelf.fields(menu).get(Menu.DESCRIPTION)),
                sells && shelf.isOffered(menu),
                hours(menu),
                sections);
    }

    private List<Section> sections(RecordKey menu, Findings findings) {
        Kitchen kitchen = new Kitchen(shelf, now, findings);
        List<Section> sections = new ArrayList<>();
        Map<RecordKey, RecordKey> homeless = new TreeMap<>();
        for (Shown category : shelf.categories(menu)) {
            RecordKey key = new RecordKey(Kind.CATEGORY, category.id());
            findings.use(key);
            String name = Kitchen.text(category.fields().get(Category.NAME));
            List<Dish> dishes = new ArrayList<>();
            for (Standing item : shelf.dishes(category.id())) {
                kitchen.dish(item, dishes.size(), Path.of(menu.id(), category.id()))
                        .ifPresent(dishes::add);
            }
            if (name == null) {
                findings.refuse(key, "cannot-say", Category.NAME.name() + ": is missing");
                dishes.forEach(dish -> homeless.put(new RecordKey(Kind.ITEM, dish.id()), key));
            } else if (!dishes.isEmpty()) {
                sections.add(new Section(
                        category.id(),
                        name,
                        Kitchen.text(category.fields().get(Category.DESCRIPTION)),
                        category.visible(),
                        sections.size(),
                        dishes));
            }
        }
        Set<RecordId> told = new HashSet<>();
        sections.forEach(section -> section.dishes().forEach(dish -> {
            told.add(dish.id());
            chosen(dish.extras(), told);
        }));
        homeless.forEach((dish, category) -> {
            if (!told.contains(dish.id())) {
                findings.refuse(dish, "cannot-say", "it stands only in " + category + ", which cannot be told");
            }
        });
        return sections;
    }

    private static void chosen(List<MenuTree.Extra> extras, Set<RecordId> told) {
        for (MenuTree.Extra extra : extras) {
            for (MenuTree.Choice choice : extra.choices()) {
                told.add(choice.id());
                chosen(choice.extras(), told);
            }
        }
    }

    /** When both the menu and the store are open; a menu without hours is offered whenever the store is open. */
    private Hours hours(RecordKey menu) {
        ZoneId zone = shelf.store().get(Store.ZONE);
        List<Hours> all = new ArrayList<>();
        for (Hours each :
                Arrays.asList(shelf.fields(menu).get(Menu.HOURS), shelf.store().get(Store.HOURS))) {
            if (each != null) {
                if (each.zone() != null && !each.zone().equals(zone)) {
                    throw new InvalidValue("are in the zone " + each.zone() + ", and DoorDash takes that of the store")
                            .under("hours");
                }
                all.add(each);
            }
        }
        Hours open = all.isEmpty() ? Hours.weekly() : OpenHours.all(all);
        if (open.week().isEmpty()) {
            throw new InvalidValue("are missing: DoorDash takes no menu that is never open in a week").under("hours");
        }
        return open;
    }
}
