package dev.tournant.cluster.poll;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.messages.Json;
import dev.tournant.model.MerchantId;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From where a fetch goes on that breaks off, as it stands on its pages in Kafka and with its merchant, so that any node can
 * go on with it. The text is JSON of these members; what is null is left out, and what is unknown ignored.
 *
 * @param read names the reading
 * @param begun when its first page was asked for
 * @param account where the link led then
 * @param location where the link led then
 * @param since from where the fetch began; null for the very beginning
 * @param page the number of the next page
 * @param requests how many were answered
 * @param until what was said so far
 * @param at when the page came that this stands on
 * @param method of the next request; this and the rest as of {@link Request}
 */
record Onward(
        String read,
        Instant begun,
        String account,
        @Nullable String location,
        @Nullable String since,
        int page,
        int requests,
        @Nullable String until,
        Instant at,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String json,
        boolean repeatable) {
    static Onward of(FetchRun.Task task, FetchRun.Place place) {
        Request next = place.request();
        return new Onward(
                task.read(),
                task.begun(),
                task.fetch().link().account(),
                task.fetch().link().location(),
                task.fetch().since(),
                place.page(),
                place.requests(),
                place.until(),
                place.at(),
                next.method(),
                next.path(),
                next.headers(),
                next.json(),
                next.repeatable());
    }

    String text() {
        try {
            return Json.text().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@link #text} wrote; empty for anything that is of no use to this version. */
    static Optional<Onward> read(String text) {
        try {
            Onward read = Json.text().readValue(text, Onward.class);
            return Optional.ofNullable(read).filter(Onward::isWhole);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("ConstantValue") // Jackson leaves what is missing null
    private boolean isWhole() {
        return read != null
                && begun != null
                && account != null
                && page > 1
                && requests > 0
                && at != null
                && method != null
                && path != null
                && path.startsWith("/")
                && headers != null;
    }

    /** Whether it is of a fetch that began where this one would. */
    boolean isOf(Fetch fetch) {
        return account.equals(fetch.link().account())
                && Objects.equals(location, fetch.link().location())
                && Objects.equals(since, fetch.since());
    }

    FetchRun.Task task(MerchantId merchant, Fetch fetch, long generation) {
        return new FetchRun.Task(merchant, fetch, generation, read, begun);
    }

    FetchRun.Place place() {
        return new FetchRun.Place(new Request(method, path, headers, json, repeatable), until, requests, page, at);
    }
}
