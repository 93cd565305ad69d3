package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.Cassandra;
import dev.tournant.deploy.local.Kafka;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Cassandra, Kafka, nodes and the partners' stand-ins on this machine, all on loopback, all ended with this JVM.
 */
public final class Stack implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration NODE_STOP_WITHIN = Duration.ofSeconds(40);
    private static final Duration NODE_STOP_WITHIN_ELSE = Duration.ofSeconds(10);

    private final StackOptions options;
    private final Consumer<String> progress;
    private final Home home;
    private final BooleanSupplier stopWanted;
    private final String apiKey;
    private final String signatureKey;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Merchant> merchants = new ArrayList<>();
    private final List<MerchantId> restaurants = new ArrayList<>();
    private final List<String> stores = new ArrayList<>();
    private final List<Everywhere> everywhere = new ArrayList<>();
    private final WebClient web;
    private final Servers servers;

    /** A merchant and its seller at the stand-in. */
    public record Merchant(MerchantId id, LinkId link, String seller, String location, NodeProcess hookNode) {}

    /**
     * A merchant at three partners.
     *
     * @param merchant and its seller at Square
     * @param restaurant its guid at Toast
     * @param store at DoorDash
     */
    public record Everywhere(Merchant merchant, String restaurant, String store) {}

    /** What a node is told besides what all are told. */
    @FunctionalInterface
    public interface NodeSettings {
        /** Asked once for each node, before any is started; the answer is added to the node's environment. */
        Map<String, String> of(String node, NodeProcess.Ports ports) throws IOException;
    }

    private Stack(
            StackOptions options, Home home, Servers servers, Consumer<String> progress, BooleanSupplier stopWanted)
            throws IOException {
        this.options = options;
        this.home = home;
        this.servers = servers;
        this.progress = progress;
        this.stopWanted = stopWanted;
        this.apiKey = home.secret("api-key");
        this.signatureKey = home.secret("signature-key");
        this.web = new WebClient(Map.of("Authorization", "Bearer " + apiKey));
    }

    /** {@link #start(StackOptions, Consumer, BooleanSupplier)} to the end. */
    public static Stack start(StackOptions options, Consumer<String> progress) throws IOException {
        return start(options, progress, () -> false);
    }

    /**
     * Starts everything and waits until it serves. If anything fails, what was started is stopped.
     *
     * @param stopWanted asked now and then; once it says so, what was started is stopped, and
     *     {@link CancellationException} is thrown
     */
    public static Stack start(StackOptions options, Consumer<String> progress, BooleanSupplier stopWanted)
            throws IOException {
        return start(options, progress, stopWanted, (node, ports) -> Map.of());
    }

    /** As above, with settings for single nodes. */
    public static Stack start(
            StackOptions options, Consumer<String> progress, BooleanSupplier stopWanted, NodeSettings settings)
            throws IOException {
        Consumer<String> steps = step -> {
            unless(stopWanted);
            progress.accept(step);
        };
        Home home = Home.open(options.data());
        try {
            checkHttpPorts(options, home);
            OwnCredentials.given().check();
            return start(options, home, Servers.start(options, home, steps), steps, stopWanted, settings);
        } catch (IOException | RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private static Stack start(
            StackOptions options,
            Home home,
            Servers servers,
            Consumer<String> steps,
            BooleanSupplier stopWanted,
            NodeSettings settings)
            throws IOException {
        Stack stack = null;
        try {
            stack = new Stack(options, home, servers, steps, stopWanted);
            stack.startNodes(settings);
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

    private static void unless(BooleanSupplier stopWanted) {
        if (stopWanted.getAsBoolean()) {
            throw new CancellationException("stopped before everything was up");
        }
    }

    private void startNodes(NodeSettings settings) throws IOException {
        List<NodeProcess.Ports> ports = ports();
        progress.accept("starting " + options.nodes() + (options.nodes() == 1 ? " node ..." : " nodes ..."));
        Map<String, String> all = environment(ports);
        List<Map<String, String>> environments = new ArrayList<>();
        for (int i = 0; i < options.nodes(); i++) {
            Map<String, String> own = new HashMap<>(all);
            own.putAll(settings.of(name(i), ports.get(i)));
            environments.add(own);
        }
        for (int i = 0; i < options.nodes(); i++) {
            nodes.add(new NodeProcess(name(i), home.logs(), options.quickStart(), ports.get(i), environments.get(i)));
        }
        for (NodeProcess node : nodes) {
            awaitReady(node);
        }
    }

    private static String name(int nth) {
        return "node-" + (nth + 1);
    }

    /** Before anything is started: a port that is taken is told at once. */
    private static void checkHttpPorts(StackOptions options, Home home) {
        for (int i = 0; options.httpPort() != 0 && i < options.nodes(); i++) {
            home.checkFree(options.httpPort() + i);
        }
    }

    private List<NodeProcess.Ports> ports() throws IOException {
        List<NodeProcess.Ports> all = new ArrayList<>();
        for (int i = 0; i < options.nodes(); i++) {
            String node = name(i);
            all.add(new NodeProcess.Ports(
                    httpPort(node + "-http", i), home.port(node + "-management"), home.port(node + "-remoting")));
        }
        return all;
    }

    private int httpPort(String name, int nth) throws IOException {
        if (options.httpPort() != 0) {
            return home.httpPort(name, options.httpPort() + nth);
        }
        // Tests of several checkouts may run on one machine at once, and would all want 8080.
        return options.quickStart() ? home.port(name) : home.httpPort(name);
    }

    private Map<String, String> environment(List<NodeProcess.Ports> ports) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("TOURNANT_CASSANDRA", servers.cassandra().hostPort());
        environment.put("TOURNANT_KAFKA", servers.kafka().hostPort());
        // Of another Kafka, if the variable is there.
        environment.put("TOURNANT_KAFKA_CLIENT_FILE", "");
        environment.put("TOURNANT_SQUARE_URL", servers.standin().url());
        environment.put("TOURNANT_TOAST_URL", servers.toast().url());
        environment.put("TOURNANT_DOORDASH_URL", servers.doorDash().url());
        environment.put("TOURNANT_HTTP_KEYS", "stack:" + Hashes.sha256(apiKey) + ":read+write");
        String credentials = OwnCredentials.given().with(StackCredentials.text(servers, this::secret));
        environment.put(
                OwnCredentials.VARIABLE,
                home.write("credentials.conf", credentials).toString());
        environment.put("TOURNANT_TOKENS_KEY", Hashes.base64(home.secret("tokens-key")));
        int seeds = Math.min(2, ports.size());
        StringBuilder seedList = new StringBuilder();
        for (NodeProcess.Ports each : ports.subList(0, seeds)) {
            seedList.append(seedList.length() == 0 ? "" : ",")
                    .append("127.0.0.1:")
                    .append(each.remoting());
        }
        environment.put("TOURNANT_SEEDS", seedList.toString());
        // Stand-ins count a call when it arrives, so that a node that was killed holds up its pools for half a minute
        // and
        // not for the two minutes that partners' gateways may need.
        environment.put("TOURNANT_GATE_REQUEST_LIFE", "12s");
        environment.putAll(options.nodeEnvironment());
        return environment;
    }

    /** Waits until a node is ready; a node that dies first makes an error with its last lines. */
    public void awaitReady(NodeProcess node) {
        node.process()
                .awaitReady(
                        () -> {
                            unless(stopWanted);
                            dead().ifPresent(what -> {
                                throw new IllegalStateException(what);
                            });
                            return isReady(node);
                        },
                        READY_WITHIN);
    }

    public boolean isReady(NodeProcess node) {
        try {
            return web.get(node.managementUrl() + "/ready").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void linkMerchants() throws IOException {
        progress.accept(
                "linking " + (options.merchants() + options.restaurants() + options.everywhere()) + " merchants ...");
        Linking linking = new Linking(this, servers, options);
        for (int i = 0; i < options.merchants(); i++) {
            unless(stopWanted);
            merchants.add(linking.seller(i));
            if (i < options.stores()) {
                stores.add(linking.store(i));
            }
        }
        for (int i = 0; i < options.restaurants(); i++) {
            unless(stopWanted);
            restaurants.add(linking.restaurant(i));
        }
        for (int i = 0; i < options.everywhere(); i++) {
            unless(stopWanted);
            everywhere.add(linking.everywhere(i));
        }
        linking.subscribe();
        servers.standin().editsPerSecond(options.editsPerSecond());
    }

    /** One of the secrets of this stack, made when it is first asked for. */
    public String secret(String name) {
        try {
            return home.secret(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** The merchants that have a restaurant at Toast. */
    /** Merchants that are at Square, Toast and DoorDash at once; they are not among the others. */
    public List<Everywhere> everywhere() {
        return List.copyOf(everywhere);
    }

    public List<MerchantId> restaurants() {
        return List.copyOf(restaurants);
    }

    /** What to post to the DoorDash stand-in's {@code /control/pull}, so that it reads the menu of its store from us. */
    public String doorDashPull(int nth) {
        return "{\"store\":\"" + stores.get(nth) + "\",\"url\":\""
                + nodes.get(0).url() + "/v1/pull/doordash\",\"token\":\"" + secret("doordash-pulls") + "\"}";
    }

    public Standin standin() {
        return servers.standin();
    }

    public PartnerStandin toast() {
        return servers.toast();
    }

    public PartnerStandin doorDash() {
        return servers.doorDash();
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
        return home.logs();
    }

    /** Which of Cassandra, Kafka and the stand-in is gone, with its last lines; empty while all run. */
    public Optional<String> dead() {
        return servers.dead();
    }

    /** Stops the editor, then the nodes in an orderly way, then the servers. */
    @Override
    public void close() {
        boolean inOrder = dead().isEmpty();
        if (servers.standin().process().isAlive()) {
            stopEditing();
        }
        // Without its servers, a node cannot end in order either.
        Duration within = inOrder ? NODE_STOP_WITHIN : NODE_STOP_WITHIN_ELSE;
        CompletableFuture<?>[] stopping = nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> node.process().terminate(within)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping).join();
        servers.close();
        try {
            home.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopEditing() {
        try {
            servers.standin().editsPerSecond(0);
        } catch (IOException | IllegalStateException e) {
            // It is about to be stopped anyway; the nodes only have a little more to do until then.
            System.err.println("the stand-in goes on editing while the nodes stop: " + e.getMessage());
        }
    }
}
