package dev.tournant.deploy.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

/**
 * What the cluster said while it was hurt: each acknowledged update and each read, with the node that answered and when,
 * and each record that Kafka took. All times are of this JVM's {@link System#nanoTime}. Safe for use by many threads.
 */
final class Ledger {
    private final ConcurrentLinkedQueue<Ack> acks = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Read> reads = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, String> fed = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Long> lastAckBegan = new ConcurrentHashMap<>();

    /** An update that was acknowledged: the record {@code id} was made by {@code revision}. */
    record Ack(String merchant, String id, long revision, String node, long beganNanos, long endedNanos) {}

    /** A question that was answered: the merchant's revision, as a node saw it. */
    record Read(String merchant, long revision, String node, long beganNanos, long endedNanos) {}

    void acknowledged(Ack ack) {
        acks.add(ack);
        lastAckBegan.merge(ack.merchant + "@" + ack.node, ack.beganNanos, Math::max);
    }

    void read(Read read) {
        reads.add(read);
    }

    /** Kafka took a record of the feed. */
    void fed(String event, String merchant) {
        fed.put(event, merchant);
    }

    /** Whether an update of the merchant that was sent to the node after a time has been acknowledged. */
    boolean acknowledgedSince(String merchant, String node, long sinceNanos) {
        Long began = lastAckBegan.get(merchant + "@" + node);
        return began != null && began - sinceNanos > 0;
    }

    int ackCount() {
        return acks.size();
    }

    List<Ack> acks() {
        return List.copyOf(acks);
    }

    List<Read> reads() {
        return List.copyOf(reads);
    }

    /** The merchant of each event that was fed through Kafka. */
    Map<String, String> fed() {
        return Map.copyOf(fed);
    }

    /**
     * When each merchant answered anything through another node than the given one; unsorted.
     *
     * @param writesOnly leaves reads out, which need no journal
     */
    Map<String, List<Long>> answersNotBy(String node, boolean writesOnly) {
        Map<String, List<Long>> answers = new HashMap<>();
        for (Ack ack : acks) {
            if (!ack.node.equals(node)) {
                answers.computeIfAbsent(ack.merchant, id -> new ArrayList<>()).add(ack.endedNanos);
            }
        }
        for (Read read : reads) {
            if (!writesOnly && !read.node.equals(node)) {
                answers.computeIfAbsent(read.merchant, id -> new ArrayList<>()).add(read.endedNanos);
            }
        }
        return answers;
    }
}
