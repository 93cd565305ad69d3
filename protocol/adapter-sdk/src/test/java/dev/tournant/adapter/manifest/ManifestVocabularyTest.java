package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Hours;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Store;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an ordinary partner needs beyond lists of objects with plain members. */
class ManifestVocabularyTest {
    private static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "i1");
    private static final String STORE_JSON = "{'id':'LOC','revision':3,'name':'Inn','taking_orders':true,'till':1,"
            + "'opening_hours':[{'weekday':'MON','opens':'09:00','closes':'24:00'}],"
            + "'special_days':[{'date':'2026-12-25','closed':true}]}";

    private static ManifestAdapter adapter(String from, String to) {
        assertThat(Potluck.YAML).contains(from);
        try {
            // What is complete does not go with pages of every sort.
            String yaml = Potluck.YAML.replace("    complete: [category, item, modifier-group]\n", "");
            return ManifestAdapter.of("potluck.yaml", yaml.replace(from, to));
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Payload payload(String resource, String json) {
        return new Payload(Potluck.LINK, Potluck.USD, resource, Potluck.RECEIVED, Potluck.json(json));
    }

    private static FieldMap only(Reading reading) {
        assertThat(reading.unreadable()).isEmpty();
        return Objects.requireNonNull(
                        Potluck.deltas(reading).values().iterator().next())
                .fields();
    }

    private static Answer answer(int status, String body) {
        return new Answer(status, Map.of(), Potluck.json(body), Potluck.RECEIVED);
    }

    @Test
    void aDocumentCanBeOneRecord() {
        ManifestAdapter potluck = Potluck.adapter();
        FieldMap store = only(potluck.read(payload("store", STORE_JSON)));
        assertThat(store.get(Store.NAME)).isEqualTo("Inn");
        Map<RecordKey, Remote> remotes = potluck.writing().orElseThrow().seen(payload("store", STORE_JSON));
        assertThat(remotes).containsOnlyKeys(STORE);
        assertThat(Objects.requireNonNull(remotes.get(STORE)).document()).isNotNull();
        assertThat(potluck.read(payload("store", "{'revision':3,'name':7}"))
                        .unreadable()
                        .get(0)
                        .path())
                .isEqualTo("name");
        assertThat(potluck.read(new Payload(
                                Potluck.LINK,
                                Potluck.USD,
                                null,
                                Potluck.RECEIVED,
                                Potluck.json("{'event_id':'e','type':'item.changed','account_id':'ACC','data':{}}")))
                        .unreadable()
                        .get(0))
                .hasToString("data.item: is missing");
    }

    @Test
    void openingHoursAreReadAndWrittenInPlace() {
        ManifestAdapter potluck = Potluck.adapter();
        Hours hours = Objects.requireNonNull(
                only(potluck.read(payload("store", STORE_JSON))).get(Store.HOURS));
        assertThat(hours.week())
                .containsExactly(new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(9, 0), LocalTime.MIDNIGHT));
        assertThat(hours.special()).containsExactly(new Hours.SpecialDay(LocalDate.of(2026, 12, 25), List.of()));
        Writing writing = potluck.writing().orElseThrow();
        Hours later = new Hours(
                null,
                List.of(new Hours.Span(DayOfWeek.SUNDAY, LocalTime.of(10, 0), LocalTime.of(14, 0))),
                hours.special());
        Call call = call(writing, Map.of(STORE, FieldMap.of(Store.HOURS, later)), "store", STORE_JSON);
        assertThat(call.request().json())
                .contains("{\"weekday\":\"SUN\",\"opens\":\"10:00\",\"closes\":\"14:00\"}")
                .contains("2026-12-25", "till");
        assertThat(writing.read(call, answer(412, "")).outcomes())
                .containsEntry(STORE, new Outcome.ReadAgain("store", "HTTP 412 "));
    }

    private static Call call(Writing writing, Map<RecordKey, FieldMap> wanted, String resource, String json) {
        return writing.plan(difference(wanted, Set.of(), writing.seen(payload(resource, json))))
                .steps()
                .get(0)
                .get(0);
    }

    private static Difference difference(
            Map<RecordKey, FieldMap> wanted, Set<RecordKey> removed, Map<RecordKey, Remote> remotes) {
        return new Difference(Potluck.LINK, Potluck.USD, wanted, removed, remotes, "n", Potluck.RECEIVED);
    }

    @Test
    void hoursByGroupsOfDays() {
        ManifestAdapter grouped = adapter(
                "day: weekday, named: {letters: 3}, from: opens",
                "days: on, named: [mo, tu, we, th, fr, sa, su], ranges: open, from: opens");
        Hours hours = only(grouped.read(payload(
                        "store", "{'opening_hours':[{'on':['mo','su'],'open':[{'opens':'09:00','closes':'17:00'}]}]}")))
                .get(Store.HOURS);
        assertThat(Objects.requireNonNull(hours).week())
                .extracting(Hours.Span::day)
                .containsExactly(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
    }

    @Test
    void amountsWithoutACurrencyAreInTheMerchants() {
        String page = "{'items':[{'id':'i1','revision':1,'name':'Tea','price_minor':250}]}";
        Currency yen = Currency.getInstance("JPY");
        ManifestAdapter potluck = Potluck.adapter();
        Payload payload = new Payload(Potluck.LINK, yen, "catalog", Potluck.RECEIVED, Potluck.json(page));
        assertThat(only(potluck.read(payload)).get(Item.PRICE)).isEqualTo(Money.of("250", "JPY"));
        Writing writing = potluck.writing().orElseThrow();
        Map<RecordKey, FieldMap> wanted = Map.of(TEA, FieldMap.of(Item.PRICE, Money.of("300", "JPY")));
        Call call = writing.plan(new Difference(
                        Potluck.LINK, yen, wanted, Set.of(), writing.seen(payload), "n", Potluck.RECEIVED))
                .steps()
                .get(0)
                .get(0);
        assertThat(call.request().json()).contains("\"price_minor\":300");
        assertThat(writing.plan(difference(wanted, Set.of(), writing.seen(payload)))
                        .settled()
                        .get(TEA))
                .as("yen, told to a merchant with prices in dollars")
                .isInstanceOf(Outcome.GiveUp.class);
    }

    @Test
    void aSearchHasItsParametersInTheBody() {
        ManifestAdapter searching = adapter("""
                    request: GET /locations/{location}/catalog?limit=100
                    page: {cursor: next_cursor, parameter: cursor}
                    since: {parameter: changed_since, from: as_of}
                """, """
                    request: POST /search
                    body: {of: "{location}", filter: {online: true}}
                    page: {number: page.number, size-parameter: page.size, size: 2}
                    since: {parameter: filter.since, from: as_of}
                """);
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", "2026-11-01T00:00:00Z");
        Request first = searching.open(fetch);
        assertThat(first.json())
                .isEqualTo("{\"of\":\"LOC\",\"filter\":{\"online\":true,\"since\":\"2026-11-01T00:00:00Z\"},"
                        + "\"page\":{\"size\":2,\"number\":1}}");
        Turn.Page page = (Turn.Page) searching.turn(fetch, first, answer(200, "{'items':[{},{}]}"));
        assertThat(Objects.requireNonNull(page.next()).json()).contains("\"number\":2");
        assertThat(Objects.requireNonNull(page.next()).repeatable()).isTrue();
    }

    @Test
    void theLastPageIsTheOneThatTheDocumentTells() {
        ManifestAdapter paged = adapter("cursor: next_cursor, parameter: cursor", "number: page, last: pages.last");
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", null);
        Request first = paged.open(fetch);
        assertThat(first.path()).endsWith("catalog?limit=100&page=1");
        Turn.Page one = (Turn.Page) paged.turn(fetch, first, answer(200, "{'items':[],'pages':{'last':2}}"));
        Request second = Objects.requireNonNull(one.next());
        assertThat(second.path()).endsWith("catalog?limit=100&page=2");
        for (String last : List.of("2", "'2'", "1")) {
            String full = "{'items':[{},{}],'pages':{'last':" + last + "}}";
            assertThat(((Turn.Page) paged.turn(fetch, second, answer(200, full))).next())
                    .isNull();
        }
        assertThat(((Turn.Page) paged.turn(fetch, first, answer(200, "{'pages':{'last':0}}"))).next())
                .as("of nothing at all, no page is the last")
                .isNull();
        for (String bad : List.of("{'items':[]}", "{'pages':{'last':'many'}}", "{'pages':{'last':1.5}}")) {
            assertThat(paged.turn(fetch, first, answer(200, bad))).asString().contains("pages.last", "last page");
        }
        assertThat(paged.turn(fetch, first, answer(200, "{}"))).isInstanceOf(Turn.Broken.class);
    }

    @Test
    void aSizeMayBeSaidAsWellAsTheLastPageIsTold() {
        ManifestAdapter paged =
                adapter("cursor: next_cursor, parameter: cursor", "number: page, first: 0, last: last, size: 50");
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", null);
        Request first = paged.open(fetch);
        assertThat(first.path()).contains("limit=50", "page=0");
        assertThat(((Turn.Page) paged.turn(fetch, first, answer(200, "{'items':[{}],'last':1}"))).next())
                .as("a page that is not full, and not the last")
                .isNotNull();
    }

    @Test
    void faultsAreToldByThePartnersNames() {
        Reading reading = Potluck.page("{'items':[{'id':'i1','name':'Tea','groups':[{'id':'g','position':'x'}]}]}");
        assertThat(reading.unreadable().get(0).path()).isEqualTo("items[0].groups[0].position");
        RecordDelta tea = Objects.requireNonNull(Potluck.deltas(reading).get(TEA));
        assertThat(tea.fields().get(Item.NAME)).as("the rest is read").isEqualTo("Tea");
        assertThat(tea.fields().has(Item.MODIFIER_GROUPS)).isFalse();
    }

    @Test
    void aNumberWrittenOutDoesNotFillTheMemory() {
        Reading reading = Potluck.page("{'items':[{'id':'i1','name':'Tea','revision':1E+999999999}]}");
        assertThat(reading.unreadable().get(0)).asString().contains("items[0].revision", "64 digits");
        assertThat(Objects.requireNonNull(Potluck.deltas(Potluck.page("{'items':[{'id':'i1','stock':2.50}]}"))
                                .get(TEA))
                        .fields()
                        .get(Item.QUANTITY))
                .isEqualTo(new BigDecimal("2.5"));
    }

    @Test
    void declaredCodesCountWhateverTheStatus() {
        ManifestAdapter potluck = Potluck.adapter();
        Answer busy = answer(200, "{'error':{'code':'busy'}}");
        Fetch fetch = new Fetch(Potluck.LINK, "catalog", null);
        assertThat(potluck.turn(fetch, potluck.open(fetch), busy)).isInstanceOf(Turn.Broken.class);
        Writing writing = potluck.writing().orElseThrow();
        Call remove = writing.plan(difference(
                        Map.of(),
                        Set.of(TEA),
                        writing.seen(payload("catalog", "{'items':[{'id':'i1','revision':2,'name':'Tea'}]}"))))
                .steps()
                .get(0)
                .get(0);
        assertThat(writing.read(remove, busy).outcomes().get(TEA)).isInstanceOf(Outcome.TryLater.class);
        assertThat(writing.read(remove, answer(200, "<html>")).outcomes().get(TEA))
                .isInstanceOf(Outcome.ReadAgain.class);
        assertThat(writing.read(remove, answer(204, "")).outcomes()).containsEntry(TEA, Outcome.DONE);
    }

    @Test
    void aTypeOfWebhookThatIsANumberIsReported() {
        Reading reading = Potluck.adapter()
                .read(new Payload(
                        Potluck.LINK,
                        Potluck.USD,
                        null,
                        Potluck.RECEIVED,
                        Potluck.json("{'event_id':'e','type':7,'account_id':'ACC'}")));
        assertThat(reading.unreadable().get(0).path()).isEqualTo("type");
    }
}
