package dev.tournant.persistence;

import dev.tournant.model.FlatRecord;
import java.time.Instant;

/**
 * Two edits of one value that cannot both hold, neither of whose makers had seen the other's.
 *
 * @param number counts the merchant's conflicts from 1
 * @param at when it was noticed
 * @param won the field with the value that holds, and where it came from
 * @param lost the same field with the other value
 * @param rule by which it was decided
 */
public record Conflict(long number, Instant at, FlatRecord won, FlatRecord lost, String rule) {}
