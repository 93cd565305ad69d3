package dev.tournant.http.server;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Secrets;
import dev.tournant.adapter.Signatures;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Verification;
import dev.tournant.model.PartnerName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A partner that signs the URL and the raw body, as Square does; it can do nothing else. */
final class SignedAdapter implements Adapter {
    private final PartnerName name;

    SignedAdapter(String name) {
        this.name = new PartnerName(name);
    }

    static String signature(String url, byte[] body, String key) {
        return HexFormat.of().formatHex(Signatures.hmacSha256(key, url.getBytes(StandardCharsets.UTF_8), body));
    }

    @Override
    public PartnerName partner() {
        return name;
    }

    @Override
    public Verification verify(Hook hook, Secrets secrets, Instant now) {
        if (hook.header("x-break").isPresent()) {
            throw new IllegalStateException("a bug in an adapter");
        }
        String given = hook.header("x-signature").orElse("");
        return Signatures.same(signature(hook.url(), hook.body(), secrets.signatureKey()), given)
                ? Verification.GENUINE
                : Verification.forged("the signature differs");
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WEBHOOKS);
    }

    @Override
    public List<String> resources() {
        return List.of();
    }

    @Override
    public Reading read(Payload payload) {
        throw new UnsupportedOperationException("the HTTP server never reads a payload");
    }

    @Override
    public Request open(Fetch fetch, Secrets secrets) {
        throw new UnsupportedOperationException("the HTTP server never fetches");
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer, Secrets secrets) {
        throw new UnsupportedOperationException("the HTTP server never fetches");
    }
}
