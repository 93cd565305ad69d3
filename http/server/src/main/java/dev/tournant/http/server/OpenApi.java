package dev.tournant.http.server;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import dev.tournant.http.server.Operation.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The description of this API in OpenAPI 3.1, written by hand and held against the routes by a test. */
final class OpenApi {
    static final String RESOURCE = "openapi.json";

    private OpenApi() {}

    static List<Operation> operations() {
        HttpResponse response =
                HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, read()));
        return List.of(new Operation("GET", "/v1/openapi.json", Access.PUBLIC, call -> {
            call.query();
            return CompletableFuture.completedFuture(response);
        }));
    }

    private static byte[] read() {
        try (InputStream in = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
