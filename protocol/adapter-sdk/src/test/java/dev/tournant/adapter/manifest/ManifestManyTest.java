package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Webhooks;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Webhooks that hold several events: of one account, or of many. */
class ManifestManyTest {
    /** {@code {"merchants": {"ACC": [{…}], "OTHER": [{…}]}}}. */
    static final String BY_ACCOUNT = with("each: {path: shops.changed, by: account}", "")
            .replace("  location: location_id\n", "")
            .replace("at: created_at", "at: {path: ts, time: epoch-millis}")
            .replace("id: event_id", "id: [object, ts]")
            .replace("  type: type", "  type: {path: object, before: \":\"}")
            .replace("item.changed:", "item:")
            .replace("catalog.changed:", "menu:");

    /** {@code [{"account_id": "ACC", "location_id": "LOC", …}, …]}. */
    static final String LISTED = with("each: $", "account: account_id");

    private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

    private static String with(String each, String account) {
        return Potluck.YAML
                .replace("    hmac:", "    static-token: {header: X-Token}\n  skipped:")
                .replaceAll("(?s)  skipped:.*?(?=  id: event_id)", "")
                .replace("  account: account_id", account.isEmpty() ? "  " + each : "  " + each + "\n  " + account);
    }

    private static ManifestAdapter adapter(String yaml) {
        try {
            return ManifestAdapter.of("potluck.yaml", yaml);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Webhooks.Part> parts(String yaml, String json) {
        return adapter(yaml).webhooks().orElseThrow().parts(Potluck.json(json));
    }

    /** What each part is addressed to, and holds. */
    private static List<String> shown(List<Webhooks.Part> parts) {
        return parts.stream()
                .map(part -> new StringJoiner(" ")
                        .add(String.valueOf(part.account()))
                        .add(String.valueOf(part.location()))
                        .add(new String(part.body(), StandardCharsets.UTF_8).replace('"', '\''))
                        .toString())
                .toList();
    }

    private static Link link(String account, @Nullable String location) {
        return new Link(new LinkId("pl-1"), Potluck.LINK.partner(), account, location, "main");
    }

    private static Reading read(String yaml, Link link, byte[] body) {
        return adapter(yaml).read(new Payload(link, Potluck.USD, null, Potluck.RECEIVED, body));
    }

    private static Reading read(String yaml, String json) {
        return read(yaml, Potluck.LINK, Potluck.json(json));
    }

    private static String at(Instant time) {
        return String.valueOf(time.toEpochMilli());
    }

    @Test
    void eachAccountHasAPartWithItsOwnEventsAndNothingElse() {
        assertThat(shown(parts(
                        BY_ACCOUNT,
                        "{'app':'A','shops':{'all':7,'changed':{'M1':[{'object':'item:1'},{'object':'menu:2'}],"
                                + "'M2':[],'M.3':{'object':'item:3'},'M4':null}}}")))
                .containsExactly(
                        "M1 null {'shops':{'changed':{'M1':[{'object':'item:1'},{'object':'menu:2'}]}}}",
                        "M.3 null {'shops':{'changed':{'M.3':[{'object':'item:3'}]}}}");
    }

    @Test
    void whatIsOfOneAccountAloneIsHandedOnAsItCame() {
        String body = "{ 'app':'A', 'shops':{'changed':{'M1':[{'object':'item:1'}]}} }";
        assertThat(shown(parts(BY_ACCOUNT, body))).containsExactly("M1 null " + body);
    }

    @Test
    void entriesOfAListNameTheirAccountAndLocation() {
        assertThat(shown(parts(
                        LISTED,
                        "[{'account_id':'A','location_id':'L1','n':1},{'account_id':'B'},{'account_id':'A','location_id':'L2'},"
                                + "{'account_id':'A','location_id':'L1','n':2}]")))
                .containsExactly(
                        "A L1 [{'account_id':'A','location_id':'L1','n':1},{'account_id':'A','location_id':'L1','n':2}]",
                        "B null [{'account_id':'B'}]",
                        "A L2 [{'account_id':'A','location_id':'L2'}]");
        String inAList = LISTED.replace("each: $", "each: lots.0.events");
        List<Webhooks.Part> cut = parts(
                inAList, "{'lots':[{'events':[{'account_id':'ACC','event_id':'e','type':'x'},{'account_id':'B'}]}]}");
        assertThat(read(inAList, Potluck.LINK, cut.get(0).body()).unreadable())
                .as("a place in a list, of which only that is left")
                .isEmpty();
        assertThat(shown(parts(LISTED.replace("each: $", "each: events"), "{'events':{'account_id':'A'},'x':1}")))
                .containsExactly("A null {'events':{'account_id':'A'},'x':1}");
    }

    @Test
    void namesMayBeThoseOfLocations() {
        String yaml = LISTED.replace("each: $", "each: {path: $, by: location}")
                .replace("  account: account_id\n", "")
                .replace("  location: location_id\n", "");
        assertThat(shown(parts(yaml, "{'L1':[{'n':1}],'L2':[{'n':2}]}")))
                .containsExactly("null L1 {'L1':[{'n':1}]}", "null L2 {'L2':[{'n':2}]}");
        assertThat(shown(parts(
                        yaml.replace("by: location}", "by: location}\n  account: account_id"),
                        "{'L1':[{'account_id':'A'},{'n':2}]}")))
                .as("a location may be of an account that is not named")
                .containsExactly("A L1 {'L1':[{'account_id':'A'}]}", " null {'L1':[{'n':2}]}");
    }

    @Test
    void aLocationMayBeAllThatIsNamed() {
        String yaml = Potluck.YAML.replace("  account: account_id\n", "");
        assertThat(shown(parts(yaml, "{'location_id':'L1'}"))).containsExactly("null L1 {'location_id':'L1'}");
        assertThatThrownBy(() -> parts(yaml, "{}")).hasMessage("location_id: names no location");
        assertThat(read(yaml, "{'event_id':'e','type':'catalog.changed'}").unreadable())
                .hasToString("[location_id: is of location , but the link's location is LOC]");
    }

    @Test
    void whatNamesNobodyIsNobodysAndTheOthersAreTold() {
        assertThat(shown(parts(LISTED, "[{'account_id':'A'},{'location_id':'L1'},7,{'account_id':''}]")))
                .containsExactly("A null [{'account_id':'A'}]", " null [{'location_id':'L1'},7,{'account_id':''}]");
        assertThat(shown(parts(BY_ACCOUNT, "{'shops':{'changed':{'':[{'object':'item:1'}],'M1':5}}}")))
                .containsExactly(
                        " null {'shops':{'changed':{'':[{'object':'item:1'}]}}}",
                        "M1 null {'shops':{'changed':{'M1':[5]}}}");
    }

    @Test
    void aBodyWithoutEventsIsRefused() {
        for (String body : List.of("{}", "{'shops':{'changed':{}}}", "{'shops':{'changed':[{}]}}", "{'shops':7}")) {
            assertThatThrownBy(() -> parts(BY_ACCOUNT, body))
                    .as(body)
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageStartingWith("shops.changed: ");
            assertThat(read(BY_ACCOUNT, body).unreadable())
                    .singleElement()
                    .extracting(Reading.Unreadable::path)
                    .isEqualTo("shops.changed");
        }
        assertThatThrownBy(() -> parts(LISTED, "{}")).hasMessage("must be a JSON list");
        assertThatThrownBy(() -> parts(LISTED, "[]")).hasMessage("$: holds no event");
        assertThatThrownBy(() -> parts(LISTED, "[" + "1,".repeat(EventList.EVENTS_MAX) + "1]"))
                .hasMessageContaining("more than " + EventList.EVENTS_MAX);
    }

    @Test
    void aPartOfAFormIsAForm() {
        String yaml = Potluck.YAML
                .replace("form: hex", "form: hex\n      form-field: event")
                .replace("  id: event_id", "  each: all\n  id: event_id");
        String json = "{\"all\":[{\"account_id\":\"A\",\"name\":\"50 % & more\"},{\"account_id\":\"B\"}]}";
        byte[] body = FormBody.of(Map.of("event", json, "by", "till")).getBytes(StandardCharsets.UTF_8);
        Webhooks hooks = adapter(yaml).webhooks().orElseThrow();
        assertThat(hooks.parts(body))
                .extracting(part ->
                        new String(hooks.scheme().body().json(part.body()), StandardCharsets.UTF_8).replace('"', '\''))
                .containsExactly("{'all':[{'account_id':'A','name':'50 % & more'}]}", "{'all':[{'account_id':'B'}]}");
    }

    private static List<String> ids(Reading reading) {
        return reading.events().stream().map(PartnerEvent::id).toList();
    }

    @Test
    void eachEventIsReadByItself() {
        Reading reading = read(
                LISTED,
                "[{'event_id':'e1','type':'catalog.changed','account_id':'ACC'},"
                        + "{'event_id':'e2','type':'item.changed','account_id':'ACC','location_id':'LOC',"
                        + "'data':{'item':{'id':'i1','name':'Tea','price_minor':'x'}}},"
                        + "{'type':'item.changed','account_id':'ACC'},"
                        + "{'event_id':'e4','type':'item.changed','account_id':'ACC'},7]");
        assertThat(ids(reading)).containsExactly("e1", "e2", "e4");
        assertThat(reading.events().get(0).signals()).containsExactly("catalog");
        assertThat(Objects.requireNonNull(Potluck.deltas(reading).get(RecordKey.of(Kind.ITEM, "i1")))
                        .fields()
                        .get(Item.NAME))
                .isEqualTo("Tea");
        assertThat(reading.unreadable())
                .extracting(Reading.Unreadable::path)
                .containsExactly("$[1].data.item.price_minor", "$[2].event_id", "$[3].data.item", "$[4].event_id");
    }

    @Test
    void whatIsOfAnotherAccountOrLocationIsReportedAndNotRead() {
        Reading reading = read(
                BY_ACCOUNT,
                "{'shops':{'changed':{'OTHER':[{'object':'menu:1','ts':1}],'ACC':[{'object':'menu:2','ts':2}]}}}");
        assertThat(ids(reading)).containsExactly("menu:2/2");
        assertThat(reading.unreadable())
                .hasToString("[shops.changed.OTHER[0]: is of account OTHER, but the link's account is ACC]");
        String body = "[{'event_id':'e1','type':'catalog.changed','account_id':'ACC','location_id':'L9'}]";
        assertThat(read(LISTED, body).unreadable())
                .hasToString("[$[0].location_id: is of location L9, but the link's location is LOC]");
        assertThat(read(LISTED, link("ACC", null), Potluck.json(body)).unreadable())
                .as("a link to all of the account")
                .isEmpty();
    }

    @Test
    void anIdIsMadeOfSeveralValuesSoThatNoTwoAreTheSame() {
        String body = "{'shops':{'changed':{'ACC':[{'object':'%s','ts':'%s'}]}}}";
        assertThat(ids(read(BY_ACCOUNT, String.format(body, "menu:a/b", "c")))).containsExactly("menu:a~1b/c");
        assertThat(ids(read(BY_ACCOUNT, String.format(body, "menu:a", "b/c")))).containsExactly("menu:a/b~1c");
        assertThat(ids(read(BY_ACCOUNT, String.format(body, "menu:~1", "c")))).containsExactly("menu:~01/c");
        assertThat(read(BY_ACCOUNT, String.format(body, "menu:" + "a".repeat(300), "c"))
                        .unreadable())
                .hasToString("[shops.changed.ACC[0].object: makes an id of 307 characters; 200 can be remembered]");
        assertThat(read(BY_ACCOUNT, "{'shops':{'changed':{'ACC':[{'object':'menu:1'}]}}}")
                        .unreadable())
                .hasToString("[shops.changed.ACC[0].ts: is missing]");
    }

    @Test
    void theTypeIsWhatStandsBeforeTheMark() {
        String body = "{'shops':{'changed':{'ACC':[{'object':'%s','ts':1}]}}}";
        assertThat(read(BY_ACCOUNT, String.format(body, "menu:1:2"))
                        .events()
                        .get(0)
                        .signals())
                .containsExactly("catalog");
        assertThat(read(BY_ACCOUNT, String.format(body, "menu")).events().get(0).signals())
                .as("without the mark, all of it")
                .containsExactly("catalog");
        assertThat(read(BY_ACCOUNT, String.format(body, "men:1"))
                        .events()
                        .get(0)
                        .signals())
                .as("another type")
                .isEmpty();
    }

    @Test
    void severalEventsAreAsLateAsTheLastThatAsksForAFetch() {
        String body = "{'shops':{'changed':{'ACC':[{'object':'menu:1','ts':%s},{'object':'menu:2','ts':%s},"
                + "{'object':'drawer:1','ts':%s}]}}}";
        Instant later = TEN.plusSeconds(60);
        Instant latest = TEN.plusSeconds(90);
        assertThat(read(BY_ACCOUNT, String.format(body, at(later), at(TEN), at(latest)))
                        .at())
                .isEqualTo(later);
        assertThat(read(BY_ACCOUNT, String.format(body, 1, at(TEN), at(latest))).at())
                .as("one that does not say may be the last")
                .isNull();
    }

    @Test
    void onlyAWebhookOfOneEventCoversAResource() {
        String store =
                "{'event_id':'e%d','type':'store.changed','account_id':'ACC','data':{'store':{'name':'Lantern'}}}";
        assertThat(read(LISTED, "[" + String.format(store, 1) + "]").covers()).containsExactly("store");
        assertThat(read(LISTED, "[" + String.format(store, 1) + "," + String.format(store, 2) + "]")
                        .covers())
                .isEmpty();
    }

    private static List<String> faults(String yaml) {
        return catchThrowableOfType(ManifestException.class, () -> ManifestAdapter.of("potluck.yaml", yaml))
                .faults()
                .stream()
                .map(Fault::detail)
                .toList();
    }

    @Test
    void whatCouldNeverFitIsRefusedWithTheManifest() {
        assertThat(faults(BY_ACCOUNT.replace("  item: {objects", "  \"item:\": {objects")))
                .singleElement()
                .asString()
                .startsWith("never comes: a type ends before \":\"");
        for (String field : List.of(
                "parts: [{field: time}, body]",
                "parts: body, key-in: link",
                "parts: body, fresh: {field: time, form: rfc3339, tolerance: 1h}")) {
            String hmac = "hmac: {header: X-Sign, form: hex, " + field + "}";
            String yaml = LISTED.replace("static-token: {header: X-Token}", hmac);
            assertThat(faults(yaml)).as(field).singleElement().asString().startsWith("reads a field of the body");
            assertThat(adapter(yaml.replace("each: $", "each: events"))).isNotNull();
        }
    }
}
