package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import org.jspecify.annotations.Nullable;

/** How a partner cuts what it has into pages. */
sealed interface Paging {
    /** All in one. */
    record None() implements Paging {}

    /** The answer holds a word that asks for the next page; the last has none, or an empty one. */
    record Cursor(FieldPath at, String parameter) implements Paging {}

    /** Pages are counted; the last one is not full. */
    record Numbered(String parameter, int first, String sizeParameter, int size) implements Paging {}

    /** Elements are counted; the last page is not full. */
    record Offset(String parameter, String sizeParameter, int size) implements Paging {}

    /**
     * The answer has the whole address of the next page, in its body or in the header Link (RFC 8288) with {@code
     * rel="next"}.
     *
     * @param at in the body; null for the header
     */
    record Next(@Nullable FieldPath at) implements Paging {}
}
