package dev.tournant.http.client.token;

import dev.tournant.adapter.auth.Token;

/**
 * A token that is stored.
 *
 * @param generation how many tokens there have been, this one included; a higher one is newer
 */
public record Held(long generation, Token token) {}
