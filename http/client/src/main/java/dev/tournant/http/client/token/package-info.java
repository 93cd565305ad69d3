/**
 * Tokens for requests to partners: obtained once for all who wait, renewed before they expire, by one node at a time.
 *
 * <p>{@link dev.tournant.http.client.token.Tokens} is the door. Behind it a keeper for each credential shares one
 * {@code Obtaining} among all callers of the node; an {@code Obtaining} decides with pure rules ({@code Step}, {@code
 * Pacing}) on what the {@link dev.tournant.messages.TokenStore} knows, and takes the store's lease before it asks the
 * partner, so that over all nodes a refresh token is used once.
 */
@NullMarked
package dev.tournant.http.client.token;

import org.jspecify.annotations.NullMarked;
