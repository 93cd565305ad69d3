/** Limits that are never exceeded: the rules of a pool of calls, without clock, thread or I/O. */
@NullMarked
package dev.tournant.cluster.gate;

import org.jspecify.annotations.NullMarked;
