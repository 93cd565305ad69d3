package dev.tournant.deploy.standins.toast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.deploy.standins.core.Receiver;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.GroupUse;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tournant's adapter reads this Toast, tells it stock, and reads it back. */
class ToastAdapterTest {
    private final ToastStandin standin = ToastStandin.start(Setup.quick());
    private final String guid = standin.restaurants().get(0);
    private final Restaurant restaurant = standin.restaurant(guid).orElseThrow();
    private final Told told = new Told(standin, guid);

    @AfterEach
    void close() {
        standin.close();
    }

    private static RecordKey item(String id) {
        return RecordKey.of(Kind.ITEM, id);
    }

    private static Set<String> ids(Map<RecordKey, FlatRecord> records, Kind kind) {
        Set<String> ids = new TreeSet<>();
        records.keySet().stream()
                .filter(key -> key.kind() == kind)
                .forEach(key -> ids.add(key.id().value()));
        return ids;
    }

    @Test
    void readsEveryRestaurantWithoutComplaint() {
        for (String each : standin.restaurants()) {
            Map<RecordKey, FlatRecord> records = new Told(standin, each).round();
            Restaurant there = standin.restaurant(each).orElseThrow();
            assertThat(ids(records, Kind.ITEM)).isEqualTo(published(there, "guid"));
            assertThat(ids(records, Kind.MENU)).hasSize(there.book().menus().size());
            assertThat(ids(records, Kind.CATEGORY))
                    .hasSize(there.book().menuGroups().size());
            assertThat(records.get(RecordKey.of(Kind.STORE, "store")).get(Store.CURRENCY))
                    .contains(Currency.getInstance(there.identity().currency()));
            assertRefersToWhatIsThere(records);
        }
    }

    /** The guids of items and options that are published. */
    private static Set<String> published(Restaurant there, String name) {
        ObjectNode document = there.published().orElseThrow();
        Set<String> guids = new TreeSet<>();
        document.findValues("menuItems")
                .forEach(
                        items -> items.forEach(each -> guids.add(each.path(name).asText())));
        document.path("modifierOptionReferences")
                .forEach(each -> guids.add(each.path(name).asText()));
        return guids;
    }

    private static void assertRefersToWhatIsThere(Map<RecordKey, FlatRecord> records) {
        for (FlatRecord record : records.values()) {
            for (GroupUse use : record.key().kind() == Kind.ITEM
                    ? record.get(Item.MODIFIER_GROUPS).orElse(List.of())
                    : List.<GroupUse>of()) {
                assertThat(records).containsKey(new RecordKey(Kind.MODIFIER_GROUP, use.group()));
            }
            for (Option option : record.key().kind() == Kind.MODIFIER_GROUP
                    ? record.get(ModifierGroup.OPTIONS).orElseThrow()
                    : List.<Option>of()) {
                assertThat(records).containsKey(new RecordKey(Kind.ITEM, option.item()));
            }
        }
    }

