package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a manifest is said with its line, and all of it at once. */
class ManifestFaultsTest {
    private static List<String> faults(String yaml) {
        ManifestException refused =
                catchThrowableOfType(ManifestException.class, () -> ManifestAdapter.of("potluck.yaml", yaml));
        assertThat(refused).as("it is refused").isNotNull();
        return refused.faults().stream().map(Fault::toString).toList();
    }

    private static int line(String of) {
        int at = Potluck.YAML.indexOf(of);
        assertThat(at).isNotNegative();
        return 1
                + (int) Potluck.YAML
                        .substring(0, at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "partner: potluck | partner: Pot Luck | partner: ",
                "manifest: 1 | manifest: 2 | manifest: is of another format; this version reads 1",
                "scope: account, calls | scope: accounts, calls | limits[0].scope: must be one of account, address",
                "per: 1s | per: 1 sec | limits[0].per: must be a time such as 250ms, 30s",
                "per: 1s | at-once: 5 | limits[0].calls: does not go with at-once, which is a limit without a time",
                "per: 1s | per: 1s, burst: many | limits[0].burst: must be a whole number from 1 to 1000000",
                "per: 1s | per: 30d, burst: 1000 | burst: takes more than PT744H to drain; make it smaller",
                "per: 1s | per: 1s, headers: {reset: {header: x-reset}} | reset: is when the remaining calls are replaced",
                "per: 1s | per: 1s, headers: {remaining: x left} | remaining: must be the name of a header",
                "per: 1s | per: 1s, headers: {which: x-which} | limits[0].headers: which and says go together",
                "passing: busy | to-many: busy | is too-many meant?",
                "kind: modifier-group | kind: modifiers | \"modifiers\" is no kind of record; use one of store",
                "sku: sku | sku: {path: sku, value: x} | records.item.fields.sku.value: goes with where",
                "sku: sku | squ: sku | records.item.fields.squ: is no field; is sku meant? Known are name, description",
                "status: {path: state | statsu: {path: state | fields.statsu: is no field; is status meant? Known are name",
                "phone: phone | telephone: phone | fields.telephone: is no field; known are name",
                "true: for-sale | true: forsale | fields.status.words.true: \"forsale\" is no value of status; use one of for-sale",
                "other: paused | other: pause | item.fields.status.other: \"pause\" is no value of status; use one of for-sale",
                "-1: unlimited | -1: endless | option-group.fields.max.codes.-1: ",
                "money: minor, currency: merchant}` | money: cents, currency: merchant}` | must be one of e5, exact, hundredths, minor, text",
                "form: hex | form: hexadecimal | webhooks.signature.hmac.form: must be one of base64",
                "header: X-Potluck-Signature | header: `X Potluck` | must be the name of a header",
                "items: item, | items: itm, | resources.catalog.records.items: there is no record \"itm\"; known are store, category, item",
                "{signals: catalog} | {signals: katalog} | there is no resource \"katalog\"; known are store, catalog",
                "covers: store | covers: shop | webhooks.events.store.changed.covers: there is no resource \"shop\"; known are store",
                "covers: store | covers: catalog | catalog holds lists: say signals, only a resource of single objects can be covered",
                "covers: store | covers: store, signals: store | signals says to fetch store: say either",
                "data.store: store | data.store: item | objects must say where in the body the store is that store holds",
                "request: GET | request: FETCH | must be a method and a path, such as GET /items?limit=100",
                "{location}/catalog | {store}/catalog | has {store}; known are {account}, {location}",
                "nested: {options: option} | nested: {options: choice} | there is no record \"choice\"",
                "RETIRED: off | RETIRED: [ | is no YAML",
                "lock: catalog | off: {quantity: 0} | writing.off: must have a status that is not for sale, as in {status: paused",
                "lock: catalog | off: {status: for-sale} | writing.off: must have a status that is not for sale",
                "lock: catalog | off: {status: pause} | writing.off.status: \"pause\" is unknown; use one of for-sale, paused, off",
                "lock: catalog | off: {status: paused, quantitiy: 0} | writing.off.quantitiy: is unknown here; is quantity meant?",
                "lock: catalog | off: {status: paused, quantity: none} | writing.off.quantity: \"none\" is no decimal number",
                "lock: catalog | off: {status: paused, quantity: 3} | writing.off.quantity: must be 0, or null where nothing is counted",
                "lock: catalog | off: {status: paused, stock-tracked: false} | writing.off.stock-tracked: is told of no item; say under records",
                "summary: A | sumary: A | is summary meant?",
                "id: event_id | ids: event_id | is id meant?",
                "production: https | production: ftp | must be http(s)://host[:port][/path]",
                "time: rfc3339} | time: rfc822} | must be one of epoch-millis, epoch-seconds, rfc3339",
                "currency: merchant} | currency: merchants} | or \"merchant\" for the merchant's own",
                "{$: store} | {$: shop} | resources.store.objects.$: there is no record \"shop\"",
                "day: weekday | dai: weekday | is day meant?",
                "{letters: 3} | {letters: 1} | named.letters: must be a whole number from 2 to 9",
                "{letters: 3} | [MON, TUE] | must be seven names, from Monday to Sunday",
                "closed: closed | closed: .closed | must be names with dots between them",
                "name: name | name: $ | name: is an element itself, and goes into each or one only",
                "each: {object: {group: id, | each: {object: {group: $, | is the element itself, which has no other members",
                "parameter: cursor} | parameter: cursor, lasts: 2d} | resources.catalog.lasts: must be from PT0S to PT24H",
                "{cursor: next_cursor, parameter: cursor} | {number: page} | page: size is missing",
                "{cursor: next_cursor, parameter: cursor} | {offset: at, size: 5, last: n} | last: goes with number",
                "{cursor: next_cursor, parameter: cursor} | {number: p, last: n, size-parameter: s} | goes with size",
                "{cursor: next_cursor, parameter: cursor} | {number: p, size: 5} | complete: goes with one page, or with pages that name",
                "update: PUT /locations/{location}/items/{id} | batch: {call: POST /b, objects: o, most: 5, answers: a} | leave out create",
                "remove: DELETE /locations/{location}/categories/{id} | batch: {call: POST /b, objects: o, most: 1, answers: a} | leave out create",
                "update: PUT /locations/{location}/items/{id} | patch: PATCH /items/{nr} | patch: has {nr}; known are {account}, {id}",
                "location: location_id | each: {path: m, by: account} | webhooks.account: is the name under which the events stand",
                "location: location_id | each: {path: m, by: locaton} | webhooks.each.by: must be one of account, location, not",
                "location: location_id | each: {by: account} | webhooks.each: path is missing",
                "location: location_id | each: a..b | webhooks.each: must be names with dots between them",
                "at: created_at | handshake: a..b | webhooks.handshake: must be names with dots between them",
                "at: created_at | at: {path: at, time: epoch} | webhooks.at.time: must be one of epoch-millis, epoch-seconds",
                "at: created_at | at: {path: at, form: rfc3339} | webhooks.at.form: is unknown here",
                "id: event_id | id: [] | webhooks.id: must name at least one path",
                "id: event_id | id: [a, ''] | webhooks.id[1]: must be names with dots between them",
                "type: type | type: {path: type, before: ''} | webhooks.type.before: must be the character",
                "tolerance: 1h | tolerance: 8d | webhooks.signature.hmac.fresh.tolerance: must be from PT1S to PT168H",
            })
    void areSaidWithTheirLine(String good, String bad, String said) {
        String name = good.replace("`", "");
        List<String> faults = faults(Potluck.YAML.replace(name, bad.replace("`", "")));
        assertThat(faults.get(0)).contains(said);
        int shown = Integer.parseInt(faults.get(0).substring(0, faults.get(0).indexOf(':')));
        assertThat(shown).isBetween(line(name) - 1, line(name) + 4);
    }

