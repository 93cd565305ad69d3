package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapters.doordash.MenuTree.Choice;
import dev.tournant.adapters.doordash.MenuTree.Dish;
import dev.tournant.adapters.doordash.MenuTree.Extra;
import dev.tournant.adapters.doordash.MenuTree.Section;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** GetPut and PutGet for trees of any form, over documents that hold what nobody knows. */
class TreeLensLawTest {
    @Provide
    Arbitrary<MenuTree> trees() {
        return Arbitraries.randoms().map(TreeLensLawTest::tree);
    }

    private static MenuTree tree(Random random) {
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            List<Dish> dishes = new ArrayList<>();
            for (int j = 0; j < random.nextInt(3); j++) {
                dishes.add(new Dish(
                        id(random, j),
                        "Dish " + random.nextInt(3),
                        maybe(random, "Good"),
                        random.nextBoolean(),
                        random.nextInt(3),
                        random.nextInt(3) * 100L,
                        maybe(random, new BigDecimal("8.25")),
                        random.nextBoolean(),
                        extras(random, 0)));
            }
            sections.add(new Section(id(random, i), "Section", maybe(random, "Sub"), random.nextBoolean(), i, dishes));
        }
        return new MenuTree(
                new RecordId("menu"), "Menu", maybe(random, "Sub"), random.nextBoolean(), hours(random), sections);
    }

    private static Hours hours(Random random) {
        Hours week = random.nextBoolean() ? Diner.weekly("09:00", "10:00") : Diner.weekly("11:00", "12:30");
        List<Hours.SpecialDay> special = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            LocalDate date = LocalDate.of(2026, 12, 24 + i);
            Hours.Times open = new Hours.Times(LocalTime.of(9, 0), LocalTime.of(23, 59));
            special.add(new Hours.SpecialDay(date, random.nextBoolean() ? List.of() : List.of(open)));
        }
        return new Hours(null, week.week(), special);
    }

    private static List<Extra> extras(Random random, int depth) {
        List<Extra> extras = new ArrayList<>();
        for (int i = 0; depth < 4 && i < random.nextInt(3); i++) {
            List<Choice> choices = new ArrayList<>();
            for (int j = 0; j < random.nextInt(3); j++) {
                choices.add(new Choice(
                        id(random, j),
                        "Choice",
                        maybe(random, "Tasty"),
                        random.nextBoolean(),
                        j,
                        random.nextInt(500),
                        maybe(random, new BigDecimal("1")),
                        random.nextBoolean(),
                        extras(random, depth + 1)));
            }
            extras.add(new Extra(
                    id(random, i),
                    "Extra",
                    random.nextBoolean(),
                    i,
                    random.nextInt(2),
                    maybe(random, 3L),
                    maybe(random, 2L),
                    choices));
        }
        return extras;
    }

    /** The same id may stand in several lists, but in each once. */
    private static RecordId id(Random random, int place) {
        return new RecordId("x" + (place * 3 + random.nextInt(3)));
    }

    private static <T> @Nullable T maybe(Random random, T value) {
        return random.nextBoolean() ? value : null;
    }

    private static ObjectNode written(MenuTree tree) {
        return Told.menu(tree, null);
    }

    @Property
    void whatIsWrittenIsWhatIsRead(@ForAll("trees") MenuTree before, @ForAll("trees") MenuTree after) {
        assertThat(TreeLens.DOCUMENT.get(written(after))).isEqualTo(after);
        assertThat(TreeLens.DOCUMENT.get(Told.menu(after, written(before)))).isEqualTo(after);
    }

    @Property
    void writingWhatWasReadChangesNothing(@ForAll("trees") MenuTree tree) {
        ObjectNode document = strange(written(tree));
        MenuTree read = TreeLens.DOCUMENT.get(document);
        assertThat(read).isEqualTo(tree);
        assertThat(Told.menu(tree, document)).isEqualTo(document);
    }

    @Property
    void whatNobodyKnowsSurvives(@ForAll("trees") MenuTree before, @ForAll("trees") MenuTree after) {
        ObjectNode document = Told.menu(after, strange(written(before)));
        assertThat(document.path("strange").asInt()).isEqualTo(1);
        assertThat(document.path("menu").path("strange").asInt()).isEqualTo(1);
        for (JsonNode category : document.path("menu").path("categories")) {
            boolean was = before.sections().stream()
                    .anyMatch(each -> each.id()
                            .value()
                            .equals(category.path("merchant_supplied_id").asText()));
            assertThat(category.path("strange").asInt()).isEqualTo(was ? 1 : 0);
        }
    }

    /** Every object has a member that nobody knows. */
    private static ObjectNode strange(ObjectNode document) {
        ObjectNode strange = document.deepCopy();
        mark(strange);
        return strange;
    }

    private static void mark(JsonNode node) {
        node.forEach(TreeLensLawTest::mark);
        if (node instanceof ObjectNode object) {
            object.put("strange", 1);
        }
    }

    @Example
    void takesUnsaidForWhatItMeans() {
        ObjectNode bare = Diner.object("{\"menu\":{\"merchant_supplied_id\":\"m\",\"name\":\"M\",\"categories\":"
                + "[{\"merchant_supplied_id\":\"c\",\"name\":\"C\",\"items\":[{\"merchant_supplied_id\":\"i\","
                + "\"name\":\"I\",\"price\":5}]}]}}");
        MenuTree tree = TreeLens.DOCUMENT.get(bare);
        assertThat(tree).isNotNull();
        Dish item = tree.sections().get(0).dishes().get(0);
        assertThat(item.active()).isTrue();
        assertThat(item.extras()).isEmpty();
        assertThat(TreeLens.DOCUMENT.put(bare, tree).path("menu")).isEqualTo(bare.path("menu"));
    }

    @Example
    void namesThePathOfWhatItCannotRead() {
        ObjectNode odd = Diner.object("{\"menu\":{\"merchant_supplied_id\":\"m\",\"name\":\"M\",\"categories\":"
                + "[{\"merchant_supplied_id\":\"c\",\"name\":\"C\",\"items\":[{\"merchant_supplied_id\":\"i\","
                + "\"name\":\"I\",\"price\":5.5}]}]}}");
        assertThatThrownBy(() -> TreeLens.DOCUMENT.get(odd))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("menu.categories[0].items[0].price: must be a whole number");
    }
}
