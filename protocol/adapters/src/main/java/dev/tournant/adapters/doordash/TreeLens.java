package dev.tournant.adapters.doordash;

import static dev.tournant.adapters.doordash.Parts.maybe;
import static dev.tournant.adapters.doordash.Parts.need;
import static dev.tournant.adapters.doordash.Parts.orElse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Numbers;
import dev.tournant.adapter.lens.Schedules;
import dev.tournant.adapter.lens.Times;
import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.adapters.doordash.MenuTree.Section;
import dev.tournant.model.Codecs;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link MenuTree} looks in DoorDash's documents, both ways. The document is {@code {open_hours, special_hours,
 * menu}}; whatever else stands in it stays, wherever in its list the object moves that it stands in.
 */
final class TreeLens {
    /** By this name elements of lists are known. */
    static final String ID = "merchant_supplied_id";

    static final Lens<RecordId> ID_LENS = Lenses.text(RecordId::new, RecordId::value);
    private static final Lens<BigDecimal> RATE = Numbers.EXACT;
    private static final Lens<LocalTime> CLOCK = Times.clock(false);
    private static final Lens<LocalDate> DATE = Lenses.text(Codecs.DATE::read, LocalDate::toString);
    private static final Lens<LocalTime> START = Lenses.at(CLOCK, "start_time");
    private static final Lens<LocalTime> END = Lenses.at(CLOCK, "end_time");

    private static final Lens<Hours> HOURS = Schedules.hours(
            Lenses.at(
                    Schedules.week(Schedules.span(Lenses.at(Schedules.dayName(3), "day_index"), START, END)),
                    "open_hours"),
            Lenses.at(
                    Schedules.specialDays(
                            Lenses.at(DATE, "date"), Lenses.at(Lenses.BOOL, "closed"), Schedules.times(START, END)),
                    "special_hours"));

    private static final Lens<List<Choice>> CHOICES = Lists.eachBy(ID, Parts.later(TreeLens::choice));

    private static final Lens<Extra> EXTRA = Parts.<Extra>of()
            .part(ID, ID_LENS, Extra::id)
            .part("name", Lenses.TEXT, Extra::name)
            .part("active", Lenses.BOOL, true, Extra::active)
            .part("sort_id", Lenses.LONG, 0L, Extra::sort)
            .part("min_num_options", Lenses.LONG, 0L, Extra::min)
            .part("max_num_options", Lenses.LONG, Extra::max)
            .part("max_option_choice_quantity", Lenses.LONG, Extra::each)
            .part("options", CHOICES, List.of(), Extra::choices)
            .read(node -> new Extra(
                    need(node, ID, ID_LENS),
                    need(node, "name", Lenses.TEXT),
                    orElse(node, "active", Lenses.BOOL, true),
                    orElse(node, "sort_id", Lenses.LONG, 0L),
                    orElse(node, "min_num_options", Lenses.LONG, 0L),
                    maybe(node, "max_num_options", Lenses.LONG),
                    maybe(node, "max_option_choice_quantity", Lenses.LONG),
                    orElse(node, "options", CHOICES, List.of())));

    private static final Lens<List<Extra>> EXTRAS = Lists.eachBy(ID, EXTRA);

    private static final Lens<Choice> CHOICE = Parts.<Choice>of()
            .part(ID, ID_LENS, Choice::id)
            .part("name", Lenses.TEXT, Choice::name)
            .part("description", Lenses.TEXT, Choice::description)
            .part("active", Lenses.BOOL, true, Choice::active)
            .part("sort_id", Lenses.LONG, 0L, Choice::sort)
            .part("price", Lenses.LONG, Choice::cents)
            .part("tax_rate", RATE, Choice::taxRate)
            .part("default", Lenses.BOOL, false, Choice::onByDefault)
            .part("extras", EXTRAS, List.of(), Choice::extras)
            .read(node -> new Choice(
                    need(node, ID, ID_LENS),
                    need(node, "name", Lenses.TEXT),
                    maybe(node, "description", Lenses.TEXT),
                    orElse(node, "active", Lenses.BOOL, true),
                    orElse(node, "sort_id", Lenses.LONG, 0L),
                    need(node, "price", Lenses.LONG),
                    maybe(node, "tax_rate", RATE),
                    orElse(node, "default", Lenses.BOOL, false),
                    orElse(node, "extras", EXTRAS, List.of())));

