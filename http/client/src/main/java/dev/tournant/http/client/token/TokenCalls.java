package dev.tournant.http.client.token;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import java.util.concurrent.CompletionStage;

/** The way to a partner for requests for tokens, which bear what authorises them. */
@FunctionalInterface
public interface TokenCalls {
    /** Completes with the answer whatever its status, or fails as {@link dev.tournant.adapter.Outbound#send} does. */
    CompletionStage<Answer> send(TokenName name, Keyring keys, Request request);
}
