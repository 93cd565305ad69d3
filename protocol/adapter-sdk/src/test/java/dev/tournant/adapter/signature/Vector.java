package dev.tournant.adapter.signature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A signed webhook that was not made by the code under test. */
record Vector(String name, Hook hook, Map<String, List<String>> secrets, Instant now) {
    WebhookScheme scheme() {
        return PartnerSchemes.ALL.get(name);
    }

    Keyring keys() {
        return Keyring.of(secrets);
    }

    /** The header that the scheme's signature or token stands in. */
    String signatureHeader() {
        return headers(scheme()).get(0).lowerCaseName();
    }

    private static List<PrefixedHeader> headers(WebhookScheme scheme) {
        return scheme instanceof HmacScheme hmac
                ? List.of(hmac.header())
                : scheme instanceof StaticToken token
                        ? List.of(token.header())
                        : headers(((AllOf) scheme).schemes().get(0));
    }

    static List<Vector> all() {
        List<Vector> all = new ArrayList<>();
        try (InputStream in = Vector.class.getResourceAsStream("/signature/vectors.json")) {
            Documents.object(in.readAllBytes()).path("vectors").forEach(each -> all.add(of(each)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Vector of(JsonNode node) {
        Map<String, String> headers = new HashMap<>();
        node.path("headers")
                .fields()
                .forEachRemaining(
                        each -> headers.put(each.getKey(), each.getValue().textValue()));
        Map<String, List<String>> secrets = new HashMap<>();
        node.path("keys").fields().forEachRemaining(each -> {
            List<String> values = new ArrayList<>();
            each.getValue().forEach(value -> values.add(value.textValue()));
            secrets.put(each.getKey(), values);
        });
        byte[] body = node.path("body").textValue().getBytes(StandardCharsets.UTF_8);
        return new Vector(
                node.path("scheme").textValue(),
                new Hook(node.path("url").textValue(), headers, body),
                secrets,
                Instant.parse(node.path("now").textValue()));
    }
}
