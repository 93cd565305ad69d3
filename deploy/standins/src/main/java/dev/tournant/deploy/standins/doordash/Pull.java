package dev.tournant.deploy.standins.doordash;

import akka.actor.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.HttpCredentials;
import akka.http.javadsl.settings.ConnectionPoolSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the menus of a store from the merchant's side: {@code GET {endpoint}/{location_id}} with a bearer token. */
final class Pull {
    /** Menus in one pulled answer. */
    static final int MENUS_MAX = 20;

    /** Bytes of one pulled answer. */
    static final long BODY_BYTES_MAX = 16L << 20;

    private final ActorSystem system;
    private final Http http;
    // What went wrong is to be seen, not smoothed over.
    private final ConnectionPoolSettings onceOnly;
    private final Duration timeout;
    private final MenuJobs jobs;
    private final Luck<Faults> luck;

    Pull(ActorSystem system, Duration timeout, MenuJobs jobs, Luck<Faults> luck) {
        this.system = system;
        this.http = Http.get(system);
        this.onceOnly = ConnectionPoolSettings.create(system).withMaxRetries(0);
        this.timeout = timeout;
        this.jobs = jobs;
        this.luck = luck;
    }

    /**
     * Pulls, and says what was read: {@code {url, status, body, problems:[{field, error}], references:[...]}}. With
     * {@code ingest}, menus without problems become jobs: an update where the menu has an id, a create where it has none.
     */
    CompletionStage<ObjectNode> pull(Store store, String endpoint, String token, boolean ingest) {
        String url = endpoint + "/"
                + URLEncoder.encode(store.id(), StandardCharsets.UTF_8).replace("+", "%20");
        HttpRequest request = HttpRequest.GET(url).addCredentials(HttpCredentials.createOAuth2BearerToken(token));
        return http.singleRequest(request, http.defaultClientHttpsContext(), onceOnly, system.log())
                .thenCompose(this::read)
                .toCompletableFuture()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .handle((said, failure) -> said == null ? failed(failure) : judged(store, said, ingest))
                .thenApply(told -> told.put("url", url));
    }

    private CompletionStage<ObjectNode> read(HttpResponse response) {
        return response.entity()
                .toStrict(timeout.toMillis(), BODY_BYTES_MAX, system)
                .thenApply(entity -> {
                    ObjectNode said =
                            Json.object().put("status", response.status().intValue());
                    Json.read(entity.getData().toArray()).ifPresent(body -> said.set("body", body));
                    return said;
                });
    }

    private static ObjectNode failed(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ObjectNode told = Json.object().put("status", 0);
        told.set("problems", FieldError.array(List.of(new FieldError("", "no answer: " + cause))));
        told.putArray("references");
        return told;
    }

    private ObjectNode judged(Store store, ObjectNode said, boolean ingest) {
        List<FieldError> problems = said.path("status").asInt() == 200
                ? problems(store, said.path("body"))
                : List.of(new FieldError("", "the status is not 200"));
        ObjectNode told = said.deepCopy();
        told.set("problems", FieldError.array(problems));
        var references = told.putArray("references");
        if (ingest && problems.isEmpty()) {
            ingested(store, said.path("body").path("menus")).forEach(references::add);
        }
        return told;
    }

    private static List<FieldError> problems(Store store, JsonNode body) {
        List<FieldError> problems = new ArrayList<>();
        if (!body.path("store").path("merchant_supplied_id").asText().equals(store.id())) {
            problems.add(new FieldError("store.merchant_supplied_id", "is not that of the store asked for"));
        }
        if (!body.path("store").path("provider_type").asText().equals(store.providerType())) {
            problems.add(new FieldError("store.provider_type", "must be " + store.providerType()));
        }
        JsonNode menus = body.path("menus");
        if (!menus.isArray() || menus.size() > MENUS_MAX) {
            problems.add(new FieldError("menus", "must be an array of at most " + MENUS_MAX + ", also for one menu"));
            return problems;
        }
        for (int at = 0; at < menus.size(); at++) {
            if (menus.get(at) instanceof ObjectNode element) {
                problems.addAll(MenuRules.pulled(element, at));
                unknownMenu(store, element, at).ifPresent(problems::add);
            } else {
                problems.add(new FieldError("menus[" + at + "]", "must be an object"));
            }
        }
        return problems;
    }

    private static Optional<FieldError> unknownMenu(Store store, ObjectNode element, int at) {
        return element.hasNonNull("id") && !store.hasMenu(element.path("id").asText())
                ? Optional.of(new FieldError("menus[" + at + "].id", "is no menu of the store"))
                : Optional.empty();
    }

    /** The references of the jobs; none when the store has a job pending. */
    private List<String> ingested(Store store, JsonNode menus) {
        List<MenuJob> begun = new ArrayList<>();
        menus.forEach(element -> begun.add(MenuJob.of(
                (ObjectNode) element,
                luck.uuid().toString(),
                element.hasNonNull("id") ? element.path("id").asText() : null)));
        return jobs.begin(store, begun) ? begun.stream().map(MenuJob::reference).toList() : List.of();
    }
}
