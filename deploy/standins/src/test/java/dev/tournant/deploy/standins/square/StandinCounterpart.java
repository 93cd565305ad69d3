package dev.tournant.deploy.standins.square;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapters.square.SquareAdapter;
import dev.tournant.conformance.Counterpart;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A seller of the stand-in, over HTTP. A fault that is asked for holds for one request. */
final class StandinCounterpart implements Counterpart {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Adapter adapter = new SquareAdapter();
    private final SquareStandin standin;
    private final SquareStandin.Account account;

    StandinCounterpart(SquareStandin standin, SquareStandin.Account account) {
        this.standin = standin;
        this.account = account;
    }

    @Override
    public boolean reset() {
        standin.setFaults(Faults.NONE);
        return false;
    }

    @Override
    public boolean editElsewhere(String partnersId) {
        return standin.edit(account.merchantId(), EditKind.RENAME, partnersId).isPresent();
    }

    @Override
    public boolean refuseNext() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'rateLimitRatio':1}")));
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        standin.setFaults(Faults.NONE.with(Counter.json("{'lostAnswerRatio':1}")));
        return true;
    }

    @Override
    public Answer send(Request bare) {
        Token token = new Token(account.token(), null, Instant.EPOCH, Instant.MAX);
        Request request = adapter.authentication().authorise(bare, Keyring.of(), token, Instant.EPOCH);
        HttpRequest.Builder builder = HttpRequest.newBuilder(standin.url().resolve(request.path()))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json");
        request.headers().forEach(builder::header);
        @Nullable String json = request.json();
        builder.method(
                request.method(),
                json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        try {
            HttpResponse<byte[]> response = CLIENT.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, String> headers = new HashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
            return new Answer(response.statusCode(), headers, response.body(), Instant.now());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            standin.setFaults(Faults.NONE);
        }
    }
}
