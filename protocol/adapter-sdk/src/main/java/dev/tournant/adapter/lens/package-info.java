/**
 * Mappings that are written once and run both ways. {@code get} reads a value out of a partner's document; {@code put}
 * writes it into the last document seen and leaves everything else as it was.
 */
@NullMarked
package dev.tournant.adapter.lens;

import org.jspecify.annotations.NullMarked;
