package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A made-up partner. */
final class Potluck {
    static final Link LINK = new Link(new LinkId("pl-1"), new PartnerName("potluck"), "ACC", "LOC", "main");
    static final Currency USD = Currency.getInstance("USD");
    static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");
    static final String YAML = resource("/potluck/potluck.yaml");

    private Potluck() {}

    static ManifestAdapter adapter() {
        try {
            return ManifestAdapter.of("potluck.yaml", YAML);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    static String text(String name) {
        return resource("/manifest/" + name);
    }

    private static String resource(String name) {
        try (InputStream in = Potluck.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    static Reading page(String json) {
        return adapter().read(new Payload(LINK, USD, "catalog", RECEIVED, json(json)));
    }

    static Map<RecordKey, RecordDelta> deltas(Reading reading) {
        Map<RecordKey, RecordDelta> deltas = new HashMap<>();
        reading.events().forEach(event -> event.deltas().forEach(delta -> deltas.put(delta.key(), delta)));
        return deltas;
    }

    static String written(Object json) {
        return Documents.text((com.fasterxml.jackson.databind.JsonNode) json);
    }
}
