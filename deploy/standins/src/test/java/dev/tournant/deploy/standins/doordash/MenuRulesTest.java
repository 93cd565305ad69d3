package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MenuRulesTest {
    private static final DoorDashStandin STANDIN = DoorDashStandin.start(DoorDashSettings.defaults());
    private static final String STORE = STANDIN.storeIds().get(0);
    private final Caller caller = new Caller(STANDIN);

    @AfterAll
    static void close() {
        STANDIN.close();
    }

    @ParameterizedTest
    @MethodSource
    void namesTheFieldThatIsWrong(Consumer<ObjectNode> wrong, String field, String error) throws Exception {
        ObjectNode menu = Menus.menu(STORE, "ref-1");
        wrong.accept(menu);

        Caller.Reply reply = caller.push(menu);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().path("code").asText()).isEqualTo("validation_error");
        assertThat(reply.body().path("field_errors")).hasSize(1);
        assertThat(reply.body().at("/field_errors/0/field").asText()).isEqualTo(field);
        assertThat(reply.body().at("/field_errors/0/error").asText()).contains(error);
    }

    static Stream<Arguments> namesTheFieldThatIsWrong() {
        String item = "menu.categories[0].items[0].";
        String extra = item + "extras[0].";
        return Stream.of(
                wrong(menu -> menu.remove("open_hours"), "open_hours", "required"),
                wrong(menu -> menu.put("special_hours", "none"), "special_hours", "array"),
                wrong(menu -> menu.remove("menu"), "menu", "required"),
                wrong(menu -> menu.put("reference", 7), "reference", "string"),
                wrong(menu -> at(menu, "/store").put("provider_type", "other"), "store.provider_type", "tournant"),
                wrong(menu -> at(menu, "/menu").put("name", " "), "menu.name", "required"),
                wrong(menu -> at(menu, "/menu").put("active", 1), "menu.active", "true or false"),
                wrong(
                        menu -> at(menu, "/menu/categories/0").put("sort_id", -1),
                        "menu.categories[0].sort_id",
                        "integer"),
                wrong(menu -> Menus.item(menu, 0).put("price", 12.5), item + "price", "cents"),
                wrong(menu -> Menus.item(menu, 0).put("price", "1250"), item + "price", "cents"),
                wrong(menu -> Menus.item(menu, 0).put("price", -1), item + "price", "cents"),
                wrong(menu -> Menus.item(menu, 0).remove("price"), item + "price", "required"),
                wrong(menu -> Menus.item(menu, 0).put("tax_rate", "8.25"), item + "tax_rate", "number"),
                wrong(
                        menu -> Menus.item(menu, 0).remove("merchant_supplied_id"),
                        item + "merchant_supplied_id",
                        "required"),
                wrong(menu -> Menus.item(menu, 0).put("is_alcohol", "no"), item + "is_alcohol", "true or false"),
                wrong(
                        menu -> at(menu, "/menu/categories/0/items/0/extras/0").put("min_num_options", 3),
                        extra + "max_num_options",
                        "min_num_options"),
                wrong(
                        menu -> at(menu, "/menu/categories/0/items/0/extras/0").put("num_free_options", 3),
                        extra + "max_num_options",
                        "num_free_options"),
                wrong(
                        menu -> at(menu, "/menu/categories/0/items/0/extras/0")
                                .put("min_aggregate_options_quantity", 5),
                        extra + "max_aggregate_options_quantity",
                        "min_aggregate"),
                wrong(
                        menu -> at(menu, "/menu/categories/0/items/0/extras/0/options/0/extras/0/options/0")
                                .put("price", 1.5),
                        extra + "options[0].extras[0].options[0].price",
                        "cents"));
    }

    @Test
    void takesExtrasInOptionsAsDeepAsItSays() {
        String nested = "";
        for (int depth = 0; depth < MenuRules.EXTRAS_DEPTH_MAX; depth++) {
            nested = Menus.extra("e" + depth, nested);
        }
        assertThat(MenuRules.push(withExtra(nested))).isEmpty();
        assertThat(MenuRules.push(withExtra(Menus.extra("one-more", nested))))
                .singleElement()
                .satisfies(error -> assertThat(error.error()).contains("deeper"));
    }

    @Test
    void refusesWhatIsNoMenuAtAll() throws Exception {
        assertThat(caller.send("POST", "menus", "nonsense").status()).isEqualTo(400);
        assertThat(caller.send("POST", "menus", "[1]").status()).isEqualTo(400);
        assertThat(caller.send("POST", "menus", "{}").body().path("field_errors"))
                .hasSize(4);
        assertThat(caller.push(Menus.menu("nobody", "ref-1")).status()).isEqualTo(404);
        assertThat(caller.send("PATCH", "menus/none", Menus.menu(STORE, "r").toString())
                        .body()
                        .path("code")
                        .asText())
                .isEqualTo("unknown_menu_id");
        assertThat(caller.get("orders").status()).isEqualTo(404);
    }

    private static ObjectNode withExtra(String extra) {
        ObjectNode menu = Menus.menu(STORE, "ref-1");
        Menus.item(menu, 0).putArray("extras").add(Caller.object(extra));
        return menu;
    }

    private static ObjectNode at(ObjectNode menu, String pointer) {
        return (ObjectNode) menu.at(pointer);
    }

    private static Arguments wrong(Consumer<ObjectNode> wrong, String field, String error) {
        return Arguments.of(wrong, field, error);
    }
}
