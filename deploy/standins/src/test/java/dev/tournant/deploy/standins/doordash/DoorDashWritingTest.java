package dev.tournant.deploy.standins.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Menu;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import dev.tournant.model.TriState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tournant's adapter tells this DoorDash what to hold, hears of it, and reads it back. */
class DoorDashWritingTest {
    private static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");
    private static final RecordKey DINNER = RecordKey.of(Kind.MENU, "dinner");

    private final DoorDashStandin standin = DoorDashStandin.start(DoorDashSettings.defaults()
            .withJobs(Duration.ofMillis(10), Duration.ofMinutes(5))
            .withRetries(Duration.ofMillis(20), 1, Duration.ofSeconds(2)));
    private final Caller caller = new Caller(standin);
    private final String store = standin.storeIds().get(0);
    private final Receiver receiver;
    private final Teller told;

    DoorDashWritingTest() throws IOException {
        this.receiver = Receiver.open();
        this.told = new Teller(standin, store, receiver);
    }

    @AfterEach
    void close() {
        receiver.close();
        standin.close();
    }

    /** A burger with two sizes and a side that may have a sauce; open past midnight, and not at Christmas. */
    @BeforeEach
    void diner() {
        set(STORE, Store.CURRENCY, Currency.getInstance("USD"));
        List<Hours.Span> nights = Arrays.stream(DayOfWeek.values())
                .map(day -> new Hours.Span(day, LocalTime.of(17, 0), LocalTime.of(2, 0)))
                .toList();
        set(
                STORE,
                Store.HOURS,
                new Hours(null, nights, List.of(new Hours.SpecialDay(LocalDate.of(2026, 12, 24), List.of()))));
        set(DINNER, Menu.NAME, "Dinner");
        category("mains", "Mains");
        item("burger", "Burger & \"friends\"", null);
        set(item("burger"), Item.CATEGORIES, List.of(in("mains", -7)));
        set(item("burger"), Item.MODIFIER_GROUPS, List.of(use("sides")));
        item("small", "Small", "9.50");
        set(item("small"), Item.VARIATION_OF, in("burger", 0));
        item("large", "Large", "12");
        set(item("large"), Item.VARIATION_OF, in("burger", 1));
        item("soup", "Soup", "7");
        set(item("soup"), Item.CATEGORIES, List.of(in("mains", 5)));
        group("sides", Bound.at(1), "fries", "salad");
        item("fries", "Fries", "3");
        item("salad", "Salad", null);
        set(item("fries"), Item.MODIFIER_GROUPS, List.of(use("sauces")));
        group("sauces", Bound.UNSET, "mayo");
        item("mayo", "Mayo", "0.5");
    }

    private static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    private static Placement in(String id, long ordinal) {
        return new Placement(new RecordId(id), ordinal);
    }

    private static GroupUse use(String group) {
        return new GroupUse(new RecordId(group), 0, Bound.UNSET, Bound.UNSET, TriState.UNSET, List.of());
    }

    private <T> void set(RecordKey key, Field<T> field, T value) {
        FieldMap before = told.records.getOrDefault(key, FieldMap.EMPTY);
        FieldMap.Builder after = FieldMap.builder(key.kind());
        for (int i = 0; i < before.size(); i++) {
            after.put(before.field(i), before.value(i));
        }
        told.records.put(key, after.set(field, value).build());
    }

    private void category(String id, String name) {
        set(RecordKey.of(Kind.CATEGORY, id), Category.NAME, name);
    }

    private void item(String id, String name, String price) {
        set(item(id), Item.NAME, name);
        if (price != null) {
            set(item(id), Item.PRICE, Money.of(price, "USD"));
        }
    }

    private void group(String id, Bound min, String... items) {
        RecordKey key = RecordKey.of(Kind.MODIFIER_GROUP, id);
        set(key, ModifierGroup.NAME, id);
        set(key, ModifierGroup.MIN, min);
        set(
                key,
                ModifierGroup.OPTIONS,
                Arrays.stream(items)
                        .map(each ->
                                new Option(new RecordId(each), 0, null, TriState.UNSET, TriState.UNSET, Bound.UNSET))
                        .toList());
    }

    private JsonNode menus() throws IOException, InterruptedException {
        return caller.truth(store).path("menus");
    }

