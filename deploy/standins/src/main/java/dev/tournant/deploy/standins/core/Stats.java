package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What the stand-in has counted since it started. Safe for threads. */
public final class Stats {
    /** What became of webhook events, each word a counter. */
    public enum Webhook {
        /** Events made, once for each subscription. */
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
        /** Lost because the subscription had too many waiting. */
        OVERFLOWED,
        /** Times that a subscription was held because too much had failed. */
        PAUSED,
        /** Sent without a true signature on purpose. */
        UNSIGNED
    }

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> refusals = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> edits = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> webhooks = new ConcurrentSkipListMap<>();

    public Stats() {
        for (Webhook each : Webhook.values()) {
            webhooks.put(name(each), new LongAdder());
        }
    }

    public void request(String endpoint) {
        add(requests, endpoint);
    }

    public void refusal(int status) {
        add(refusals, Integer.toString(status));
    }

    public void edit(String kind) {
        add(edits, kind);
    }

    public void webhook(Webhook what) {
        add(webhooks, name(what));
    }

    public long count(Webhook what) {
        LongAdder counter = webhooks.get(name(what));
        return counter == null ? 0 : counter.sum();
    }

    public ObjectNode json(int webhooksWaiting) {
        ObjectNode json = Json.object();
        json.set("requests", json(requests));
        json.set("refusals", json(refusals));
        json.set("edits", json(edits));
        ObjectNode hooks = json(webhooks);
        hooks.put("waiting", webhooksWaiting);
        json.set("webhooks", hooks);
        return json;
    }

    private static String name(Webhook what) {
        return what.name().toLowerCase(java.util.Locale.ROOT);
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
