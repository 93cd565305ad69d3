package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What merchants there are, and what each one is. */
final class MerchantRoutes {
    private final Asking asking;
    private final Directory directory;
    private final LinkHolders holders;
    private final Bodies bodies;
    private final HttpConfig config;
    private final InstantSource clock;
    private final Executor executor;

    MerchantRoutes(
            Asking asking,
            Directory directory,
            Bodies bodies,
            HttpConfig config,
            InstantSource clock,
            Executor executor) {
        this.asking = asking;
        this.directory = directory;
        this.holders = new LinkHolders(directory);
        this.bodies = bodies;
        this.config = config;
        this.clock = clock;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", "/v1/merchants", Access.READ, this::list),
                new Operation("GET", "/v1/merchants/{id}", Access.READ, this::show),
                new Operation("PUT", "/v1/merchants/{id}", Access.WRITE, this::put));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        Page page = Page.of(call);
        MerchantId after = page.after(MerchantId::new).orElse(null);
        List<DirectoryEntry> found = directory.merchants(after, page.limit() + 1);
        List<DirectoryEntry> shown = found.subList(0, Math.min(found.size(), page.limit()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("merchants", shown.stream().map(MerchantRoutes::entry).toList());
        json.put("complete", directory.isComplete());
        if (found.size() > shown.size()) {
            String last = shown.get(shown.size() - 1).id().value();
            json.put("next", page.next("/v1/merchants", last));
        }
        return CompletableFuture.completedFuture(Answers.json(json));
    }

    private static Map<String, Object> entry(DirectoryEntry entry) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", entry.id());
        json.put("revision", entry.revision());
        json.put("profile", entry.profile());
        return json;
    }

    private CompletionStage<HttpResponse> show(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        return asking.summary(merchant).thenApplyAsync(summary -> shown(merchant, summary), executor);
    }

    private static HttpResponse shown(MerchantId merchant, MerchantReply.Merchant summary) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", merchant);
        json.put("revision", summary.revision());
        json.put("profile-revision", summary.profileRevision());
        json.put("profile", summary.profile());
        json.put("records", summary.records());
        json.put("tally", summary.tally());
        json.put("feeds", summary.feeds());
        return Answers.json(json).addHeader(RawHeader.create("ETag", Precondition.tag(summary.profileRevision())));
    }

    private CompletionStage<HttpResponse> put(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        Precondition condition = Precondition.of(call);
        return bodies.object(call.request(), Bodies.JSON, config.jsonBytesMax())
                .thenApplyAsync(MerchantProfile.CODEC::read, executor)
                .thenComposeAsync(
                        profile -> ifRevision(merchant, condition)
                                .thenComposeAsync(revision -> set(call, merchant, profile, revision.at()), executor),
                        executor);
    }

    /** The profile revision that a write is tied to; null for none. */
    private record IfRevision(@Nullable Long at) {}

    private CompletionStage<IfRevision> ifRevision(MerchantId merchant, Precondition condition) {
        return switch (condition.kind()) {
            case NONE -> CompletableFuture.completedFuture(new IfRevision(null));
            case ABSENT, AT -> CompletableFuture.completedFuture(new IfRevision(condition.revision()));
            case PRESENT ->
                asking.summary(merchant).thenApplyAsync(summary -> new IfRevision(summary.profileRevision()), executor);
        };
    }

    private CompletionStage<HttpResponse> set(
            Call call, MerchantId merchant, MerchantProfile profile, @Nullable Long ifRevision) {
        holders.check(merchant, profile.links());
        return asking.tell(merchant, new MerchantCommand.SetProfile(profile, ifRevision, call.trace(), clock.instant()))
                .thenApplyAsync(done -> wasSet(merchant, profile, done), executor);
    }

    private static HttpResponse wasSet(MerchantId merchant, MerchantProfile profile, MerchantReply.Done done) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", merchant);
        json.put("profile-revision", done.revision());
        json.put("profile", profile);
        HttpResponse response = Answers.json(done.created() ? StatusCodes.CREATED : StatusCodes.OK, json)
                .addHeader(RawHeader.create("ETag", Precondition.tag(done.revision())));
        return done.created() ? response.addHeader(Answers.location(merchant)) : response;
    }
}
