package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What the stand-in has counted since it started. Safe for threads. */
final class Stats {
    /** What became of webhooks, each word a counter. */
    enum Webhook {
        /** Outcomes of jobs, while there was an endpoint. */
        RAISED,
        /** Requests sent, retries included. */
        SENT,
        /** Answered 2xx in time. */
        ACKED,
        /** Requests that were a retry. */
        RETRIED,
        /** Given up after the last retry. */
        FAILED,
        /** Not sent on purpose. */
        DROPPED,
        /** Sent twice on purpose. */
        DUPLICATED,
        /** Sent without the bearer token on purpose. */
        UNSIGNED,
        /** Lost because too many were waiting. */
        OVERFLOWED
    }

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> jobs = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> edits = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> webhooks = new ConcurrentSkipListMap<>();

    Stats() {
        for (Webhook each : Webhook.values()) {
            webhooks.put(name(each), new LongAdder());
        }
    }

    void request(String endpoint) {
        add(requests, endpoint);
    }

    void refusal(int status) {
        add(refusals, Integer.toString(status));
    }

    void job(String type, String status) {
        add(jobs, type + " " + status);
    }

    void edit(EditKind kind) {
        add(edits, kind.wireName());
    }

    void webhook(Webhook what) {
        add(webhooks, name(what));
    }

    ObjectNode json(int webhooksWaiting) {
        ObjectNode json = Json.object();
        json.set("requests", json(requests));
        json.set("refusals", json(refusals));
        json.set("jobs", json(jobs));
        json.set("edits", json(edits));
        ObjectNode hooks = json(webhooks);
        hooks.put("waiting", webhooksWaiting);
        json.set("webhooks", hooks);
        return json;
    }

    private static String name(Webhook what) {
        return what.name().toLowerCase(Locale.ROOT);
    }

    private static void add(Map<String, LongAdder> counters, String name) {
        counters.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    private static ObjectNode json(Map<String, LongAdder> counters) {
        ObjectNode json = Json.object();
        counters.forEach((name, counter) -> json.put(name, counter.sum()));
        return json;
    }
}
