package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema says what the reader says, as far as a schema can. */
class ManifestSchemaTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Objects.requireNonNull(ManifestAdapter.class.getResourceAsStream("manifest.schema.json")));

    private static Set<ValidationMessage> problems(String yaml) {
        JsonNode document = Plains.node(Yaml.parse(yaml).plain());
        return SCHEMA.validate(document);
    }

    @Test
    void takesWhatTheReaderTakes() {
        assertThat(problems(Potluck.YAML)).isEmpty();
        assertThat(problems(ManifestLimitsTest.YAML)).isEmpty();
        assertThat(problems(Potluck.YAML.replace(
                        "cursor: next_cursor, parameter: cursor", "number: page, last: pages.last")))
                .isEmpty();
        assertThat(problems(Potluck.YAML.replace("parameter: cursor}", "parameter: cursor, lasts: 30m}")))
                .isEmpty();
        assertThat(problems(Potluck.YAML.replace("update: PUT", "patch: PATCH")))
                .isEmpty();
        assertThat(problems(ManifestBatchTest.YAML)).isEmpty();
        assertThat(problems(ManifestManyTest.BY_ACCOUNT)).isEmpty();
        assertThat(problems(ManifestManyTest.LISTED)).isEmpty();
        assertThat(problems(Potluck.YAML.replace("at: created_at", "at: {path: at, time: epoch-seconds}")))
                .isEmpty();
        assertThat(problems(Potluck.YAML.replace(
                        "lock: catalog", "off: {status: paused, quantity: 0, until: null, stock-tracked: false}")))
                .isEmpty();
        assertThat(problems(Potluck.YAML.replace("sku: sku", "photos: {path: picture, one: $}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "manifest: 1 | manifest: 2",
                "partner: potluck | partner: Pot Luck",
                "partner: potluck | partnr: potluck",
                "scope: account, calls | scope: accounts, calls",
                "per: 1s | per: 1 sec",
                "calls: 20, per: 1s | calls: 20, per: 1s, at-once: 3",
                "calls: 20, per: 1s | at-once: 20, burst: 3",
                "calls: 20, per: 1s | calls: 20, per: 1s, burst: 0",
                "calls: 20, per: 1s | calls: 20, per: 1s, headers: {reset: {header: x-reset}}",
                "calls: 20, per: 1s | calls: 20, per: 1s, headers: {left: x-left}",
                "calls: 20, per: 1s | calls: 20, per: 1s, headers: {remaining: x-left, which: x-which}",
                "kind: modifier-group | kind: modifiers",
                "money: minor | money: cents",
                "form: hex | form: hexadecimal",
                "request: GET | request: FETCH",
                "production: https | production: ftp",
                "time: rfc3339} | time: rfc822}",
                "tolerance: 1h | tolerance: soon",
                "id: event_id | ids: event_id",
                "{signals: catalog} | {signal: catalog}",
                "id: event_id | id: [event_id, {path: ts}]",
                "type: type | `type: {path: type, after: x}`",
                "at: created_at | at: {path: ts, time: soon}",
                "type: type | `type: type\n  each: {path: merchants, by: type}`",
                "type: type | `type: type\n  each: {by: account}`",
                "type: type | `type: type\n  each: {path: merchants, by: account}`",
                "path: price_minor, money | path: price_minor, number: exact, money",
                "create: POST /locations/{location}/items | patch: PATCH /items/{id}",
                "create: POST /locations/{location}/items | batch: {call: POST /b, objects: o, most: 5, answers: a}",
                "remove: DELETE /locations/{location}/items/{id} | batch: {call: POST /b, objects: o, answers: a}",
                "by: category, each: | one: $, each:",
                "create: POST /locations | creates: POST /locations",
                "lock: catalog | off: {quantity: 0}",
                "lock: catalog | off: {status: for-sale}",
                "lock: catalog | off: {status: paused, quantity: 3}",
                "lock: catalog | off: {status: off, name: Gone}",
                "currency: merchant | currency: merchants",
                "objects: {$: store} | object: {$: store}",
                "{letters: 3} | {letters: 1}",
                "day: weekday, | dai: weekday,",
                "closed: closed, | closes: closed,",
                "client-credentials: | client-credential:",
                "parameter: cursor} | parameter: cursor, lasts: long}",
                "{cursor: next_cursor, parameter: cursor} | {cursor: next_cursor}",
                "{cursor: next_cursor, parameter: cursor} | {number: page}",
                "{cursor: next_cursor, parameter: cursor} | {number: page, last: n, size-parameter: limit}",
                "{cursor: next_cursor, parameter: cursor} | {offset: at, size: 5, last: n}",
            })
    void refusesWhatTheReaderRefuses(String good, String bad) {
        String yaml = Potluck.YAML.replace(good, bad);
        assertThat(yaml).isNotEqualTo(Potluck.YAML);
        assertThat(problems(yaml)).isNotEmpty();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ManifestAdapter.of("potluck.yaml", yaml)))
                .isInstanceOf(ManifestException.class);
    }
}
