package dev.tournant.http.client.token;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One partner, one store, and as many nodes as a test needs. */
final class TokenWorld {
    static final PartnerName SQUARE = new PartnerName("square");
    static final TokenName NAME = new TokenName(SQUARE, "main");
    static final Keyring KEYS = Keyring.of("client-id", "id", "client-secret", "canary-secret");
    static final String BACK = "https://us.example/back";

    private static final TokenCall.Format FORM = TokenCall.Format.FORM;
    private static final Renewal RENEWAL = new Renewal(Duration.ofMinutes(10), null);

    static final AuthorizationCode BY_CODE = new AuthorizationCode(
            TokenCall.authorizationCode("/token", FORM),
            TokenCall.refreshToken("/token", FORM),
            TokenFields.standard(),
            RENEWAL,
            PrefixedHeader.bearer());
    static final ClientCredentials OWN = new ClientCredentials(
            TokenCall.clientCredentials("/token", FORM), TokenFields.standard(), RENEWAL, PrefixedHeader.bearer());

    final ManualTime time = new ManualTime();
    final TokenEndpoint partner = new TokenEndpoint(time);
    final TokensInMemory store = new TokensInMemory(time::nanos);
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    static TokenConfig config(String... overrides) {
        Config all = ConfigFactory.parseResources("tournant-client.conf").resolve();
        Config tokens = ConfigFactory.parseString(String.join("\n", overrides))
                .withFallback(all.getConfig("tournant.client.partner-else.tokens"));
        return TokenConfig.read(SQUARE, tokens, Duration.ofSeconds(10));
    }

    Tokens node(String... overrides) {
        return node(store, overrides);
    }

    Tokens node(TokenStore with, String... overrides) {
        Parts parts = new Parts(with, partner, time, Runnable::run, new TokenMetrics(registry));
        return new Tokens(Map.of(SQUARE, config(overrides)), parts);
    }

    /** A node on whose partner a merchant's code was spent. */
    Tokens authorised(String... overrides) {
        Tokens node = node(overrides);
        now(node.exchange(NAME, BY_CODE, KEYS, "code", BACK));
        return node;
    }

    static String access(CompletionStage<Held> held) {
        return now(held).token().access();
    }

    static <T> T now(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!future.isDone()) {
            throw new AssertionError("is still under way");
        }
        return future.join();
    }

    static NoToken failure(CompletionStage<?> stage) {
        try {
            throw new AssertionError("ended well: " + now(stage));
        } catch (CompletionException e) {
            if (e.getCause() instanceof NoToken no) {
                return no;
            }
            throw e;
        }
    }

    double count(String outcome) {
        return registry.counter(TokenMetrics.RENEWALS, "partner", "square", "outcome", outcome)
                .count();
    }
}
