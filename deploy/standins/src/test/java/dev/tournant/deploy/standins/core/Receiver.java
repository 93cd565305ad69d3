package dev.tournant.deploy.standins.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes webhooks in on a real socket; refuses the first few if told to. */
public final class Receiver implements AutoCloseable {
    public record Delivery(String body, Map<String, String> headers) {
        public ObjectNode event() {
            return Json.read(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final AtomicInteger refusals;
    private final int refusal;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    private Receiver(int refusals, int refusal) throws IOException {
        this.refusals = new AtomicInteger(refusals);
        this.refusal = refusal;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    public static Receiver open() throws IOException {
        return new Receiver(0, 200);
    }

    /** Leaves the first webhook without an answer. */
    public static Receiver silentAtFirst() throws IOException {
        return new Receiver(1, 0);
    }

    public static Receiver refusing(int times, int status) throws IOException {
        return new Receiver(times, status);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks?for=test&x=1";
    }

    public Delivery next() throws InterruptedException {
        Delivery next = deliveries.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no webhook came within 10 s");
        }
        return next;
    }

    public boolean isQuietFor(long millis) throws InterruptedException {
        return deliveries.poll(millis, TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        deliveries.add(new Delivery(body, headers));
        int status = refusals.getAndDecrement() > 0 ? refusal : 200;
        if (status > 0) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }
}
