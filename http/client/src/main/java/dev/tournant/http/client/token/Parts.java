package dev.tournant.http.client.token;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Request;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What obtaining tokens needs from outside. */
record Parts(TokenStore store, Sender sender, Time time, Executor executor, TokenMetrics metrics) {
    /** The way to a partner, for requests that bear what authorises them. */
    interface Sender {
        CompletionStage<Answer> send(PartnerName partner, Request request);
    }
}
