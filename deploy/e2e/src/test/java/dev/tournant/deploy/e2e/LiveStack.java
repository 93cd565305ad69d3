package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Signatures;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import dev.tournant.deploy.stack.StackOptions;
import dev.tournant.deploy.stack.WebClient;
import dev.tournant.messages.Json;
import dev.tournant.messages.Topics;
import dev.tournant.model.MerchantId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;

/** Three nodes, Cassandra, Kafka and Square as processes; started once for all tests of this module. */
final class LiveStack {
    static final Duration SOON = Duration.ofSeconds(180);
    /** Longer than {@code akka.cluster.sharding.rebalance-interval}. */
    private static final Duration BALANCED = Duration.ofSeconds(7);

    static final String GROUP = "tournant-ingest";

    /** As which kind of record we show Square's objects; others are not shown. */
    private static final Map<String, String> KINDS = Map.of(
            "ITEM", "item",
            "ITEM_VARIATION", "item",
            "MODIFIER", "item",
            "MODIFIER_LIST", "modifier-group",
            "CATEGORY", "category",
            "TAX", "tax",
            "IMAGE", "photo");

    private static final LiveStack ONE = new LiveStack();

    private final Stack stack;
    private final KafkaProducer<String, byte[]> producer;
    private final Admin admin;

    private LiveStack() {
        try {
            Path data = Files.createTempDirectory("tournant-e2e-");
            StackOptions options = StackOptions.defaults(data)
                    .with(3, 7, 40, 0)
                    .withEverywhere(1)
                    .quick(Map.ofEntries(
                            Map.entry("TOURNANT_HTTP_KEY_RATE_PER_SECOND", "100000"),
                            Map.entry("TOURNANT_HTTP_KEY_RATE_BURST", "100000"),
                            Map.entry("TOURNANT_HTTP_HOOK_RATE_BURST", "5000"),
                            // The machine may be busy with other things; what is tested is the outcome, not the time.
                            Map.entry("TOURNANT_HTTP_ASK_WITHIN", "16s"),
                            Map.entry("TOURNANT_PAUSE_TOLERATED", "9s"),
                            // What is seen by polls only is seen soon.
                            Map.entry("TOURNANT_POLL_MAX_AGE", "10s"),
                            // What failed, as a test wanted it to, is tried again while that test waits.
                            Map.entry("TOURNANT_POLL_RETRY_MOST", "10s"),
                            Map.entry("TOURNANT_PUSH_JOB_FOLLOWED_MAX", "20s"),
                            // What DoorDash fails to process is tried again soon.
                            Map.entry("TOURNANT_PUSH_REFUSED_RETRY_FIRST", "5s"),
                            Map.entry("TOURNANT_PUSH_REFUSED_RETRY_MAX", "20s"),
                            // Nobody has to grant anything: what is refused once is granted next.
                            Map.entry("TOURNANT_PUSH_UNAUTHORISED_WAIT", "3s"),
                            Map.entry("TOURNANT_POLL_UNAUTHORISED_RETRY", "3s"),
                            Map.entry("TOURNANT_HTTP_IN_FLIGHT_MAX", "4096"),
                            Map.entry("TOURNANT_HTTP_HOOKS_IN_FLIGHT_MAX", "4096")));
            this.stack = Stack.start(options, line -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stack.close();
                delete(data);
            }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.producer = new KafkaProducer<>(properties(), new StringSerializer(), new ByteArraySerializer());
        this.admin = Admin.create(properties());
    }

    static LiveStack get() {
        return ONE;
    }

    private static void delete(Path data) {
        try (var paths = Files.walk(data)) {
            for (Path each : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            System.err.println("not deleted: " + data + ": " + e.getMessage());
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stack.kafka().hostPort());
        properties.put("max.request.size", "24000000");
        return properties;
    }

    Stack stack() {
        return stack;
    }

    Stack.Merchant merchant(int number) {
        return stack.merchants().get(number - 1);
    }

    /** A node that no test has ended. */
    NodeProcess node(int number) {
        return living(stack.nodes().get(number - 1));
    }

    private static NodeProcess living(NodeProcess node) {
        node.death().ifPresent(how -> {
            throw new IllegalStateException(how);
        });
        return node;
    }

    String url(Stack.Merchant merchant, String path) {
        return node(1).url() + "/v1/merchants/" + merchant.id() + path;
    }

    WebClient web() {
        return stack.web();
    }

    JsonNode summary(Stack.Merchant merchant) throws IOException {
        return summary(merchant.id());
    }

    JsonNode summary(MerchantId merchant) throws IOException {
        return web().get(url(merchant)).ok().json();
    }

    /** A merchant's address at some node. */
    String url(MerchantId merchant) {
        return node(1).url() + "/v1/merchants/" + merchant;
    }

    /** Whatever partner they are linked to. */
    List<MerchantId> allMerchants() {
        Stream<MerchantId> everywhere =
                stack.everywhere().stream().map(each -> each.merchant().id());
        Stream<MerchantId> others =
                Stream.concat(stack.merchants().stream().map(Stack.Merchant::id), stack.restaurants().stream());
        return Stream.concat(others, everywhere).toList();
    }

    /** Until all feeds of a merchant are read to the end and nothing waits in Kafka; fails where a node is gone. */
    void awaitQuiet() {
        // Two nodes can do for three, so the test that ended one might pass.
        stack.nodes().forEach(LiveStack::living);
        // Polls go on: there may be no moment at which no feed of any merchant is wanted.
        allMerchants().forEach(this::awaitRead);
        AtomicReference<Map<TopicPartition, Long>> until = new AtomicReference<>();
        eventually(() -> {
            until.compareAndSet(null, ends());
            return isCommitted(until.get());
        });
    }

    private void awaitRead(MerchantId merchant) {
        AtomicReference<JsonNode> last = new AtomicReference<>();
        try {
            eventually(() -> {
                last.set(summary(merchant).path("feeds"));
                return isRead(last.get());
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(merchant + " is not read: " + last.get(), e);
        }
    }

    private static boolean isRead(JsonNode feeds) {
        return !feeds.isEmpty() && feeds.findValues("wanted").stream().noneMatch(JsonNode::asBoolean);
    }

    /**
     * After nodes came back: until the shards stay where they are. Of what is asked of a merchant whose shard moves, Akka
     * drops some, and the caller hears after a while that there is no answer.
     */
    void awaitBalanced() {
        AtomicReference<Map<String, String>> last = new AtomicReference<>(Map.of());
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(500))
                .during(BALANCED)
                .ignoreExceptions()
                .until(() -> {
                    Map<String, String> now = shards();
                    return now.equals(last.getAndSet(now));
                });
    }

    /** On which node each shard is. */
    private Map<String, String> shards() throws IOException {
        Map<String, String> shards = new HashMap<>();
        for (NodeProcess node : stack.nodes()) {
            JsonNode own = web().get(node.managementUrl() + "/cluster/shards/merchant")
                    .ok()
                    .json();
            own.path("regions").forEach(each -> shards.put(each.path("shardId").asText(), node.name()));
        }
        return shards;
    }

    static void eventually(Callable<Boolean> condition) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    WebClient.Reply hook(Stack.Merchant merchant, String body) throws IOException {
        String url = hookUrl(merchant);
        return post(url, body, signature(url, body));
    }

    String hookUrl(Stack.Merchant merchant) {
        return living(merchant.hookNode()).url() + "/v1/hooks/square/" + merchant.link();
    }

    WebClient.Reply post(String url, String body, String signature) throws IOException {
        return new WebClient(Map.of()).send("POST", url, body, Map.of("x-square-hmacsha256-signature", signature));
    }

    String signature(String url, String body) {
        return Base64.getEncoder()
                .encodeToString(Signatures.hmacSha256(
                        stack.signatureKey(),
                        url.getBytes(StandardCharsets.UTF_8),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A genuine stock webhook. */
    static String count(Stack.Merchant merchant, String event, String item, String quantity, String at) {
        return """
                {"merchant_id":"%s","type":"inventory.count.updated","event_id":"%s","created_at":"%s",
                 "data":{"type":"inventory_counts","id":"x","object":{"inventory_counts":[
                  {"catalog_object_id":"%s","catalog_object_type":"ITEM_VARIATION","state":"IN_STOCK",
                   "location_id":"%s","quantity":"%s","calculated_at":"%s"}]}}}
                """.formatted(merchant.seller(), event, at, item, merchant.location(), quantity, at);
    }

    void produce(@org.jspecify.annotations.Nullable String key, byte[] value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.INBOUND, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> headers(Stack.Merchant merchant) {
        return Map.of(
                "tournant-partner", "square", "tournant-link", merchant.link().value());
    }

    /** For each partition of the inbound topic, how many records it has had. */
    Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin.describeTopics(List.of(Topics.INBOUND))
                .allTopicNames()
                .get()
                .get(Topics.INBOUND)
                .partitions()
                .forEach(each -> latest.put(new TopicPartition(Topics.INBOUND, each.partition()), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** Records that are not dealt with. */
    long pending() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        long pending = 0;
        for (Map.Entry<TopicPartition, Long> end : ends().entrySet()) {
            pending += end.getValue() - committed.getOrDefault(end.getKey(), 0L);
        }
        return pending;
    }

    private boolean isCommitted(Map<TopicPartition, Long> ends) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> known = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        known.forEach((partition, done) -> {
            if (done != null) {
                committed.put(partition, done.offset());
            }
        });
        return committed;
    }

    void rewind() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
        ends().keySet().forEach(partition -> start.put(partition, new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(GROUP, start).all().get();
    }

    /** Everything in the quarantine topic: by where it came from, once each, its problem and scope. */
    Map<String, String> quarantined() {
        Map<String, String> found = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : everything(Topics.QUARANTINE)) {
            String from = text(record, "tournant-from");
            String scope = text(record, "tournant-scope");
            found.put(from + " " + scope, text(record, "tournant-problem") + ": " + text(record, "tournant-detail"));
        }
        return found;
    }

    /** What a topic holds now, from the beginning; the records of one partition are in order. */
    List<ConsumerRecord<String, byte[]>> everything(String topic) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    /** The revisions of a merchant after {@code after} up to {@code head}, as they are streamed over HTTP. */
    List<JsonNode> revisions(Stack.Merchant merchant, long after, long head) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        HttpResponse<InputStream> stream = web().raw()
                .send(
                        web().request(
                                        "GET",
                                        url(merchant, "/changes?after=" + after),
                                        "",
                                        Map.of("Accept", "text/event-stream")),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            while (found.size() < head - after) {
                String line = lines.readLine();
                assertThat(line).as("the stream goes on").isNotNull();
                if (line.startsWith("data:")) {
                    found.add(Json.text().readTree(line.substring(5)));
                }
            }
        }
        return found;
    }

    /** All records of a merchant by kind/id, page by page; none may be shown twice. */
    Map<String, JsonNode> records(Stack.Merchant merchant, int limit) throws IOException {
        Map<String, JsonNode> records = new HashMap<>();
        String url = url(merchant, "/records?limit=" + limit);
        while (url != null) {
            JsonNode page = web().get(url).ok().json();
            assertThat(page.path("records").size()).isBetween(1, limit);
            for (JsonNode record : page.path("records")) {
                String key =
                        record.path("kind").asText() + "/" + record.path("id").asText();
                assertThat(records.put(key, record)).as(key + " is shown once").isNull();
            }
            String next = page.path("next").textValue();
            url = next == null ? null : node(1).url() + next;
        }
        return records;
    }

    /** What a merchant's seller has at the merchant's location, by the kind/id that it has as a record. */
    Map<String, JsonNode> present(Stack.Merchant merchant) throws IOException {
        Map<String, JsonNode> present = new HashMap<>();
        for (JsonNode object : stack.standin().truth(merchant.seller()).path("objects")) {
            collect(object, merchant.location(), present);
        }
        return present;
    }

    private static void collect(JsonNode object, String location, Map<String, JsonNode> into) {
        if (object.path("is_deleted").asBoolean() || !isAt(object, location)) {
            return;
        }
        String kind = KINDS.get(object.path("type").asText());
        if (kind != null) {
            into.put(kind + "/" + object.path("id").asText(), object);
        }
        object.path("item_data").path("variations").forEach(each -> collect(each, location, into));
        object.path("modifier_list_data").path("modifiers").forEach(each -> collect(each, location, into));
    }

    private static boolean isAt(JsonNode object, String location) {
        if (object.path("present_at_all_locations").asBoolean(true)) {
            return !object.path("absent_at_location_ids").toString().contains(location);
        }
        return object.path("present_at_location_ids").toString().contains(location);
    }

    private static String text(ConsumerRecord<?, ?> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    /**
     * The topic carries these, which are all of the merchant's revisions so far: in order, without a gap, word for word.
     * What was sent before may come again.
     */
    void assertPublished(Stack.Merchant merchant, List<JsonNode> revisions) throws IOException {
        // A revision is acknowledged first and published then.
        eventually(() -> published(merchant).stream()
                .anyMatch(each -> each.path("number").asInt() == revisions.size()));
        int seen = 0;
        for (JsonNode each : published(merchant)) {
            int number = each.path("number").asInt();
            assertThat(number).as("after revision " + seen).isBetween(1, seen + 1);
            if (number <= revisions.size()) {
                assertThat(each).isEqualTo(revisions.get(number - 1));
            }
            seen = Math.max(seen, number);
        }
    }

    private List<JsonNode> published(Stack.Merchant merchant) throws IOException {
        List<JsonNode> published = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : everything(Topics.CHANGES)) {
            if (record.key().equals(merchant.id().value())) {
                published.add(Json.text().readTree(record.value()));
            }
        }
        return published;
    }

    /** received = applied + duplicate + quarantined + pending, from what is durable. */
    void assertConserved() {
        // Polls go on: a page that comes in between two of these figures is in one of them only. What is lost stays so.
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .untilAsserted(this::assertConservedNow);
    }

    private void assertConservedNow() throws Exception {
        long received = ends().values().stream().mapToLong(Long::longValue).sum();
        long applied = 0;
        long duplicate = 0;
        for (MerchantId merchant : allMerchants()) {
            JsonNode tally = summary(merchant).path("tally");
            applied += tally.path("applied").asLong();
            duplicate += tally.path("duplicate").asLong();
        }
        long quarantined = quarantined().keySet().stream()
                .filter(from -> from.endsWith(" whole"))
                .count();
        assertThat(applied + duplicate + quarantined + pending())
                .as(
                        "applied %d + duplicate %d + quarantined %d + pending %d",
                        applied, duplicate, quarantined, pending())
                .isEqualTo(received);
    }
}
