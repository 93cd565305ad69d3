package dev.tournant.deploy.faults;

import dev.tournant.deploy.faults.proxy.Proxy;
import dev.tournant.deploy.faults.proxy.Sockets;
import dev.tournant.deploy.local.FreePorts;
import dev.tournant.deploy.stack.NodeProcess;
import dev.tournant.deploy.stack.Stack;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The network between the nodes. Each node listens for others on a port that only a proxy of ours knows, and is known to
 * them by the proxy's; Cassandra, Kafka and HTTP go past it.
 */
final class Partition implements Stack.NodeSettings, AutoCloseable {
    private final Map<String, Proxy> proxies = new LinkedHashMap<>();

    @Override
    public Map<String, String> of(String node, NodeProcess.Ports ports) throws IOException {
        int bind = FreePorts.pick();
        proxies.put(node, Proxy.start(ports.remoting(), bind));
        return Map.of("TOURNANT_BIND_PORT", Integer.toString(bind));
    }

    /** Cuts a node off from all others, both ways, and so whatever is started in its place. */
    void cutOff(NodeProcess node) {
        proxies.forEach((name, proxy) -> {
            IntPredicate calledByNode = port -> isPortOf(node, proxy, port);
            // Who does not call from the node itself calls from another one.
            proxy.cut(name.equals(node.name()) ? calledByNode.negate() : calledByNode);
        });
    }

    private static boolean isPortOf(NodeProcess node, Proxy called, int port) {
        try {
            return Sockets.localPorts(node.process().pid(), called.port()).contains(port);
        } catch (IOException e) {
            // It has just ended, and so have its connections.
            return false;
        }
    }

    void heal() {
        proxies.values().forEach(Proxy::heal);
    }

    @Override
    public void close() {
        proxies.values().forEach(Proxy::close);
    }
}
