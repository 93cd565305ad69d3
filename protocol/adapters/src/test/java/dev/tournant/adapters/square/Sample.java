package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Documents of a made-up seller, and the link that they belong to. */
final class Sample {
    static final Link LINK = new Link(new LinkId("sq-1"), SquareAdapter.SQUARE, "ACCOUNT", "HERE", "main");
    static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");

    private Sample() {}

    static byte[] bytes(String name) {
        try (InputStream in = Sample.class.getResourceAsStream("/square/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode document(String name) {
        return Documents.object(bytes(name));
    }

    static Reading read(@Nullable String resource, byte[] body) {
        return new SquareAdapter().read(new Payload(LINK, Currency.getInstance("USD"), resource, RECEIVED, body));
    }

    /** JSON with single quotes. */
    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
