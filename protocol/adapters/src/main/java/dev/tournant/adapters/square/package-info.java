/** Square: catalogue, stock and locations. */
@NullMarked
package dev.tournant.adapters.square;

import org.jspecify.annotations.NullMarked;
