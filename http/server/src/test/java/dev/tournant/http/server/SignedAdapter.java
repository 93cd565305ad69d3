package dev.tournant.http.server;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Signatures;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** A partner that signs the URL and the raw body, as Square does, and pulls the names of all records. */
final class SignedAdapter implements Adapter {
    private final PartnerName name;
    /** Whether every webhook meets a bug. */
    final AtomicBoolean broken = new AtomicBoolean();
    /** Whether it pulls. */
    final AtomicBoolean pulls = new AtomicBoolean(true);

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
    public Set<Capability> capabilities() {
        return Set.of(Capability.WEBHOOKS);
    }

    @Override
    public AuthScheme authentication() {
        return new StaticHeader(PrefixedHeader.bearer(), Keyring.ACCESS_TOKEN);
    }

    @Override
    public List<Limit> limits() {
        return List.of();
    }

    @Override
    public Refusals refusals() {
        return Refusals.at("code", "message");
    }

    @Override
    public Optional<Webhooks> webhooks() {
        WebhookScheme scheme = HmacScheme.sha256("x-signature", SignatureForm.HEX, SignedPart.URL, SignedPart.BODY);
        return Optional.of(new Webhooks() {
            @Override
            public WebhookScheme scheme() {
                if (broken.get()) {
                    throw new IllegalStateException("a bug in an adapter");
                }
                return scheme;
            }

            /** The body is {@code ["account", …]}. */
            @Override
            public List<Part> parts(byte[] body) {
                List<Part> parts = new ArrayList<>();
                for (String account : new String(body, StandardCharsets.UTF_8).split("[^A-Z0-9]+", -1)) {
                    if (!account.isEmpty()) {
                        parts.add(new Part(account, null, account.getBytes(StandardCharsets.UTF_8)));
                    }
                }
                if (parts.isEmpty()) {
                    throw new InvalidValue("names no account");
                }
                return parts;
            }
        });
    }

    @Override
    public Optional<Hosting> hosting() {
        return pulls.get() ? Optional.of(new Names()) : Optional.empty();
    }

    private static final class Names implements Hosting {
        @Override
        public WebhookScheme scheme() {
            return new StaticToken(PrefixedHeader.bearer(), Keyring.SIGNATURE_KEY);
        }

        @Override
        public byte[] page(Link link, Collection<FlatRecord> records, Map<RecordKey, Remote> remotes, Instant now) {
            String keys = records.stream()
                    .map(each -> '"' + each.key().toString() + '"')
                    .collect(Collectors.joining(","));
            String held = new java.util.TreeMap<>(remotes)
                    .entrySet().stream()
                            .map(each -> '"' + each.getKey().toString() + "="
                                    + each.getValue().id() + '"')
                            .collect(Collectors.joining(",", "[", "]"));
            return ("{\"location\":\"" + link.location() + "\",\"at\":\"" + now + "\",\"records\":[" + keys
                            + "],\"held\":" + held + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
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
    public Request open(Fetch fetch) {
        throw new UnsupportedOperationException("the HTTP server never fetches");
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        throw new UnsupportedOperationException("the HTTP server never fetches");
    }
}
