package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts by name, for as many names as it is given: they are to be a few that are known. Safe for threads. */
public final class Counters {
    private final Map<String, LongAdder> byName = new ConcurrentSkipListMap<>();

    public void increment(String name) {
        counter(name).increment();
    }

    /** Tells a name that may never be counted, as 0. */
    void show(String name) {
        counter(name);
    }

    public ObjectNode json() {
        ObjectNode json = Json.object();
        byName.forEach((name, counter) -> json.put(name, counter.sum()));
        return json;
    }

    private LongAdder counter(String name) {
        return byName.computeIfAbsent(name, unknown -> new LongAdder());
    }
}
