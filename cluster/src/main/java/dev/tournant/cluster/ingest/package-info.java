/** From {@code tournant.inbound} to merchants: reads, batches by merchant, quarantines, commits offsets. */
@NullMarked
package dev.tournant.cluster.ingest;

import org.jspecify.annotations.NullMarked;
