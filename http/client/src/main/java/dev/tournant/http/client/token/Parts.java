package dev.tournant.http.client.token;

import dev.tournant.messages.TokenStore;
import java.util.concurrent.Executor;

/** What obtaining tokens needs from outside. */
record Parts(TokenStore store, TokenCalls calls, Time time, Executor executor, TokenMetrics metrics) {}
