package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.WebClient;
import dev.tournant.messages.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
        AtomicInteger webhooks = new AtomicInteger();
        CountDownLatch warm = new CountDownLatch(300);
        ExecutorService writers = Executors.newFixedThreadPool(8);
        for (int w = 0; w < 6; w++) {
            int writer = w;
            writers.execute(() -> edit(writer, stop, acknowledged, warm));
        }
        writers.execute(() -> feed(stop, webhooks, warm));
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
        victim.startAgain();
        live.stack().awaitReady(victim);
        live.awaitQuiet();

        System.out.println("kill -9: " + acknowledged.size() + " updates acknowledged, " + atKill
                + " of them before the kill, " + webhooks.get() + " records produced");
        assertThat(acknowledged.size()).isGreaterThan(100);
        for (Stack.Merchant merchant : live.stack().merchants()) {
            assertHistory(merchant, acknowledged);
        }
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

    /** Stock events straight into Kafka: the broker's acknowledgement is ours to keep. */
    private void feed(AtomicBoolean stop, AtomicInteger sent, CountDownLatch warm) {
        for (int i = 0; !stop.get(); i++) {
            Stack.Merchant merchant =
                    live.merchant(1 + i % live.stack().merchants().size());
            String at = "2032-01-01T00:00:" + String.format("%02d", i % 60) + "Z";
            String body = LiveStack.count(merchant, "kill-" + i, "kill-stock-" + i, "5", at);
            live.produce(merchant.id().value(), body.getBytes(StandardCharsets.UTF_8), LiveStack.headers(merchant));
            sent.incrementAndGet();
            warm.countDown();
        }
    }

    /** Reads every revision of the merchant from the journal and holds it against what was acknowledged. */
    private void assertHistory(Stack.Merchant merchant, Map<String, String> acknowledged) throws Exception {
        long head = live.summary(merchant).path("revision").asLong();
        Map<String, Integer> changes = new HashMap<>();
        Map<String, Integer> events = new HashMap<>();
        long expected = 1;
        for (JsonNode revision : revisions(merchant, head)) {
            assertThat(revision.path("number").asLong()).as("no gap").isEqualTo(expected++);
            String event = revision.path("event").asText();
            if (event.startsWith("kill-")) {
                events.merge(event, 1, Integer::sum);
            }
            for (JsonNode fact : revision.path("facts")) {
                for (JsonNode delta : fact.path("deltas")) {
                    changes.merge(delta.path("id").asText(), 1, Integer::sum);
                }
            }
        }
        assertThat(events.values()).as("each event once").allMatch(times -> times == 1);
        acknowledged.forEach((id, owner) -> {
            if (owner.equals(merchant.id().value())) {
                assertThat(changes.get(id)).as(id + " was acknowledged").isEqualTo(1);
            }
        });
    }

    private List<JsonNode> revisions(Stack.Merchant merchant, long head) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        String url = live.url(merchant, "/changes?after=0");
        HttpResponse<java.io.InputStream> stream = live.web()
                .raw()
                .send(
                        live.web().request("GET", url, "", Map.of("Accept", "text/event-stream")),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            while (found.size() < head) {
                String line = lines.readLine();
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("data:")) {
                    found.add(Json.text().readTree(line.substring(5)));
                }
            }
        }
        return found;
    }
}
