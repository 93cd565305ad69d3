package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.local.Kafka;
import dev.tournant.messages.Json;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Cassandra, Kafka, nodes and the Square stand-in on this machine, all on loopback, all ended with this JVM.
 */
public final class Stack implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration NODE_STOP_WITHIN = Duration.ofSeconds(40);

    private final StackOptions options;
    private final Consumer<String> progress;
    private final Path logs;
    private final String apiKey;
    private final String signatureKey;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Merchant> merchants = new ArrayList<>();
    private final WebClient web;
    private final Servers servers;

    /** A merchant and its seller at the stand-in. */
    public record Merchant(MerchantId id, LinkId link, String seller, String location, NodeProcess hookNode) {}

    private Stack(StackOptions options, Consumer<String> progress, Servers servers) throws IOException {
        this.options = options;
        this.progress = progress;
        this.servers = servers;
        this.logs = logs(options);
        this.apiKey = secret("api-key");
        this.signatureKey = secret("signature-key");
        this.web = new WebClient(Map.of("Authorization", "Bearer " + apiKey));
    }

    private static Path logs(StackOptions options) throws IOException {
        return Files.createDirectories(options.data().toAbsolutePath().resolve("logs"));
    }

    /** Starts everything and waits until it serves. If anything fails, what was started is stopped. */
    public static Stack start(StackOptions options, Consumer<String> progress) throws IOException {
        Servers servers = Servers.start(options, logs(options), progress);
        Stack stack = null;
        try {
            stack = new Stack(options, progress, servers);
            stack.startNodes();
            stack.linkMerchants();
            return stack;
        } catch (IOException | RuntimeException e) {
            if (stack == null) {
                servers.close();
            } else {
                stack.close();
            }
            throw e;
        }
    }

    private void startNodes() throws IOException {
        progress.accept("starting " + options.nodes() + " nodes …");
        List<NodeProcess.Ports> ports = ports();
        Map<String, String> environment = environment(ports);
        for (int i = 0; i < options.nodes(); i++) {
            nodes.add(new NodeProcess("node-" + (i + 1), logs, options.quickStart(), ports.get(i), environment));
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
    }

    private List<NodeProcess.Ports> ports() {
        List<NodeProcess.Ports> all = new ArrayList<>();
        int http = options.httpPort() == 0 ? 8080 : options.httpPort();
        for (int i = 0; i < options.nodes(); i++) {
            if (options.httpPort() != 0 && !FreePorts.isFree(http)) {
                throw new IllegalStateException(
                        "port " + http + " is taken; end what listens there, or choose another with --http-port");
            }
            while (!FreePorts.isFree(http)) {
                http++;
            }
            List<Integer> free = FreePorts.pick(2);
            all.add(new NodeProcess.Ports(http++, free.get(0), free.get(1)));
        }
        return all;
    }

    private Map<String, String> environment(List<NodeProcess.Ports> ports) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("TOURNANT_CASSANDRA", servers.cassandra().hostPort());
        environment.put("TOURNANT_KAFKA", servers.kafka().hostPort());
        environment.put("TOURNANT_SQUARE_URL", servers.standin().url());
        environment.put("TOURNANT_HTTP_KEYS", "stack:" + sha256(apiKey) + ":read+write");
        environment.put("TOURNANT_CREDENTIALS_FILE", credentials().toString());
        int seeds = Math.min(2, ports.size());
        StringBuilder seedList = new StringBuilder();
        for (NodeProcess.Ports each : ports.subList(0, seeds)) {
            seedList.append(seedList.length() == 0 ? "" : ",")
                    .append("127.0.0.1:")
                    .append(each.remoting());
        }
        environment.put("TOURNANT_SEEDS", seedList.toString());
        environment.putAll(options.nodeEnvironment());
        return environment;
    }

    /** One entry a seller: each has a token of its own. */
    private Path credentials() throws IOException {
        StringBuilder text = new StringBuilder("tournant.credentials {\n");
        for (JsonNode seller : servers.standin().sellers()) {
            text.append("  \"square-")
                    .append(seller.path("merchantId").asText())
                    .append("\" { access-token = \"")
                    .append(seller.path("token").asText())
                    .append("\", signature-key = \"")
                    .append(signatureKey)
                    .append("\" }\n");
        }
        return write("credentials.conf", text.append("}\n").toString());
    }

    /** Waits until a node is ready; a node that dies first makes an error with its last lines. */
    public void awaitReady(NodeProcess node) {
        node.process().awaitReady(() -> isReady(node), READY_WITHIN);
    }

    public boolean isReady(NodeProcess node) {
        try {
            return web.get(node.managementUrl() + "/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void linkMerchants() throws IOException {
        progress.accept("linking " + options.merchants() + " merchants …");
        List<JsonNode> sellers = servers.standin().sellers();
        for (int i = 0; i < options.merchants(); i++) {
            JsonNode seller = sellers.get(i);
            JsonNode location = seller.path("locations").path(0);
            Merchant merchant = new Merchant(
                    new MerchantId("merchant-" + (i + 1)),
                    new LinkId("square-" + (i + 1)),
                    seller.path("merchantId").asText(),
                    location.path("id").asText(),
                    nodes.get(i % nodes.size()));
            link(merchant, seller, location);
            merchants.add(merchant);
        }
        servers.standin().editsPerSecond(options.editsPerSecond());
    }

    private void link(Merchant merchant, JsonNode seller, JsonNode location) throws IOException {
        MerchantProfile profile = new MerchantProfile(
                seller.path("name").asText(),
                Currency.getInstance(seller.path("currency").asText()),
                ZoneId.of(location.path("timezone").asText()),
                List.of(new Link(
                        merchant.link(),
                        new PartnerName("square"),
                        merchant.seller(),
                        merchant.location(),
                        "square-" + merchant.seller())));
        String url = merchant.hookNode().url() + "/v1/merchants/" + merchant.id();
        String body = Json.text().writeValueAsString(profile);
        WebClient.Reply reply = web.send("PUT", url, body, Map.of());
        // The first merchants wake while the nodes are still warming up.
        for (int again = 0; again < 5 && reply.status() == 503; again++) {
            reply = web.send("PUT", url, body, Map.of());
        }
        reply.ok();
        servers.standin()
                .subscribe(
                        merchant.seller(),
                        merchant.hookNode().url() + "/v1/hooks/square/" + merchant.link(),
                        signatureKey);
    }

    public StackOptions options() {
        return options;
    }

    public List<NodeProcess> nodes() {
        return List.copyOf(nodes);
    }

    public List<Merchant> merchants() {
        return List.copyOf(merchants);
    }

    public Standin standin() {
        return servers.standin();
    }

    public Cassandra cassandra() {
        return servers.cassandra();
    }

    public Kafka kafka() {
        return servers.kafka();
    }

    public String apiKey() {
        return apiKey;
    }

    public String signatureKey() {
        return signatureKey;
    }

    /** A client that has the API key. */
    public WebClient web() {
        return web;
    }

    public Path logs() {
        return logs;
    }

    /** A secret of this data directory, made at random the first time. */
    private String secret(String name) throws IOException {
        Path file = options.data().toAbsolutePath().resolve(name);
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        write(name, secret);
        return secret;
    }

    private Path write(String name, String text) throws IOException {
        Path file = options.data().toAbsolutePath().resolve(name);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Stops the editor, then the nodes in an orderly way, then the servers. */
    @Override
    public void close() {
        if (servers.standin().process().isAlive()) {
            try {
                servers.standin().editsPerSecond(0);
            } catch (IOException e) {
                progress.accept("the stand-in did not answer: " + e.getMessage());
            }
        }
        List<CompletableFuture<Void>> stopping = new ArrayList<>();
        for (NodeProcess node : nodes) {
            stopping.add(CompletableFuture.runAsync(() -> node.process().terminate(NODE_STOP_WITHIN)));
        }
        CompletableFuture.allOf(stopping.toArray(CompletableFuture<?>[]::new)).join();
        servers.close();
    }
}
