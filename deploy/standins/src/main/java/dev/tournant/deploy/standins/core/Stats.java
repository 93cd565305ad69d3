package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

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

    private final Counters requests = new Counters();
    private final Counters refusals = new Counters();
    private final Counters edits = new Counters();
    private final Counters webhooks = new Counters();

    public Stats() {
        for (Webhook each : Webhook.values()) {
            webhooks.show(name(each));
        }
    }

    public void request(String endpoint) {
        requests.increment(endpoint);
    }

    public void refusal(int status) {
        refusals.increment(Integer.toString(status));
    }

    public void edit(String kind) {
        edits.increment(kind);
    }

    public void webhook(Webhook what) {
        webhooks.increment(name(what));
    }

    public ObjectNode json(int webhooksWaiting) {
        ObjectNode json = Json.object();
        json.set("requests", requests.json());
        json.set("refusals", refusals.json());
        json.set("edits", edits.json());
        json.set("webhooks", webhooks.json().put("waiting", webhooksWaiting));
        return json;
    }

    private static String name(Webhook what) {
        return what.name().toLowerCase(Locale.ROOT);
    }
}