    private Map<RecordKey, FieldMap> only(RecordKey key) {
        return Map.of(key, told.records.getOrDefault(key, FieldMap.EMPTY));
    }

    @Test
    void createsAMenuHearsOfItAndReadsItBack() throws Exception {
        told.tell();
        assertThat(told.calls).isEqualTo(1);
        assertThat(told.outcomes.values()).containsOnly(new Outcome.Pending("tournant/dinner/n0"));

        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        JsonNode menu = menus().get(0);
        assertThat(told.remotes.get(DINNER).id().value())
                .isEqualTo(menu.path("id").asText());
        assertThat(menu.at("/menu/categories/0/items/0/name").asText()).isEqualTo("Burger & \"friends\"");
        assertThat(menu.at("/menu/categories/0/items/0/price").asInt()).isEqualTo(950);
        assertThat(menu.at("/menu/categories/0/items/0/extras/1/options/0/extras/0/options/0/price")
                        .asInt())
                .isEqualTo(50);
        assertThat(menu.path("open_hours")).as("nights are two spans").hasSize(14);
        assertThat(menu.path("special_hours").findValuesAsText("date")).containsExactly("2026-12-24", "2026-12-25");

        told.look();
        told.tell();
        assertThat(told.calls).as("what is held as it should be costs no call").isZero();
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
    }

    @Test
    void updatesAndMakesNoSecondMenu() throws Exception {
        told.tell();
        told.ended();
        told.look();
        set(item("soup"), Item.STATUS, SaleStatus.OFF);
        told.tell(only(item("soup")), Set.of());
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        told.records.remove(item("fries"));
        told.tell(Map.of(), Set.of(item("fries")));
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);

