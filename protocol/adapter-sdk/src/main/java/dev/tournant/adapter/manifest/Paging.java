package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import org.jspecify.annotations.Nullable;

/** How a partner cuts what it has into pages. */
sealed interface Paging {
    /** All in one. */
    record None() implements Paging {}

    /** The answer holds a word that asks for the next page; the last has none, or an empty one. */
    record Cursor(FieldPath at, String parameter) implements Paging {}

    /**
     * Pages are counted; the last one is not full, or the answer has its number.
     *
     * @param size null where the partner is not told how large pages are to be
     * @param last where the answer has the number of the last page; null where that one is known by not being full, and
     *     there is a size
     */
    record Numbered(
            String parameter,
            int first,
            @Nullable Size size,
            @Nullable FieldPath last) implements Paging {}

    /** How many elements a page is to have, and the parameter that says so. */
    record Size(String parameter, int elements) {}

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