    @Test
    void areSaidAllAtOnceInOrder() {
        List<String> faults = faults(Potluck.YAML
                .replace("partner: potluck", "partner: Pot Luck")
                .replace("name: calls", "name: Calls")
                .replace("sku: sku", "sqs: sku")
                .replace("form: hex", "form: hax"));
        assertThat(faults).hasSize(4);
        assertThat(faults).isSortedAccordingTo((one, two) -> Integer.compare(number(one), number(two)));
    }

    private static int number(String fault) {
        return Integer.parseInt(fault.substring(0, fault.indexOf(':')));
    }

    @Test
    void areSaidOfWhatIsNoManifestAtAll() {
        assertThat(faults("")).singleElement().asString().contains("is empty");
        assertThat(faults("[]").get(0)).contains("must hold names and values");
        assertThat(faults("a: b").get(0)).contains("a: is unknown here");
        assertThat(faults("partner: x\npartner: y").get(0)).isEqualTo("2: partner: stands there twice");
        assertThat(faults("manifest: 1").get(0)).contains("records is missing");
        assertThat(faults("x".repeat(Yaml.CHARS_MAX + 1)).get(0)).contains("more than");
    }

    @Test
    void countYesAndNoAsWords() throws Exception {
        assertThat(ManifestAdapter.of(
                        "p.yaml", Potluck.YAML.replace("{true: \"yes\", false: \"no\"}", "{YES: yes, NO: no}")))
                .isNotNull();
    }
}
