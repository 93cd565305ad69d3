package dev.tournant.deploy.faults;

import dev.tournant.deploy.stack.NodeProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes and reads of merchants that wait for their answer as long as any pause lasts. */
final class Api {
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");
    private static final int CREATED = 201;
    private static final int OK = 200;

    private final String key;
    private final Duration within;
    private final HttpClient client;

    /** @param within how long an answer is waited for; longer than the pause, as a patient client's */
    Api(String key, Duration within, ExecutorService executor) {
        this.key = key;
        this.within = within;
        this.client = HttpClient.newBuilder()
                .connectTimeout(within)
                .version(HttpClient.Version.HTTP_1_1)
                .executor(executor)
                .build();
    }

    /** Makes a record. Completes with the revision that made it, or with 0 where it is not acknowledged. */
    CompletableFuture<Long> create(NodeProcess node, String merchant, String id) {
        HttpRequest request = request(node, merchant + "/records/item/" + id)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-None-Match", "*")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\":\"" + id + "\"}"))
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((response, failure) -> {
            if (failure != null || response.statusCode() != CREATED) {
                return 0L;
            }
            return etag(response.headers().firstValue("etag").orElse(""));
        });
    }

    /** The merchant's revision; 0 where there is no answer. */
    CompletableFuture<Long> revision(NodeProcess node, String merchant) {
        HttpRequest request = request(node, merchant).GET().build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((response, failure) -> {
            if (failure != null || response.statusCode() != OK) {
                return 0L;
            }
            Matcher found = REVISION.matcher(response.body());
            return found.find() ? Long.parseLong(found.group(1)) : 0L;
        });
    }

    private HttpRequest.Builder request(NodeProcess node, String path) {
        return HttpRequest.newBuilder(URI.create(node.url() + "/v1/merchants/" + path))
                .timeout(within)
                .header("Authorization", "Bearer " + key);
    }

    /** @param etag as {@code "r12"} */
    static long etag(String etag) {
        if (!etag.matches("\"r\\d+\"")) {
            throw new IllegalStateException("an acknowledged update has the ETag " + etag + ", not one like \"r12\"");
        }
        return Long.parseLong(etag.substring(2, etag.length() - 1));
    }
}
