package dev.tournant.deploy.standins.potluck;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapter.auth.TokenReply;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.conformance.Counterpart;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first location of the stand-in, over HTTP, as the example manifest speaks to it, token and all. A fault that is
 * asked for holds for one request.
 */
final class PotluckCounterpart implements Counterpart {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final ManifestAdapter adapter = adapter();
    private final PotluckStandin standin;
    private final PotluckStandin.Place place;
    private final Keyring keys;
    private @Nullable Token token;

    PotluckCounterpart(PotluckStandin standin) {
        this.standin = standin;
        this.place = standin.places().get(0);
        this.keys = Keyring.of("client-id", standin.clientId(), "client-secret", standin.clientSecret());
    }

    static ManifestAdapter adapter() {
        try (InputStream yaml = PotluckCounterpart.class.getResourceAsStream("/potluck/potluck.yaml")) {
            byte[] text = Objects.requireNonNull(yaml, "the example").readAllBytes();
            return ManifestAdapter.of("potluck.yaml", new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    Link link() {
        return new Link(new LinkId("pl-1"), adapter.partner(), place.account(), place.location(), "main");
    }

    @Override
    public boolean reset() {
        standin.setFaults(Faults.NONE);
        return false;
    }

    @Override
    public boolean editElsewhere(String partnersId) {
        String object = partnersId.equals("store") ? place.location() : partnersId;
        return standin.edit(place.location(), EditKind.RENAME, Optional.of(object))
                .isPresent();
    }

    @Override
    public boolean refuseNext() {
        standin.setFaults(Faults.NONE.with(Json.object().put("rateLimitRatio", 1)));
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        standin.setFaults(Faults.NONE.with(Json.object().put("lostAnswerRatio", 1)));
        return true;
    }

    @Override
    public Answer send(Request bare) {
        ClientCredentials scheme = (ClientCredentials) adapter.authentication();
        if (token == null) {
            TokenReply reply = scheme.read(raw(scheme.obtain(keys)), null, Instant.now());
            token = ((TokenReply.Granted) reply).token();
        }
        try {
            return raw(scheme.authorise(bare, keys, token, Instant.now()));
        } finally {
            standin.setFaults(Faults.NONE);
        }
    }

    /** As it is, without authorisation. */
    Answer raw(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(standin.baseUrl() + request.path()))
                .timeout(Duration.ofSeconds(10));
        request.headers().forEach(builder::header);
        @Nullable String body = request.json();
        builder.method(
                request.method(),
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpResponse<byte[]> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), headers, response.body(), Instant.now());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
