package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A node dies under load, with no chance to say goodbye. */
class NodeLossTest {
    private final LiveStack live = LiveStack.get();

    @Test
    void losesNoAcknowledgedUpdateAndAppliesNoneTwice() throws Exception {
        live.awaitQuiet();
        NodeProcess victim = live.node(3);
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        Map<String, String> produced = new ConcurrentHashMap<>();
        CountDownLatch warm = new CountDownLatch(300);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        for (int w = 0; w < 6; w++) {
            int writer = w;
            writers.execute(() -> edit(writer, stop, acknowledged, warm));
        }
        Future<?> feed = writers.submit(() -> feed(stop, produced, warm));
        assertThat(warm.await(60, TimeUnit.SECONDS)).as("load is under way").isTrue();

        victim.process().kill9();
        int atKill = acknowledged.size();
        // The survivors take over: every merchant takes updates again.
        for (Stack.Merchant merchant : live.stack().merchants()) {
            eventually(() -> live.web()
                            .send(
                                    "PATCH",
                                    live.url(merchant, "/records/item/after-" + System.nanoTime()),
                                    "{\"name\":\"after\"}",
                                    Map.of("If-None-Match", "*"))
                            .status()
                    == 201);
        }
        stop.set(true);
        writers.shutdown();
        assertThat(writers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        feed.get();
        victim.startAgain();
        live.stack().awaitReady(victim);
        live.awaitBalanced();
        live.awaitQuiet();

        System.out.println("kill -9: " + acknowledged.size() + " updates acknowledged, " + atKill
                + " of them before the kill, " + produced.size() + " records produced");
        assertThat(acknowledged.size()).isGreaterThan(100);
        assertThat(produced.size()).isGreaterThan(100);
        Map<String, Integer> arrived = new HashMap<>();
        for (Stack.Merchant merchant : live.stack().merchants()) {
            assertHistory(merchant, acknowledged, produced, arrived);
        }
        assertThat(arrived.keySet()).as("none is missing").isEqualTo(produced.keySet());
        assertThat(arrived.values()).as("each produced event once").allMatch(times -> times == 1);
        live.assertConserved();
    }

    /** Creates records through the survivors, each with a name of its own, and notes which were acknowledged. */
    private void edit(int writer, AtomicBoolean stop, Map<String, String> acknowledged, CountDownLatch warm) {
        Stack.Merchant merchant =
                live.merchant(1 + writer % live.stack().merchants().size());
        WebClient web =
                new WebClient(Map.of("Authorization", "Bearer " + live.stack().apiKey()));
        for (int i = 0; !stop.get(); i++) {
            String id = "kill-" + writer + "-" + i;
            String url = live.node(1 + i % 2).url() + "/v1/merchants/" + merchant.id() + "/records/item/" + id;
            try {
                WebClient.Reply reply =
                        web.send("PATCH", url, "{\"name\":\"" + id + "\"}", Map.of("If-None-Match", "*"));
                if (reply.status() == 201) {
                    acknowledged.put(id, merchant.id().value());
                }
            } catch (IOException e) {
                // Not acknowledged: it may or may not be there.
                continue;
            } finally {
                warm.countDown();
            }
        }
    }

    /** Stock events straight into Kafka; noted once the broker has acknowledged them. */
    private void feed(AtomicBoolean stop, Map<String, String> produced, CountDownLatch warm) {
        for (int i = 0; !stop.get(); i++) {
            Stack.Merchant merchant =
                    live.merchant(1 + i % live.stack().merchants().size());
            String event = "kill-" + i;
            String at = "2032-01-01T00:00:" + String.format("%02d", i % 60) + "Z";
            String body = LiveStack.count(merchant, event, "kill-stock-" + i, "5", at);
            live.produce(merchant.id().value(), body.getBytes(StandardCharsets.UTF_8), LiveStack.headers(merchant));
            produced.put(event, merchant.id().value());
            warm.countDown();
        }
    }

    /** Holds every revision of the merchant against what was acknowledged, and counts the events that arrived. */
    private void assertHistory(
            Stack.Merchant merchant,
            Map<String, String> acknowledged,
            Map<String, String> produced,
            Map<String, Integer> arrived)
            throws Exception {
        long head = live.summary(merchant).path("revision").asLong();
        Map<String, Integer> changes = new HashMap<>();
        long expected = 1;
        List<JsonNode> revisions = live.revisions(merchant, 0, head);
        for (JsonNode revision : revisions) {
            assertThat(revision.path("number").asLong()).as("no gap").isEqualTo(expected++);
            String event = revision.path("event").asText();
            if (event.startsWith("kill-")) {
                assertThat(produced.get(event))
                        .as(event)
                        .isEqualTo(merchant.id().value());
                arrived.merge(event, 1, Integer::sum);
            }
            for (JsonNode fact : revision.path("facts")) {
                for (JsonNode delta : fact.path("deltas")) {
                    changes.merge(delta.path("id").asText(), 1, Integer::sum);
                }
            }
        }
        acknowledged.forEach((id, owner) -> {
            if (owner.equals(merchant.id().value())) {
                assertThat(changes.get(id)).as(id + " was acknowledged").isEqualTo(1);
            }
        });
        // What was committed and not yet published when the node died is published by its successor.
        live.assertPublished(merchant, revisions);
    }
}
