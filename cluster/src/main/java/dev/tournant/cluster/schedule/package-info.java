/** Which resource of a limit pool is most worth asking for now: pure arithmetic, without clock, actors or I/O. */
@NullMarked
package dev.tournant.cluster.schedule;

import org.jspecify.annotations.NullMarked;