        assertThat(menus()).hasSize(1);
        JsonNode items = menus().get(0).at("/menu/categories/0/items");
        assertThat(items.at("/1/active").asBoolean()).isFalse();
        assertThat(items.toString()).doesNotContain("Fries");
        assertThat(menus().get(0).path("reference").asText()).isEqualTo("tournant/dinner/n2");
    }

    @Test
    void triesLaterWhatDoorDashRefusesWhileAJobIsPending() throws Exception {
        caller.control("faults", "{'jobStuckRatio':1}");
        told.tell();
        told.pending.clear();
        told.tell();
        assertThat(told.calls).isEqualTo(1);
        assertThat(told.outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.TryLater.class));
        assertThat(told.pending).isEmpty();
        assertThat(caller.truth(store).path("pending_jobs")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lostAnswerRatio", "resetRatio"})
    void createsNothingTwiceWhenAnAnswerIsLost(String fault) throws Exception {
        caller.control("faults", "{'" + fault + "':1}");
        told.tell();
        assertThat(told.outcomes.values())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Pending.class));
        caller.control("faults", "{'" + fault + "':0}");
        told.tell();
        assertThat(told.calls).as("while it is not known what became of it").isZero();
        told.ended();
        told.tell();
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        assertThat(menus()).hasSize(1);
    }

    @Test
    void findsAMenuWhoseWebhookWasLost() throws Exception {
        caller.control("faults", "{'webhookDropRatio':1}");
        told.tell();
        Caller.await(() ->
                standin.store(store).orElseThrow().truth().path("pending_jobs").isEmpty());
        told.pending.clear();
        told.look();
        told.tell();
        assertThat(told.calls).isZero();
        assertThat(told.outcomes.values()).containsOnly(Outcome.DONE);
        assertThat(menus()).hasSize(1);
    }

    @Test
    void keepsTheMenuWhoseHoursFailed() throws Exception {
        caller.control("faults", "{'hoursPhaseFailRatio':1}");
        told.tell();
        assertThat(told.ended().outcome())
                .isEqualTo(new Outcome.GiveUp("hours-failed", "The store hours could not be processed."));
        caller.control("faults", "{'hoursPhaseFailRatio':0}");
        told.tell();
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        assertThat(menus()).hasSize(1);
        assertThat(menus().get(0).path("open_hours")).isNotEmpty();
    }

    @Test
    void createsAgainWhatFailedAltogether() throws Exception {
        caller.control("faults", "{'menuPhaseFailRatio':1}");
        told.tell();
        assertThat(told.ended().outcome()).isInstanceOf(Outcome.GiveUp.class);
        caller.control("faults", "{'menuPhaseFailRatio':0}");
        told.tell();
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        assertThat(menus()).hasSize(1);
    }

    @Test
    void tellsTheRestWithoutTheItemThatIsToBlame() throws Exception {
        item("caviar", "Caviar", "250000");
        set(item("caviar"), Item.CATEGORIES, List.of(in("mains", 0)));
        told.tell();
        assertThat(told.calls).isEqualTo(2);
        assertThat(told.outcomes.get(item("caviar"))).isInstanceOf(Outcome.GiveUp.class);
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        assertThat(menus().get(0).toString()).contains("Soup").doesNotContain("Caviar");
    }

    @Test
    void tellsSeveralMenusOneAfterAnother() throws Exception {
        RecordKey lunch = RecordKey.of(Kind.MENU, "lunch");
        set(lunch, Menu.NAME, "Lunch");
        set(RecordKey.of(Kind.CATEGORY, "mains"), Category.MENUS, List.of(in("dinner", 0), in("lunch", 0)));
        told.tell();
        told.ended();
        told.look();
        told.tell();
        told.ended();
        told.look();
        told.tell();
        assertThat(told.calls).isZero();
        assertThat(menus()).hasSize(2);
        assertThat(told.remotes).containsKeys(DINNER, lunch);

        told.records.remove(lunch);
        told.tell(Map.of(), Set.of(lunch));
        assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        assertThat(menus().findValuesAsText("is_active")).containsExactlyInAnyOrder("true", "false");
    }

    @Test
    void passesWhatIsSoldOutOnToWhatNeedsIt() throws Exception {
        set(item("fries"), Item.STATUS, SaleStatus.OFF);
        set(item("salad"), Item.STATUS, SaleStatus.OFF);
        told.tell();
        assertThat(told.ended().outcome())
                .as("an extra without enough options would fail the whole menu")
                .isEqualTo(Outcome.DONE);
        assertThat(menus().get(0).at("/menu/categories/0/items/0/active").asBoolean())
                .isFalse();
    }

    @Test
    void opensAndClosesTheStore() throws Exception {
        told.tell();
        told.ended();
        set(STORE, Store.STATUS, SaleStatus.FOR_SALE);
        told.tell(Map.of(STORE, FieldMap.of(Store.STATUS, SaleStatus.FOR_SALE)), Set.of());
        assertThat(told.outcomes).isEqualTo(Map.of(STORE, Outcome.DONE));
        assertThat(caller.truth(store).path("is_active").asBoolean()).isTrue();
        set(STORE, Store.STATUS, SaleStatus.PAUSED);
        set(STORE, Store.UNTIL, Instant.now().plusSeconds(600));
        for (int i = 0; i < 2; i++) {
            told.tell(Map.of(STORE, FieldMap.of(Store.STATUS, SaleStatus.PAUSED)), Set.of());
            assertThat(told.outcomes).isEqualTo(Map.of(STORE, Outcome.DONE));
        }
        assertThat(caller.truth(store).path("is_active").asBoolean()).isFalse();
    }

    private List<FlatRecord> flat() {
        return told.records.entrySet().stream()
                .map(each -> {
                    RecordDelta delta = RecordDelta.set(each.getKey(), Stamp.at(Instant.EPOCH), 0, each.getValue());
                    return FlatRecord.unknown(each.getKey()).after(delta, delta.provenance(new LinkId("sq-1"), "e"), 1);
                })
                .toList();
    }

    @Test
    void isPulledFromWithoutAProblemAndMakesOneMenuOfTwoPulls() throws Exception {
        Hosting hosting = new DoorDashAdapter().hosting().orElseThrow();
        for (int i = 0; i < 2; i++) {
            byte[] page = hosting.page(told.link, flat(), new HashMap<>(told.remotes), Instant.now());
            try (Receiver endpoint = Receiver.answering(200, new String(page, StandardCharsets.UTF_8))) {
                ObjectNode asked = Json.object()
                        .put("store", store)
                        .put("url", endpoint.plainUrl())
                        .put("token", "t")
                        .put("ingest", true);
                JsonNode said = caller.control("pull", asked.toString()).body();
                assertThat(said.path("problems")).isEmpty();
                assertThat(said.path("references")).hasSize(1);
            }
            assertThat(told.ended().outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(menus()).hasSize(1);
        told.look();
        told.tell();
        assertThat(told.calls).as("what was pulled is what would be pushed").isZero();
    }
}
