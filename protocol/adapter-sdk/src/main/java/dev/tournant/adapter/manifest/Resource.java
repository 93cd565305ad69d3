package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.model.Kind;
import dev.tournant.model.Whole;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be fetched.
 *
 * @param template of its first request: {@code GET /locations/{location}/catalog?limit=100}
 * @param body of the first request, a JSON object with placeholders; null for none
 * @param contents the records in an answer
 * @param pagesLast how long a following page can be asked for after the one before it
 * @param complete kinds of which a fetch from the beginning holds all, so that what it does not mention is gone
 */
record Resource(
        String name,
        String method,
        String template,
        @Nullable String body,
        Paging paging,
        Duration pagesLast,
        @Nullable Since since,
        Contents contents,
        List<Kind> complete) {
    /** What mentions all of the kinds that are complete: a page by itself only where there is never but one. */
    Whole.Span span() {
        return paging instanceof Paging.None && since == null ? Whole.Span.EVENT : Whole.Span.FETCH;
    }

    /**
     * Where a fetch goes on that does not begin at the beginning.
     *
     * @param parameter of the query, or the path of a member of the body
     * @param from where the answer says it
     */
    record Since(String parameter, FieldPath from) {}
}
