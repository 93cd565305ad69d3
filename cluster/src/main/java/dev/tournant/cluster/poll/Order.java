package dev.tournant.cluster.poll;

import dev.tournant.adapter.Lane;
import java.time.Duration;

/**
 * Somebody is to read something now.
 *
 * @param by the pool
 * @param pause between two pages, so that a long first read leaves calls for others
 */
record Order(String by, Timetable.Name name, Lane lane, Duration pause) {}
