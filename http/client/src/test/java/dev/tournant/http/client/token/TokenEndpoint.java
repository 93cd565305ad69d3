package dev.tournant.http.client.token;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A partner that replaces refresh tokens: each is good once. The n-th token is {@code access-n} with {@code refresh-n};
 * the code {@code code} begins.
 */
final class TokenEndpoint implements TokenCalls {
    /** Stands among the grants for a request that a gate did not let through. */
    static final String REFUSED = "refused by the gate";

    final List<String> grants = new ArrayList<>();
    private final Time time;
    private final Deque<Object> instead = new ArrayDeque<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean holds;
    private int tokens;
    private @Nullable String refresh;
    Duration life = Duration.ofHours(1);

    TokenEndpoint(Time time) {
        this.time = time;
    }

    /** Answers the next request so; a status with Retry-After in seconds, or none. */
    synchronized void answerNext(int status, String body, @Nullable String retryAfter) {
        instead.add(new Answer(
                status,
                retryAfter == null ? Map.of() : Map.of("retry-after", retryAfter),
                body.getBytes(StandardCharsets.UTF_8),
                time.now()));
    }

    synchronized void dropNext() {
        instead.add(new Unreachable("reset"));
    }

    /** The gate has no room for the next request. */
    synchronized void refuseNext(Duration after) {
        instead.add(new Gates.Refused(after, "the limit of square is used up"));
    }

    /** Takes requests, and answers them when {@link #letGo} is called. */
    synchronized void hold() {
        holds = true;
    }

    void letGo() {
        List<Runnable> all;
        synchronized (this) {
            holds = false;
            all = new ArrayList<>(held);
            held.clear();
        }
        all.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Answer> send(TokenName name, Keyring keys, Request request) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        synchronized (this) {
            String body = String.valueOf(request.json());
            grants.add(field(body, "grant_type"));
            Object other = instead.poll();
            if (other instanceof Gates.Refused) {
                grants.set(grants.size() - 1, REFUSED);
            }
            if (other instanceof RuntimeException failure) {
                answer.completeExceptionally(failure);
                return answer;
            }
            Answer reply = other instanceof Answer given ? given : granted(body);
            if (holds) {
                held.add(() -> answer.complete(reply));
                return answer;
            }
            answer.complete(reply);
        }
        return answer;
    }

    private Answer granted(String body) {
        String grant = field(body, "grant_type");
        boolean good = grant.equals("client_credentials")
                || (grant.equals("authorization_code") && field(body, "code").equals("code"))
                || (grant.equals("refresh_token")
                        && field(body, "refresh_token").equals(refresh));
        if (!good) {
            return json(400, "{\"error\": \"invalid_grant\"}");
        }
        tokens++;
        refresh = "refresh-" + tokens;
        return json(
                200,
                "{\"access_token\": \"access-" + tokens + "\", \"refresh_token\": \"" + refresh + "\", \"expires_in\": "
                        + life.toSeconds() + "}");
    }

    private Answer json(int status, String body) {
        return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), time.now());
    }

    private static String field(String body, String name) {
        Optional<byte[]> value = FormBody.field(body.getBytes(StandardCharsets.UTF_8), name);
        return new String(value.orElse(new byte[0]), StandardCharsets.UTF_8);
    }
}
