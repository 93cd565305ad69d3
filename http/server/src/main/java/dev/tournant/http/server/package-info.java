/**
 * Where the world asks and tells: REST for merchants and their records, webhooks, and live changes. It knows the
 * cluster only by the ports in {@code dev.tournant.messages}.
 */
@NullMarked
package dev.tournant.http.server;

import org.jspecify.annotations.NullMarked;
