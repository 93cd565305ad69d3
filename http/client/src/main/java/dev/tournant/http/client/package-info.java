/**
 * The way out to partners: a gate before every sending, a bounded pool and queue for each partner, a deadline for every
 * call, and retries only where they can do no harm.
 */
@NullMarked
package dev.tournant.http.client;

import org.jspecify.annotations.NullMarked;
