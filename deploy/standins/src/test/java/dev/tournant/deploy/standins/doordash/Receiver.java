package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The merchant's side on a real socket: takes webhooks in, refuses the first few if told to, and answers pulls. */
final class Receiver implements AutoCloseable {
    /** A request; the authorization is null when there was none. */
    record Delivery(String path, @Nullable String authorization, String body) {
        ObjectNode event() {
            return Json.readObject(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }

        String at(String pointer) {
            return event().at(pointer).asText();
        }
    }

    private final HttpServer server;
    private final AtomicInteger refusals;
    private final int status;
    private final String answer;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    private Receiver(int refusals, int status, String answer) throws IOException {
        this.refusals = new AtomicInteger(refusals);
        this.status = status;
        this.answer = answer;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    static Receiver open() throws IOException {
        return new Receiver(0, 200, "");
    }

    static Receiver refusing(int times) throws IOException {
        return new Receiver(times, 200, "");
    }

    static Receiver answering(int status, String answer) throws IOException {
        return new Receiver(0, status, answer.replace('\'', '"'));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    Delivery next() throws InterruptedException {
        Delivery next = deliveries.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came within 10 s");
        }
        return next;
    }

    boolean isEmpty() {
        return deliveries.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        deliveries.add(new Delivery(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body));
        exchange.sendResponseHeaders(
                refusals.getAndDecrement() > 0 ? 503 : status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
