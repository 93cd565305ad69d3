/** The node lease: what lets one node act for a merchant or a limit pool, and stops it before another may. */
@NullMarked
package dev.tournant.cluster.lease;

import org.jspecify.annotations.NullMarked;
