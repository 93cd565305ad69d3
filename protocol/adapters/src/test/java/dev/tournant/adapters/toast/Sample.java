package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents of a made-up restaurant, and the link that they belong to. */
final class Sample {
    static final Link LINK = new Link(new LinkId("toast-1"), ToastAdapter.TOAST, "HERE", "HERE", "main");
    static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");
    static final Currency USD = Currency.getInstance("USD");

    private Sample() {}

    static byte[] bytes(String name) {
        try (InputStream in = Sample.class.getResourceAsStream("/toast/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode menus() {
        return Documents.object(bytes("menus.json"));
    }

    static Payload payload(@Nullable String resource, byte[] body) {
        return new Payload(LINK, USD, resource, RECEIVED, body);
    }

    static Reading read(@Nullable String resource, byte[] body) {
        return new ToastAdapter().read(payload(resource, body));
    }

    static Reading read(@Nullable String resource, JsonNode document) {
        return read(resource, Documents.text(document).getBytes(StandardCharsets.UTF_8));
    }

    static Map<RecordKey, FieldMap> records(Reading reading) {
        Map<RecordKey, FieldMap> records = new TreeMap<>();
        for (RecordDelta delta : reading.events().get(0).deltas()) {
            records.put(delta.key(), delta.fields());
        }
        return records;
    }

    /** JSON with single quotes. */
    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
