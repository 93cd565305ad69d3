package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cluster as a fault sees it, and when the fault struck whom. Belongs to one thread. */
final class Scene {
    /** As the nodes' configuration has it. */
    private static final int SHARDS = 120;

    private final Stack stack;
    private final @Nullable Partition network;
    private final SplittableRandom random;
    private final Consumer<String> progress;
    private final List<Blow> blows = new ArrayList<>();

    /**
     * When a fault began.
     *
     * @param node whom it struck; empty for all
     * @param merchants who were there
     */
    record Blow(String node, Set<String> merchants, long atNanos) {
        Blow {
            merchants = Set.copyOf(merchants);
        }
    }

    Scene(Stack stack, @Nullable Partition network, SplittableRandom random, Consumer<String> progress) {
        this.stack = stack;
        this.network = network;
        this.random = random;
        this.progress = progress;
    }

    Stack stack() {
        return stack;
    }

    Partition network() {
        if (network == null) {
            throw new IllegalStateException("these nodes were started without proxies between them");
        }
        return network;
    }

    void say(String what) {
        progress.accept(what);
    }

    /** The oldest member, which places the shards; or any, as the seed has it. */
    NodeProcess victim(boolean oldest) throws IOException {
        List<NodeProcess> nodes = stack.nodes();
        if (!oldest) {
            return nodes.get(random.nextInt(nodes.size()));
        }
        String address = json(nodes.get(0), "/cluster/members").path("oldest").asText();
        return nodes.stream()
                .filter(node -> address.endsWith(":" + node.ports().remoting()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node of ours is the oldest member, " + address));
    }

    /** Notes that what follows strikes this node now. */
    void strike(NodeProcess node, String how) throws IOException {
        Set<String> there = merchantsAt(node);
        blows.add(new Blow(node.name(), there, System.nanoTime()));
        say(how + " " + node.name() + ", where " + there.size() + " of "
                + stack.merchants().size() + " merchants are");
    }

    void strikeAll(String how) {
        Set<String> all = new HashSet<>();
        stack.merchants().forEach(merchant -> all.add(merchant.id().value()));
        blows.add(new Blow("", all, System.nanoTime()));
        say(how);
    }

    List<Blow> blows() {
        return List.copyOf(blows);
    }

    private Set<String> merchantsAt(NodeProcess node) throws IOException {
        Set<String> shards = new HashSet<>();
        json(node, "/cluster/shards/merchant")
                .path("regions")
                .forEach(each -> shards.add(each.path("shardId").asText()));
        Set<String> merchants = new HashSet<>();
        stack.merchants().forEach(merchant -> {
            if (shards.contains(shard(merchant.id().value()))) {
                merchants.add(merchant.id().value());
            }
        });
        return merchants;
    }

    /** As Akka's default extractor has it. */
    private static String shard(String entity) {
        return Integer.toString(Math.abs(entity.hashCode() % SHARDS));
    }

    private JsonNode json(NodeProcess node, String path) throws IOException {
        return stack.web().get(node.managementUrl() + path).ok().json();
    }
}
