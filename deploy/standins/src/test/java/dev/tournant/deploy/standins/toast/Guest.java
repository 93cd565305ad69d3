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
final class Guest {
    record Got(int status, JsonNode body, HttpResponse<byte[]> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private final URI base;
    private final String token;
    private final String restaurant;

    private Guest(URI base, String token, String restaurant) {
        this.base = base;
        this.token = token;
        this.restaurant = restaurant;
    }

    static Guest without(ToastStandin standin) {
        return new Guest(standin.url(), "", "");
    }

    /** The first client at the first restaurant. */
    static Guest of(ToastStandin standin) throws Exception {
        return of(standin, 0);
    }

    static Guest of(ToastStandin standin, int client) throws Exception {
        Got got = without(standin).login(standin.clients().get(client));
        return new Guest(
                standin.url(),
                got.body().at("/token/accessToken").asText(),
                standin.restaurants().get(0));
    }

    Guest at(String other) {
        return new Guest(base, token, other);
    }

    Guest withToken(String other) {
        return new Guest(base, other, restaurant);
    }

    String token() {
        return token;
    }

    Got login(ToastStandin.Client client) throws Exception {
        return login(client.clientId(), client.clientSecret());
    }

    Got login(String id, String secret) throws Exception {
        return post(
                "/authentication/v1/authentication/login",
                "{'clientId':'" + id + "','clientSecret':'" + secret + "','userAccessType':'TOAST_MACHINE_CLIENT'}");
    }

    Got get(String path) throws Exception {
        return send("GET", path, "");
    }

    Got post(String path, String body) throws Exception {
        return send("POST", path, body);
    }

    Got put(String path, String body) throws Exception {
        return send("PUT", path, body);
    }

    Got send(String method, String path, String body) throws IOException, InterruptedException {
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
        return new Got(response.statusCode(), Json.readAny(response.body()).orElseThrow(), response);
    }
}
