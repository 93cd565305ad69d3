package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Plain HTTP to a stand-in of Toast, for one restaurant, with a token or without. Bodies may use single quotes. */
final class Caller {
    record Reply(int status, JsonNode body, HttpResponse<byte[]> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final URI base;
    private final String token;
    private final String restaurant;

    private Caller(URI base, String token, String restaurant) {
        this.base = base;
        this.token = token;
        this.restaurant = restaurant;
    }

    static Caller without(ToastStandin standin) {
        return new Caller(standin.url(), "", "");
    }

    /** The first client at the first restaurant. */
    static Caller of(ToastStandin standin) throws Exception {
        return of(standin, 0);
    }

    static Caller of(ToastStandin standin, int client) throws Exception {
        Reply got = without(standin).login(standin.clients().get(client));
        return new Caller(
                standin.url(),
                got.body().at("/token/accessToken").asText(),
                standin.restaurants().get(0));
    }

    Caller at(String other) {
        return new Caller(base, token, other);
    }

    Caller withToken(String other) {
        return new Caller(base, other, restaurant);
    }

    String token() {
        return token;
    }

    Reply login(ToastStandin.Client client) throws Exception {
        return login(client.clientId(), client.clientSecret());
    }

    Reply login(String id, String secret) throws Exception {
        return post(
                "/authentication/v1/authentication/login",
                "{'clientId':'" + id + "','clientSecret':'" + secret + "','userAccessType':'TOAST_MACHINE_CLIENT'}");
    }

    Reply get(String path) throws Exception {
        return send("GET", path, "");
    }

    Reply post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    Reply put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'), StandardCharsets.UTF_8))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!restaurant.isEmpty()) {
            request.header("Toast-Restaurant-External-ID", restaurant);
        }
        HttpResponse<byte[]> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), Json.read(response.body()).orElseThrow(), response);
    }
}
