package dev.tournant.deploy.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A Square with locations and nothing else, so that the first fetches of new merchants end at once. */
final class EmptySquare implements AutoCloseable {
    private final HttpServer server;

    private EmptySquare(HttpServer server) {
        this.server = server;
    }

    static EmptySquare start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String location = path.substring(path.lastIndexOf('/') + 1);
            String json = path.startsWith("/v2/locations/") ? "{\"location\":{\"id\":\"" + location + "\"}}" : "{}";
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return new EmptySquare(server);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
