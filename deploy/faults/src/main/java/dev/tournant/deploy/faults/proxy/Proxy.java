package dev.tournant.deploy.faults.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;

/**
 * A port on loopback that leads to another one, and that can hold up connections by who called: these stay open and
 * carry nothing, as when packets are lost, until it lets them go on.
 */
public final class Proxy implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final ServerSocket server;
    private final int targetPort;
    private final Queue<Wire> wires = new ConcurrentLinkedQueue<>();
    private volatile IntPredicate cut = Proxy::nobody;

    private Proxy(ServerSocket server, int targetPort) {
        this.server = server;
        this.targetPort = targetPort;
    }

    /** Listens on {@code port}, or on any free one for 0. Nothing needs to listen on {@code targetPort} yet. */
    public static Proxy start(int port, int targetPort) throws IOException {
        Proxy proxy = new Proxy(new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress()), targetPort);
        Threads.daemon("proxy-" + proxy.port(), proxy::accept);
        return proxy;
    }

    private static boolean nobody(int callerPort) {
        return false;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Wire wire = new Wire(server.accept(), targetPort);
                wires.removeIf(Wire::isEnded);
                wires.add(wire);
                hold(wire);
                Threads.daemon("proxy-to-" + targetPort, wire::run);
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println("the proxy on port " + port() + " cannot accept: " + e);
                }
            }
        }
    }

    private void hold(Wire wire) {
        if (cut.test(wire.callerPort())) {
            wire.gate().close();
        }
    }

    /** From now on, and for connections that are there, holds up those whose caller's port is of this kind. */
    public void cut(IntPredicate callers) {
        cut = callers;
        wires.forEach(this::hold);
    }

    /** All connections go on where they were. */
    public void heal() {
        cut = Proxy::nobody;
        wires.forEach(wire -> wire.gate().open());
    }

    /** Ends all connections. */
    @Override
    public void close() {
        cut = Proxy::nobody;
        try {
            server.close();
        } catch (IOException e) {
            System.err.println("the proxy on port " + port() + " does not close: " + e);
        }
        wires.forEach(Wire::end);
    }
}
