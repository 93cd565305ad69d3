/**
 * What a partner adapter is: pure functions from bytes to values. An adapter says which requests to make and reads the
 * answers; sockets, clocks, secrets' storage, retries, limits and traces belong to whoever calls it.
 */
@NullMarked
package dev.tournant.adapter;

import org.jspecify.annotations.NullMarked;
