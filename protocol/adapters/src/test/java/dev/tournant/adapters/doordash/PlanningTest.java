package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Menu;
import dev.tournant.model.Photo;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private final Diner diner = new Diner();
    private final DoorDashWriting writing = new DoorDashWriting();

    private Plan plan(Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, Map<RecordKey, Remote> remotes) {
        return writing.plan(diner.difference(wanted, removed, remotes, Set.of()));
    }

    private static Call only(Plan plan) {
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().get(0)).hasSize(1);
        return plan.steps().get(0).get(0);
    }

    private static ObjectNode sent(Call call) {
        return Diner.object(call.request().json());
    }

    private static String line(Call call) {
        return call.request().toString();
    }

    @Test
    void createsAMenuThatDoorDashDoesNotHave() {
        Plan plan = writing.plan(diner.difference(Map.of()));
        Call call = only(plan);

        assertThat(line(call)).isEqualTo("POST /marketplace/api/v1/menus");
        assertThat(call.request().repeatable()).isFalse();
        ObjectNode body = sent(call);
        assertThat(body.path("reference").asText()).isEqualTo("tournant/menu/n1");
        assertThat(body.at("/store/merchant_supplied_id").asText()).isEqualTo("store-1");
        assertThat(body.at("/store/provider_type").asText()).isEqualTo("provider");
        assertThat(body.path("open_hours")).hasSize(7);
        assertThat(body.path("special_hours").isArray()).isTrue();
        assertThat(TreeLens.DOCUMENT.get(body)).isEqualTo(diner.tree());
        assertThat(call.about().keySet()).isEqualTo(diner.records.keySet());
        assertThat(plan.settled()).isEmpty();
        assertThat(writing.scope()).isEqualTo(dev.tournant.adapter.Writing.Scope.WHOLE);
    }

    @Test
    void makesTheSamePlanTwiceTheSame() {
        assertThat(writing.plan(diner.difference(Map.of()))).isEqualTo(writing.plan(diner.difference(Map.of())));
    }

    @Test
    void pushesTheWholeMenuForOneItem() {
        Map<RecordKey, Remote> held = diner.held("menu");
        diner.put(Diner.item("tea"), Item.NAME, "Chai");
        Plan plan = plan(diner.only(Diner.item("tea")), Set.of(), held);
        Call call = only(plan);

        assertThat(line(call)).isEqualTo("PATCH /marketplace/api/v1/menus/dd-menu");
        assertThat(call.request().repeatable()).isTrue();
        assertThat(TreeLens.DOCUMENT.get(sent(call))).isEqualTo(diner.tree());
        assertThat(call.about()).containsOnlyKeys(Diner.item("tea"), Diner.menu("menu"));
    }

    @Test
    void keepsWhatNobodyHereKnows() {
        Map<RecordKey, Remote> held = diner.held("menu");
        ObjectNode document = held.get(Diner.menu("menu")).document();
        assertThat(document).isNotNull();
        ObjectNode burger = (ObjectNode) document.at("/menu/categories/0/items/1");
        burger.put("is_bike_friendly", true);
        ((ObjectNode) burger.at("/extras/1")).put("num_free_options", 1);
        diner.put(Diner.item("soup"), Item.CATEGORIES, List.of(Diner.in("mains", 5_000)));
        Call call = only(plan(diner.only(Diner.item("soup")), Set.of(), held));
        JsonNode moved = sent(call).at("/menu/categories/0/items/0");
        assertThat(moved.path("name").asText()).isEqualTo("Burger");
        assertThat(moved.path("is_bike_friendly").asBoolean()).isTrue();
        assertThat(moved.at("/extras/1/num_free_options").asInt()).isEqualTo(1);
    }

    @Test
    void beginsAnewWhereTheDocumentIsNotAsWeKnowIt() {
        Map<RecordKey, Remote> held = diner.held("menu");
        ObjectNode document = held.get(Diner.menu("menu")).document();
        assertThat(document).isNotNull();
        ((ObjectNode) document.at("/menu/categories/0")).put("items", "none");
        Call call = only(plan(diner.only(Diner.item("soup")), Set.of(), held));
        assertThat(TreeLens.DOCUMENT.get(sent(call))).isEqualTo(diner.tree());
    }

    @Test
    void makesNoCallForWhatIsToldAlready() {
        Plan plan = writing.plan(diner.difference(diner.held("menu")));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().keySet()).isEqualTo(diner.records.keySet());
        assertThat(plan.settled().values()).containsOnly(Outcome.DONE);
    }

    @Test
    void pushesWhenAnItemLeftTheMenu() {
        Map<RecordKey, Remote> held = diner.held("menu");
        diner.records.remove(Diner.item("soup"));
        diner.put(Diner.item("tea"), Item.CATEGORIES, List.of());
        Call call = only(plan(diner.only(Diner.item("tea")), Set.of(Diner.item("soup")), held));
        assertThat(call.about()).containsOnlyKeys(Diner.item("soup"), Diner.item("tea"), Diner.menu("menu"));
        assertThat(sent(call).toString()).doesNotContain("Soup");
    }

    @Test
    void givesNoJobWhileOneIsPending() {
        Plan plan = writing.plan(diner.difference(diner.records, Set.of(), Map.of(), Set.of("tournant/menu/n0")));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().keySet()).isEqualTo(diner.records.keySet());
        assertThat(plan.settled().values())
                .allSatisfy(outcome -> assertThat(outcome)
                        .isEqualTo(new Outcome.TryLater(
                                Duration.ofMinutes(1),
                                "DoorDash still works on tournant/menu/n0 and takes no other job")));
    }

    @Test
    void tellsOneMenuAtATimeAndLetsTheRestWait() {
        diner.bar();
        Plan plan = writing.plan(diner.difference(Map.of()));
        Call first = only(plan);
        assertThat(sent(first).at("/menu/name").asText()).isEqualTo("Bar");
        assertThat(first.about()).as("what stands on both waits for the other").containsOnlyKeys(Diner.menu("bar"));
        assertThat(plan.settled()).isEmpty();

        Plan then = writing.plan(diner.difference(diner.held("bar")));
        Call second = only(then);
        assertThat(sent(second).at("/menu/name").asText()).isEqualTo("All day");
        assertThat(second.about().keySet()).isEqualTo(diner.records.keySet());
    }

    /** The drinks of the bar lack what DoorDash refused, so that menu differs for ever. */
    @Test
    void aMenuThatStaysDifferentDoesNotKeepOthersWaiting() {
        diner.bar();
        Map<RecordKey, Remote> held = diner.held("menu", "bar");
        Remote bar = java.util.Objects.requireNonNull(held.get(Diner.menu("bar")));
        ObjectNode less = Diner.object(String.valueOf(bar.document()));
        ((com.fasterxml.jackson.databind.node.ArrayNode) less.at("/menu/categories/0/items")).removeAll();
        held.put(Diner.menu("bar"), new Remote(bar.id(), 0, less));

        diner.put(Diner.item("soup"), Item.NAME, "Broth");
        assertThat(line(only(plan(diner.only(Diner.item("soup")), Set.of(), held))))
                .as("it settles something")
                .endsWith("menus/dd-menu");

        diner.put(Diner.item("tea"), Item.NAME, "Chai");
        java.util.Set<String> pushed = new java.util.TreeSet<>();
        for (int nth = 0; nth < 20; nth++) {
            Difference difference = new Difference(
                    Diner.LINK,
                    java.util.Currency.getInstance("USD"),
                    diner.only(Diner.item("tea")),
                    Set.of(),
                    held,
                    diner.records,
                    Set.of(),
                    "n" + nth,
                    Diner.NOW);
            pushed.add(line(only(writing.plan(difference))));
        }
        assertThat(pushed).as("where neither does, each comes in its turn").hasSize(2);
    }

    private static Remote without(Map<RecordKey, Remote> held, String menu, String dish) {
        Remote remote = java.util.Objects.requireNonNull(held.get(Diner.menu(menu)));
        ObjectNode less = Diner.object(String.valueOf(remote.document()));
        less.at("/menu/categories").forEach(category -> {
            com.fasterxml.jackson.databind.node.ArrayNode items =
                    (com.fasterxml.jackson.databind.node.ArrayNode) category.path("items");
            for (int i = items.size() - 1; i >= 0; i--) {
                if (items.get(i).path(TreeLens.ID).asText().equals(dish)) {
                    items.remove(i);
                }
            }
        });
        return new Remote(remote.id(), 0, less);
    }

    /** DoorDash refuses a soup that stands on both menus, so both differ for ever. */
    @Test
    void twoMenusThatShareARefusedDishTellAllElseAndComeToAnEnd() {
        diner.bar();
        diner.put(Diner.item("soup"), Item.CATEGORIES, List.of(Diner.in("mains", -5), Diner.in("drinks", 9)));
        Map<RecordKey, Remote> held = diner.held("menu", "bar");
        held.put(Diner.menu("menu"), without(held, "menu", "soup"));
        held.put(Diner.menu("bar"), without(held, "bar", "soup"));

        diner.put(Diner.item("tea"), Item.NAME, "Chai");
        Plan first = plan(diner.only(Diner.item("tea")), Set.of(), held);
        assertThat(only(first).about()).containsKey(Diner.item("tea"));
        assertThat(Job.isPart(job(first)))
                .as("the other menu has to be told of it too")
                .isTrue();
        String one = line(only(first));
        held.putAll(diner.held(one.endsWith("dd-bar") ? "bar" : "menu"));
        for (String menu : List.of("menu", "bar")) {
            held.put(Diner.menu(menu), without(held, menu, "soup"));
        }
        Plan second = plan(diner.only(Diner.item("tea")), Set.of(), held);
        assertThat(line(only(second))).isNotEqualTo(one);
        assertThat(only(second).about()).containsKey(Diner.item("tea"));
        assertThat(Job.isPart(job(second))).isFalse();

        held.putAll(diner.held("menu", "bar"));
        for (String menu : List.of("menu", "bar")) {
            held.put(Diner.menu(menu), without(held, menu, "soup"));
        }
        Plan third = plan(diner.only(Diner.item("tea")), Set.of(), held);
        assertThat(third.steps()).as("all that can be told is told").isEmpty();
        assertThat(third.settled()).isEqualTo(Map.of(Diner.item("tea"), Outcome.DONE));

        diner.put(Diner.item("soup"), Item.NAME, "Broth");
        assertThat(plan(diner.only(Diner.item("soup")), Set.of(), held).steps())
                .as("the dish itself is tried again when somebody changes it")
                .hasSize(1);
    }

    @Test
    void readsAgainWhatIsHeldOfSeveralMenusBeforeItPushesOne() {
        diner.bar();
        Map<RecordKey, Remote> held = diner.held("menu", "bar");
        held.put(Diner.menu("bar"), new Remote(new RecordId("dd-bar"), 0, null));
        diner.put(Diner.item("tea"), Item.NAME, "Chai");
        Plan plan = plan(diner.only(Diner.item("tea")), Set.of(), held);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().get(Diner.item("tea"))).isInstanceOf(Outcome.ReadAgain.class);
    }

    @Test
    void pushesTheOnlyMenuThoughItIsNotKnownWhatIsHeld() {
        Map<RecordKey, Remote> held = Map.of(Diner.menu("menu"), new Remote(new RecordId("dd-menu"), 0, null));
        assertThat(line(only(plan(diner.only(Diner.item("tea")), Set.of(), held))))
                .startsWith("PATCH");
    }

    @Test
    void takesOffAMenuThatIsNoMoreAndCreatesNoneThatSellsNothing() {
        diner.bar();
        Map<RecordKey, Remote> held = diner.held("menu", "bar");
        diner.records.remove(Diner.menu("bar"));
        Call call = only(plan(Map.of(), Set.of(Diner.menu("bar")), held));
        assertThat(line(call)).endsWith("menus/dd-bar");
        assertThat(sent(call).at("/menu/active").asBoolean()).isFalse();
        assertThat(sent(call).at("/menu/categories")).isNotEmpty();

        Map<RecordKey, Remote> unknown =
                new HashMap<>(Map.of(Diner.menu("bar"), new Remote(new RecordId("dd-bar"), 0, null)));
        diner.records.clear();
        Call blind = only(plan(Map.of(), Set.of(Diner.menu("bar")), unknown));
        assertThat(sent(blind).at("/menu/active").asBoolean()).isFalse();
        assertThat(plan(Map.of(), Set.of(Diner.menu("bar")), Map.of()).settled())
                .containsEntry(Diner.menu("bar"), Outcome.DONE);
    }

    @Test
    void leavesMenusAloneThatSomebodyElseMade() {
        Map<RecordKey, Remote> held = diner.held("menu");
        held.put(Diner.menu("by-hand"), new Remote(new RecordId("by-hand"), 0, null));
        assertThat(writing.plan(diner.difference(held)).steps()).isEmpty();
    }

    @Test
    void refusesRecordByRecord() {
        RecordKey photo = RecordKey.of(Kind.PHOTO, "photo");
        diner.put(photo, Photo.NAME, "burger.jpg");
        diner.records.put(Diner.item("bare"), FieldMap.of(Item.CATEGORIES, List.of(Diner.in("mains", 7))));
        Plan plan = writing.plan(diner.difference(Map.of()));
        assertThat(plan.settled()).containsOnlyKeys(photo, Diner.item("bare"));
        assertThat(plan.settled().values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.GiveUp.class));
        assertThat(only(plan).about()).doesNotContainKeys(photo, Diner.item("bare"));
    }

    @Test
    void refusesWhatStandsOnlyOnAMenuThatCannotBeTold() {
        diner.put(Diner.STORE, Store.HOURS, Hours.weekly());
        diner.records.put(Diner.item("lone"), FieldMap.of(Item.NAME, "On no menu"));
        Plan plan = writing.plan(diner.difference(Map.of()));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().get(Diner.item("soup"))).isInstanceOf(Outcome.GiveUp.class);
        assertThat(plan.settled().get(Diner.item("lone"))).isEqualTo(Outcome.DONE);
    }

    private static String job(Plan plan) {
        return sent(only(plan)).path("reference").asText();
    }

    private Call status(SaleStatus status, Map<RecordKey, Remote> held) {
        diner.put(Diner.STORE, Store.STATUS, status);
        return only(plan(Map.of(Diner.STORE, FieldMap.of(Store.STATUS, status)), Set.of(), held));
    }

    @Test
    void opensAndClosesTheStore() {
        Map<RecordKey, Remote> held = diner.held("menu");
        Call open = status(SaleStatus.FOR_SALE, held);
        assertThat(line(open)).isEqualTo("PUT /marketplace/api/v1/stores/store-1/status");
        assertThat(sent(open)).isEqualTo(Diner.object("{\"is_active\":true}"));
        diner.put(Diner.STORE, Store.UNTIL, Diner.NOW.plusSeconds(60));
        ObjectNode paused = sent(status(SaleStatus.PAUSED, held));
        assertThat(paused.path("is_active").asBoolean()).isFalse();
        assertThat(paused.path("end_time").asText()).isEqualTo("2026-11-22T12:01:00Z");
        assertThat(sent(status(SaleStatus.OFF, held)).has("end_time")).isFalse();
    }

    private boolean isStatusTold(Map<RecordKey, FieldMap> wanted, Map<RecordKey, Remote> held) {
        return plan(wanted, Set.of(), held).steps().stream()
                .flatMap(List::stream)
                .anyMatch(call -> line(call).endsWith("/status"));
    }

    /** Of four menus that differ each end of a job puts all in doubt, the store as well. */
    @Test
    void tellsTheStatusOnceAndNotWithEachMenu() {
        diner.bar();
        Map<RecordKey, Remote> held = diner.held("menu", "bar");
        diner.put(Diner.item("tea"), Item.NAME, "Chai");
        diner.put(Diner.STORE, Store.STATUS, SaleStatus.FOR_SALE);
        assertThat(isStatusTold(diner.records, held)).as("never told").isTrue();

        Call open = status(SaleStatus.FOR_SALE, held);
        held.putAll(writing.read(open, Diner.answer(200, "{}")).remotes());
        Plan next = plan(diner.records, Set.of(), held);
        assertThat(isStatusTold(diner.records, held)).as("told already").isFalse();
        assertThat(line(only(next))).as("the menu is told all the same").startsWith("PATCH");
        Map<RecordKey, FieldMap> statusOnly = Map.of(Diner.STORE, FieldMap.of(Store.STATUS, SaleStatus.FOR_SALE));
        assertThat(plan(statusOnly, Set.of(), held).settled()).containsEntry(Diner.STORE, Outcome.DONE);

        diner.put(Diner.STORE, Store.STATUS, SaleStatus.OFF);
        assertThat(isStatusTold(diner.records, held)).as("it differs").isTrue();
    }

    @Test
    void tellsTheStatusAgainWhereNobodyKnowsWhatBecameOfIt() {
        Map<RecordKey, Remote> held = diner.held("menu");
        Call open = status(SaleStatus.FOR_SALE, held);
        Map<RecordKey, Remote> taken =
                writing.read(open, Diner.answer(200, "{}")).remotes();
        List<Map<RecordKey, Remote>> unknown = List.of(
                writing.read(open, Diner.answer(504, "")).remotes(),
                writing.read(open, Diner.answer(200, "<html>")).remotes(),
                writing.unanswered(open, "reset").remotes());
        Map<RecordKey, FieldMap> hours = Map.of(Diner.STORE, FieldMap.of(Store.HOURS, Diner.weekly("09:00", "22:00")));
        for (Map<RecordKey, Remote> each : unknown) {
            held.putAll(taken);
            held.putAll(each);
            assertThat(isStatusTold(diner.only(Diner.STORE), held)).isTrue();
            assertThat(isStatusTold(hours, held))
                    .as("for sale is as if nobody had said so")
                    .isTrue();
        }
        held.putAll(taken);
        assertThat(isStatusTold(hours, held)).isFalse();
        for (int status : new int[] {400, 403, 429}) {
            assertThat(writing.read(open, Diner.answer(status, "{}")).remotes())
                    .as("%s: it was not taken", status)
                    .isEmpty();
        }
    }

    @Test
    void closesBeforeAMenuAndOpensAfterIt() {
        Map<RecordKey, Remote> held = diner.held("menu");
        diner.put(Diner.STORE, Store.HOURS, Diner.weekly("10:00", "11:00"));
        diner.put(Diner.STORE, Store.STATUS, SaleStatus.FOR_SALE);
        Plan opening = plan(diner.only(Diner.STORE), Set.of(), held);
        assertThat(opening.steps()).hasSize(2);
        assertThat(line(opening.steps().get(1).get(0))).endsWith("/status");
        assertThat(opening.steps().get(0).get(0).about()).containsKey(Diner.STORE);
        diner.put(Diner.STORE, Store.STATUS, SaleStatus.OFF);
        Plan closing = plan(diner.only(Diner.STORE), Set.of(), held);
        assertThat(line(closing.steps().get(0).get(0))).endsWith("/status");
        assertThat(closing.settled()).isEmpty();
    }

    @Test
    void opensNoStoreThatHasNoMenuYet() {
        diner.put(Diner.STORE, Store.STATUS, SaleStatus.FOR_SALE);
        Plan plan = writing.plan(diner.difference(Map.of()));
        assertThat(line(only(plan))).startsWith("POST");
        assertThat(plan.settled()).containsOnlyKeys(Diner.STORE);
        assertThat(plan.settled().get(Diner.STORE)).isInstanceOf(Outcome.TryLater.class);
    }

    @Test
    void takesOffTheMenuOfAMerchantThatHadNoneWhenItHasOne() {
        diner.records.remove(Diner.menu("menu"));
        diner.put(RecordKey.of(Kind.CATEGORY, "mains"), Category.MENUS, List.of());
        Map<RecordKey, Remote> held = diner.held("menu");
        diner.put(Diner.menu("lunch"), Menu.NAME, "Lunch");
        Call create = only(writing.plan(diner.difference(held)));
        assertThat(line(create)).startsWith("POST");
        held.putAll(diner.held("lunch"));
        Call retire = only(writing.plan(diner.difference(held)));
        assertThat(line(retire)).endsWith("menus/dd-menu");
        assertThat(sent(retire).at("/menu/active").asBoolean()).isFalse();
    }

    @Test
    void refusesALinkThatNamesNoStore() {
        Link nowhere = new Link(new LinkId("dd-9"), DoorDashAdapter.DOORDASH, "provider", null, "main");
        Plan plan = writing.plan(new Difference(
                nowhere, Diner.USD, diner.records, Set.of(), Map.of(), diner.records, Set.of(), "n1", Diner.NOW));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.settled().keySet()).isEqualTo(diner.records.keySet());
    }
}
