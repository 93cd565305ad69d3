package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Webhooks;
import dev.tournant.model.Bound;
import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Store;
import dev.tournant.model.TriState;
import dev.tournant.model.Whole;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ManifestReadingTest {
    private final ManifestAdapter potluck = Potluck.adapter();

    private static FieldMap fields(Map<RecordKey, RecordDelta> deltas, Kind kind, String id) {
        return Objects.requireNonNull(deltas.get(RecordKey.of(kind, id)), id).fields();
    }

    @Test
    void readsAPageIntoRecords() {
        Reading reading = Potluck.page(Potluck.text("catalog.json"));
        Map<RecordKey, RecordDelta> deltas = Potluck.deltas(reading);
        FieldMap tea = fields(deltas, Kind.ITEM, "i1");
        assertThat(tea.get(Item.NAME)).isEqualTo("Tea");
        assertThat(tea.get(Item.DESCRIPTION)).isEqualTo("A pot.");
        assertThat(tea.get(Item.PRICE)).isEqualTo(Money.of("2.50", "USD"));
        assertThat(tea.get(Item.STATUS)).isEqualTo(SaleStatus.FOR_SALE);
        assertThat(tea.get(Item.QUANTITY)).isEqualTo(new BigDecimal("3.5"));
        assertThat(tea.get(Item.ALCOHOL)).isFalse();
        assertThat(tea.get(Item.CATEGORIES)).containsExactly(new Placement(new RecordId("c2"), 1));
        assertThat(tea.get(Item.MODIFIER_GROUPS)).hasSize(1);
        assertThat(fields(deltas, Kind.ITEM, "i2").get(Item.STATUS))
                .as("an unknown word")
                .isEqualTo(SaleStatus.PAUSED);
        assertThat(fields(deltas, Kind.CATEGORY, "c1").get(Category.VISIBLE)).isEqualTo(TriState.YES);
        assertThat(fields(deltas, Kind.CATEGORY, "c1").get(Category.PARENT)).isNull();
        assertThat(fields(deltas, Kind.CATEGORY, "c2").get(Category.PARENT))
                .isEqualTo(new Placement(new RecordId("c1"), 2));
        FieldMap milk = fields(deltas, Kind.MODIFIER_GROUP, "g1");
        assertThat(milk.get(ModifierGroup.MIN)).isEqualTo(Bound.NONE);
        assertThat(milk.get(ModifierGroup.MAX)).isEqualTo(Bound.UNLIMITED);
        assertThat(milk.get(ModifierGroup.OPTIONS)).hasSize(2);
        assertThat(fields(deltas, Kind.ITEM, "o1").get(Item.PRICE)).isEqualTo(Money.of("0.50", "USD"));
        RecordDelta gone = Objects.requireNonNull(deltas.get(RecordKey.of(Kind.CATEGORY, "c3")));
        assertThat(gone.presence()).isEqualTo(Presence.TOMBSTONE);
        assertThat(gone.version()).isEqualTo(9);
        assertThat(gone.stamp().instant()).isEqualTo(Instant.parse("2026-11-20T09:02:00Z"));
    }

    @Test
    void aPageOfSeveralTellsOnlyWithTheOthersWhatIsGone() throws ManifestException {
        List<Whole> paged = wholes(Potluck.page("{'items':[{'id':'i1','name':'Tea'}]}"));
        assertThat(paged).extracting(Whole::kind).containsExactly(Kind.CATEGORY, Kind.ITEM, Kind.MODIFIER_GROUP);
        assertThat(paged).allMatch(whole -> whole.span() == Whole.Span.FETCH);
        assertThat(wholes(Potluck.page("{'items':[{'name':'x'}]}")))
                .as("not read wholly")
                .isEmpty();
        String since = "\n    since: {parameter: changed_since, from: as_of}";
        String page = "\n    page: {cursor: next_cursor, parameter: cursor}";
        assertThat(wholes(page(Potluck.YAML.replace(page, "")))).allMatch(whole -> whole.span() == Whole.Span.FETCH);
        assertThat(wholes(page(Potluck.YAML.replace(page, "").replace(since, ""))))
                .hasSize(3)
                .allMatch(whole -> whole.span() == Whole.Span.EVENT);
    }

    @Test
    void saysHowLongAPageCanBeAskedFor() throws ManifestException {
        assertThat(potluck.pagesLast("catalog")).isEqualTo(Duration.ofMinutes(5));
        String yaml = Potluck.YAML.replace("parameter: cursor}", "parameter: cursor, lasts: 30m}");
        assertThat(ManifestAdapter.of("potluck.yaml", yaml).pagesLast("catalog"))
                .isEqualTo(Duration.ofMinutes(30));
    }

    private static Reading page(String yaml) throws ManifestException {
        return ManifestAdapter.of("potluck.yaml", yaml)
                .read(new Payload(
                        Potluck.LINK, Potluck.USD, "catalog", Potluck.RECEIVED, Potluck.json("{'items':[]}")));
    }

    private static List<Whole> wholes(Reading reading) {
        return reading.events().get(0).wholes();
    }

    @Test
    void reportsWhatItCannotReadByPathAndReadsTheRest() {
        Reading reading = Potluck.page(Potluck.text("catalog.json"));
        assertThat(reading.unreadable()).hasSize(1);
        assertThat(reading.unreadable().get(0))
                .hasToString("items[2].price_minor (item i3): must be a whole number, not \"four\"");
        assertThat(Potluck.page("nonsense").unreadable()).hasSize(1);
        assertThat(Potluck.page("{'items':7}").unreadable().get(0).toString()).startsWith("items: must be a list");
        assertThat(Potluck.page("{'items':[{'name':'x'}]}").unreadable().get(0).toString())
                .isEqualTo("items[0].id (item): is missing");
    }

    @Test
    void asksPageAfterPageFromWhereTheFetchBeforeEnded() {
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", "2026-11-01T00:00:00Z");
        Request first = potluck.open(fetch);
        assertThat(first.toString())
                .isEqualTo("GET /locations/LOC/catalog?limit=100&changed_since=2026-11-01T00%3A00%3A00Z");
        assertThat(first.headers()).containsExactly(Map.entry("Potluck-Version", "2026-01"));
        Turn.Page page = (Turn.Page) potluck.turn(fetch, first, answer(200, Potluck.text("catalog.json")));
        assertThat(page.until()).isEqualTo("2026-11-20T10:00:00Z");
        Request second = Objects.requireNonNull(page.next());
        assertThat(second.path()).isEqualTo(first.path() + "&cursor=p2");
        assertThat(potluck.turn(fetch, second, answer(200, "{'next_cursor':'p2'}")))
                .as("the same cursor again")
                .isInstanceOf(Turn.Broken.class);
        assertThat(potluck.turn(fetch, second, answer(200, "{'next_cursor':''}")))
                .isEqualTo(new Turn.Page(null, null));
    }

    private static Answer answer(int status, String json) {
        return new Answer(status, Map.of("retry-after", "3"), Potluck.json(json), Potluck.RECEIVED);
    }

    @Test
    void readsRefusalsAsTheManifestSays() {
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", null);
        Request first = potluck.open(fetch);
        assertThat(potluck.turn(fetch, first, answer(429, "")))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ofSeconds(3), "HTTP 429")));
        assertThat(potluck.turn(fetch, first, answer(400, "{'error':{'code':'busy','message':'m'}}")))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ofSeconds(3), "HTTP 400 busy: m")));
        assertThat(potluck.turn(fetch, first, answer(400, "{'error':{'code':'bad','message':'m'}}")))
                .isEqualTo(new Turn.Broken(new Outcome.GiveUp("bad", "HTTP 400 bad: m")));
    }

    @Test
    void takesWebhooks() {
        Webhooks webhooks = potluck.webhooks().orElseThrow();
        byte[] body = Potluck.json("{'event_id':'e1','type':'item.changed','account_id':'ACC','location_id':'LOC',"
                + "'data':{'item':{'id':'i1','revision':9,'name':'Tea','price_minor':275}}}");
        Keyring keys = Keyring.of(Keyring.SIGNATURE_KEY, "key");
        Hook signed = webhooks.scheme().sign(new Hook("https://x", Map.of(), body), keys, Potluck.RECEIVED);
        assertThat(webhooks.scheme().verify(signed, keys, Potluck.RECEIVED)).isEqualTo(Verification.GENUINE);
        assertThat(webhooks.scheme()
                        .verify(signed, keys, Potluck.RECEIVED.plusSeconds(7_200))
                        .genuine())
                .isFalse();
        assertThat(webhooks.parts(body)).hasSize(1).first().satisfies(part -> {
            assertThat(part.account()).isEqualTo("ACC");
            assertThat(part.location()).isEqualTo("LOC");
        });
        Reading reading = potluck.read(new Payload(Potluck.LINK, Potluck.USD, null, Potluck.RECEIVED, body));
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.events().get(0).id()).isEqualTo("e1");
        assertThat(fields(Potluck.deltas(reading), Kind.ITEM, "i1").get(Item.PRICE))
                .isEqualTo(Money.of("2.75", "USD"));
    }

    @Test
    void takesWebhooksThatAreForms() throws ManifestException {
        ManifestAdapter forms = ManifestAdapter.of(
                "potluck.yaml", Potluck.YAML.replace("form: hex", "form: hex\n      form-field: event"));
        Webhooks webhooks = forms.webhooks().orElseThrow();
        String json = "{\"event_id\":\"e1\",\"type\":\"item.changed\",\"account_id\":\"ACC\",\"location_id\":\"LOC\","
                + "\"data\":{\"item\":{\"id\":\"i1\",\"revision\":9,\"name\":\"Tea & scones + jam\",\"price_minor\":275}}}";
        byte[] body = FormBody.of(Map.of("event", json, "sent_by", "till 3")).getBytes(StandardCharsets.UTF_8);
        Keyring keys = Keyring.of(Keyring.SIGNATURE_KEY, "key");
        Hook signed = webhooks.scheme().sign(new Hook("https://x", Map.of(), body), keys, Potluck.RECEIVED);
        assertThat(webhooks.scheme().verify(signed, keys, Potluck.RECEIVED)).isEqualTo(Verification.GENUINE);
        Webhooks.Part part = webhooks.parts(body).get(0);
        assertThat(part.account()).isEqualTo("ACC");
        assertThat(part.location()).isEqualTo("LOC");
        Reading reading = forms.read(new Payload(Potluck.LINK, Potluck.USD, null, Potluck.RECEIVED, part.body()));
        assertThat(reading.unreadable()).isEmpty();
        FieldMap tea = fields(Potluck.deltas(reading), Kind.ITEM, "i1");
        assertThat(tea.get(Item.NAME)).isEqualTo("Tea & scones + jam");
        assertThat(tea.get(Item.PRICE)).isEqualTo(Money.of("2.75", "USD"));
        Payload bare =
                new Payload(Potluck.LINK, Potluck.USD, null, Potluck.RECEIVED, json.getBytes(StandardCharsets.UTF_8));
        assertThat(forms.read(bare).unreadable().get(0)).asString().contains("has no form field event");
    }

    @Test
    void readsSignalsAndRefusesWebhooksOfOthers() {
        assertThat(webhook("{'event_id':'e2','type':'catalog.changed','account_id':'ACC'}")
                        .events()
                        .get(0)
                        .signals())
                .containsExactly("catalog");
        assertThat(webhook("{'event_id':'e3','type':'drawer.opened','account_id':'ACC'}")
                        .unreadable())
                .isEmpty();
        assertThat(webhook("{'event_id':'e4','type':'catalog.changed','account_id':'OTHER'}")
                        .unreadable()
                        .get(0)
                        .path())
                .isEqualTo("account_id");
        assertThat(webhook("{'type':'catalog.changed','account_id':'ACC'}")
                        .unreadable()
                        .get(0)
                        .path())
                .isEqualTo("event_id");
    }

    @Test
    void saysWhichPartOfAnEventIsMissing() {
        assertThat(webhook("{'type':'catalog.changed'}").unreadable()).hasToString("[event_id: is missing]");
        assertThat(webhook("{'event_id':'e1','account_id':'ACC'}").unreadable().toString())
                .contains("type: is missing");
        assertThat(webhook("{'event_id':{},'type':'catalog.changed','account_id':'ACC'}")
                        .unreadable())
                .hasToString("[event_id: must be text]");
    }

    @Test
    void knowsWebhooksThatCarryAllOfAResource() {
        String store = "{'event_id':'e5','type':'store.changed','account_id':'ACC','data':{'store':%s}}";
        Reading whole = webhook(String.format(store, "{'revision':9,'name':'Lantern','taking_orders':false}"));
        assertThat(whole.covers()).containsExactly("store");
        assertThat(fields(Potluck.deltas(whole), Kind.STORE, "store").get(Store.NAME))
                .isEqualTo("Lantern");

        Reading odd = webhook(String.format(store, "{'revision':9,'name':7}"));
        assertThat(odd.unreadable()).isNotEmpty();
        assertThat(odd.covers()).as("what cannot be read would stay as it was").isEmpty();
        assertThat(webhook("{'event_id':'e6','type':'store.changed','account_id':'ACC'}")
                        .covers())
                .as("without the store")
                .isEmpty();
    }

    private Reading webhook(String json) {
        return potluck.read(new Payload(Potluck.LINK, Potluck.USD, null, Potluck.RECEIVED, Potluck.json(json)));
    }

    @Test
    void declaresWhatItsManifestHolds() {
        assertThat(potluck.capabilities())
                .containsExactlyInAnyOrder(
                        Capability.READ_CATALOGUE,
                        Capability.WRITE_CATALOGUE,
                        Capability.READ_STOCK,
                        Capability.WRITE_STOCK,
                        Capability.READ_STORE,
                        Capability.WRITE_STORE,
                        Capability.WEBHOOKS,
                        Capability.INCREMENTAL);
        assertThat(potluck.limits()).hasSize(2);
        assertThat(potluck.resources()).isEqualTo(List.of("store", "catalog"));
        assertThat(potluck.environments()).containsOnlyKeys("production", "sandbox");
    }
}
