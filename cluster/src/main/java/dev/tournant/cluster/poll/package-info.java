/** Asks partners: fetches what merchants want, and reminds them to want it. */
@NullMarked
package dev.tournant.cluster.poll;

import org.jspecify.annotations.NullMarked;
