package dev.tournant.cluster.gate;

import dev.tournant.adapter.Lane;

/**
 * One call that would like to go.
 *
 * @param id unique among all that were ever asked of the pool, whoever held it
 * @param deadline when it is too late for it, in the pool's nanoseconds
 */
public record Wish(long id, Lane lane, long deadline) {}