    @Test
    void readsPricesToTheCent() {
        Map<RecordKey, FlatRecord> records = told.round();
        int compared = 0;
        for (JsonNode item : restaurant.book().items().values()) {
            if (item.path("pricingStrategy").asText().equals("BASE_PRICE")) {
                Money expected = Money.of(
                        String.format(Locale.ROOT, "%.2f", item.path("price").asDouble()),
                        restaurant.identity().currency());
                assertThat(records.get(item(item.path("guid").asText())).get(Item.PRICE))
                        .contains(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void asksForMenusOnlyWhereThereAreOthers() {
        told.round();
        told.asked.clear();
        Map<RecordKey, FlatRecord> before = told.round();
        assertThat(told.asked).contains("GET /menus/v2/metadata").doesNotContain("GET /menus/v2/menus");

        Edit edit = standin.edit(guid, EditKind.PRICE);
        standin.edit(guid, EditKind.PRICE, edit.guid(), DoubleNode.valueOf(77.77));
        assertThat(differing(before, told.round())).as("not published yet").isEmpty();

        told.asked.clear();
        standin.edit(guid, EditKind.PUBLISH);
        Map<RecordKey, FlatRecord> after = told.round();
        assertThat(told.asked).contains("GET /menus/v2/metadata", "GET /menus/v2/menus");
        assertThat(after.get(item(edit.guid())).get(Item.PRICE))
                .contains(Money.of("77.77", restaurant.identity().currency()));
        assertThat(differing(before, after)).containsExactly(item(edit.guid()));
    }

    @Test
    void seesNoChangeInAPublicationThatOnlyNumbersAnew() {
        Map<RecordKey, FlatRecord> before = told.round();
        String document = restaurant.published().orElseThrow().toString();
        standin.edit(guid, EditKind.PUBLISH);
        assertThat(restaurant.published().orElseThrow().toString()).isNotEqualTo(document);
        assertThat(differing(before, told.round())).isEmpty();
    }

    private static Set<RecordKey> differing(Map<RecordKey, FlatRecord> before, Map<RecordKey, FlatRecord> after) {
        Set<RecordKey> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> before.containsKey(key)
                && after.containsKey(key)
                && before.get(key).fields().equals(after.get(key).fields()));
        return keys;
    }

    /** Stock is read once more between the publication and the menus, as it happens. */
    @Test
    void losesWhatIsArchivedThoughItsStockWasToldOfSince() {
        Set<String> before = ids(told.round(), Kind.ITEM);
        Edit gone = standin.edit(guid, EditKind.ARCHIVE_ITEM);
        standin.edit(guid, EditKind.PUBLISH);
        told.fetch("stock");

        Set<String> after = ids(told.round(), Kind.ITEM);

        assertThat(before).contains(gone.guid());
        assertThat(after).doesNotContain(gone.guid()).isEqualTo(published(restaurant, "guid"));
    }

    @Test
    void tellsStockAndReadsItBack() {
        List<RecordKey> items = told.round().keySet().stream()
                .filter(key -> key.kind() == Kind.ITEM)
                .limit(4)
                .toList();
        RecordKey nobodys = item("nobody-s");
        told.know(nobodys, new Remote(new RecordId("00000000-0000-0000-0000-000000000000"), 0, null));
        Map<RecordKey, FieldMap> wanted = new HashMap<>();
        wanted.put(items.get(0), FieldMap.of(Item.QUANTITY, new BigDecimal("7.5")));
        wanted.put(items.get(1), FieldMap.of(Item.STATUS, SaleStatus.OFF));
        wanted.put(items.get(2), FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE));
        wanted.put(items.get(3), FieldMap.of(Item.NAME, "Ours"));
        wanted.put(nobodys, FieldMap.of(Item.STATUS, SaleStatus.OFF));
        told.asked.clear();

        told.tell(wanted);

        assertThat(told.asked).containsExactly("PUT /stock/v1/inventory/update");
        assertThat(told.outcomes)
                .containsEntry(items.get(0), Outcome.DONE)
                .containsEntry(items.get(1), Outcome.DONE)
                .containsEntry(items.get(2), Outcome.DONE);
        assertThat(code(items.get(3))).isEqualTo("read-only");
        assertThat(code(nobodys)).isEqualTo("unknown-item");
        Map<RecordKey, FlatRecord> now = told.round();
        assertThat(now.get(items.get(0)).get(Item.QUANTITY)).contains(new BigDecimal("7.5"));
        assertThat(now.get(items.get(0)).get(Item.STOCK_TRACKED)).contains(true);
        assertThat(now.get(items.get(1)).get(Item.STATUS)).contains(SaleStatus.PAUSED);
        assertThat(now.get(items.get(2)).get(Item.STATUS)).contains(SaleStatus.FOR_SALE);

        told.tell(Map.of(items.get(1), FieldMap.of(Item.STATUS, SaleStatus.FOR_SALE)));
        assertThat(told.round().get(items.get(1)).get(Item.STATUS))
                .as("absent from the list is in stock")
                .contains(SaleStatus.FOR_SALE);
    }

    private String code(RecordKey key) {
        return told.outcomes.get(key) instanceof Outcome.GiveUp no ? no.code() : "";
    }

    @Test
    void believesWebhooksAndKnowsWhatToAskFor() throws Exception {
        Webhooks webhooks = new ToastAdapter().webhooks().orElseThrow();
        Keyring keys = Keyring.of(Map.of(Keyring.SIGNATURE_KEY, List.of("of-menus", "of-stock")));
        try (Receiver receiver = Receiver.open()) {
            standin.subscribe(Category.MENUS, receiver.url(), "of-menus");
            standin.subscribe(Category.STOCK, receiver.url(), "of-stock");
            standin.edit(guid, EditKind.PUBLISH);
            assertThat(signals(webhooks, keys, receiver.next())).containsExactly("menus");
            String someItem = restaurant.book().items().keySet().iterator().next();
            standin.edit(guid, EditKind.QUANTITY, someItem, MissingNode.getInstance());
            assertThat(signals(webhooks, keys, receiver.next())).containsExactly("stock");
        }
    }

    private List<String> signals(Webhooks webhooks, Keyring keys, Receiver.Delivery delivery) {
        byte[] body = delivery.body().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new HashMap<>();
        delivery.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        assertThat(webhooks.scheme().verify(new Hook("https://x", headers, body), keys, Instant.now()))
                .isEqualTo(Verification.GENUINE);
        assertThat(webhooks.parts(body)).extracting(Webhooks.Part::account).containsExactly(guid);
        Payload payload = new Payload(told.link, Currency.getInstance("USD"), null, Instant.now(), body);
        return new ToastAdapter().read(payload).events().get(0).signals();
    }
}