    private static final Lens<Dish> DISH = Parts.<Dish>of()
            .part(ID, ID_LENS, Dish::id)
            .part("name", Lenses.TEXT, Dish::name)
            .part("description", Lenses.TEXT, Dish::description)
            .part("active", Lenses.BOOL, true, Dish::active)
            .part("sort_id", Lenses.LONG, 0L, Dish::sort)
            .part("price", Lenses.LONG, Dish::cents)
            .part("tax_rate", RATE, Dish::taxRate)
            .part("is_alcohol", Lenses.BOOL, false, Dish::alcohol)
            .part("extras", EXTRAS, List.of(), Dish::extras)
            .read(node -> new Dish(
                    need(node, ID, ID_LENS),
                    need(node, "name", Lenses.TEXT),
                    maybe(node, "description", Lenses.TEXT),
                    orElse(node, "active", Lenses.BOOL, true),
                    orElse(node, "sort_id", Lenses.LONG, 0L),
                    need(node, "price", Lenses.LONG),
                    maybe(node, "tax_rate", RATE),
                    orElse(node, "is_alcohol", Lenses.BOOL, false),
                    orElse(node, "extras", EXTRAS, List.of())));

    private static final Lens<List<Dish>> DISHES = Lists.eachBy(ID, DISH);

    private static final Lens<Section> SECTION = Parts.<Section>of()
            .part(ID, ID_LENS, Section::id)
            .part("name", Lenses.TEXT, Section::name)
            .part("subtitle", Lenses.TEXT, Section::subtitle)
            .part("active", Lenses.BOOL, true, Section::active)
            .part("sort_id", Lenses.LONG, 0L, Section::sort)
            .part("items", DISHES, List.of(), Section::dishes)
            .read(node -> new Section(
                    need(node, ID, ID_LENS),
                    need(node, "name", Lenses.TEXT),
                    maybe(node, "subtitle", Lenses.TEXT),
                    orElse(node, "active", Lenses.BOOL, true),
                    orElse(node, "sort_id", Lenses.LONG, 0L),
                    orElse(node, "items", DISHES, List.of())));

    private static final Lens<List<Section>> SECTIONS = Lists.eachBy(ID, SECTION);

    /** What stands under {@code menu}; the hours beside it. */
    private static final Lens<MenuTree> MENU = Parts.<MenuTree>of()
            .part(ID, ID_LENS, MenuTree::id)
            .part("name", Lenses.TEXT, MenuTree::name)
            .part("subtitle", Lenses.TEXT, MenuTree::subtitle)
            .part("active", Lenses.BOOL, true, MenuTree::active)
            .part("categories", SECTIONS, List.of(), MenuTree::sections)
            .read(node -> new MenuTree(
                    need(node, ID, ID_LENS),
                    need(node, "name", Lenses.TEXT),
                    maybe(node, "subtitle", Lenses.TEXT),
                    orElse(node, "active", Lenses.BOOL, true),
                    Hours.weekly(),
                    orElse(node, "categories", SECTIONS, List.of())));

    /** The whole document. */
    static final Lens<MenuTree> DOCUMENT = new Lens<>() {
        @Override
        public @Nullable MenuTree get(JsonNode document) {
            MenuTree menu = maybe(document, "menu", MENU);
            Hours hours = HOURS.get(document);
            return menu == null
                    ? null
                    : new MenuTree(
                            menu.id(),
                            menu.name(),
                            menu.subtitle(),
                            menu.active(),
                            hours == null ? Hours.weekly() : hours,
                            menu.sections());
        }

        @Override
        public JsonNode put(JsonNode document, @Nullable MenuTree tree) {
            if (tree == null) {
                throw new InvalidValue("a menu is never taken out of its document");
            }
            return Lenses.at(MENU, "menu").put(HOURS.put(document, tree.hours()), tree);
        }
    };

    private TreeLens() {}

    private static Lens<Choice> choice() {
        return CHOICE;
    }
}
