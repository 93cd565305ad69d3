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

/** The merchant's side on a real socket: takes webhooks in, refuses the first few if told to, and answers what it is told to. */
public final class Receiver implements AutoCloseable {
    public record Delivery(String path, Map<String, String> headers, String body) {
        public ObjectNode event() {
            return Json.readObject(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }

        /** What a JSON pointer leads to in the body, as text. */
        public String at(String pointer) {
            return event().at(pointer).asText();
        }

        /** Empty when there was none. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final HttpServer server;
    private final AtomicInteger refusals;
    private final int refusal;
    private final int status;
    private final byte[] answer;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

    private Receiver(int refusals, int refusal, int status, String answer) throws IOException {
        this.refusals = new AtomicInteger(refusals);
        this.refusal = refusal;
        this.status = status;
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    public static Receiver open() throws IOException {
        return new Receiver(0, 200, 200, "");
    }

    /** Leaves the first webhook without an answer. */
    public static Receiver silentAtFirst() throws IOException {
        return new Receiver(1, 0, 200, "");
    }

    public static Receiver refusing(int times, int status) throws IOException {
        return new Receiver(times, status, 200, "");
    }

    /** The answer may use single quotes. */
    public static Receiver answering(int status, String answer) throws IOException {
        return new Receiver(0, 0, status, answer.replace('\'', '"'));
    }

    public String url() {
        return plainUrl() + "?for=test&x=1";
    }

    /** Without a query. */
    public String plainUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
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

    public boolean isEmpty() {
        return deliveries.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        deliveries.add(new Delivery(exchange.getRequestURI().toString(), headers, body));
        int said = refusals.getAndDecrement() > 0 ? refusal : status;
        if (said > 0) {
            exchange.sendResponseHeaders(said, answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        }
    }
}
