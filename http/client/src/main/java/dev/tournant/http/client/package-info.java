/**
 * The way out to partners: a bounded pool and queue for each, a deadline for every call, and retries only where they
 * can do no harm.
 */
@NullMarked
package dev.tournant.http.client;

import org.jspecify.annotations.NullMarked;
