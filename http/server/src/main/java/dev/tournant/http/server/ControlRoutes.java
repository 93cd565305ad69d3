package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.Directory;
import dev.tournant.messages.MerchantCommand.ControlLink;
import dev.tournant.messages.MerchantCommand.ControlLink.Action;
import dev.tournant.messages.Problem;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pausing, resuming and reading anew: of one link, of all of a merchant, and of many merchants. Each of these may be said
 * again without harm, so whoever does not know what became of a request sends it again.
 */
final class ControlRoutes {
    private final Asking asking;
    private final Directory directory;
    private final Set<PartnerName> partners;
    private final Bodies bodies;
    private final HttpConfig config;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Executor executor;

    /** @param nanos a clock that only runs forward, for what may be begun still */
    ControlRoutes(HttpApi api, Asking asking, Bodies bodies, LongSupplier nanos) {
        this.asking = asking;
        this.directory = api.directory();
        this.partners = api.adapters().keySet();
        this.bodies = bodies;
        this.config = api.config();
        this.clock = api.clock();
        this.nanos = nanos;
        this.executor = api.system().executionContext();
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        for (Action action : Action.values()) {
            String name = action.name().toLowerCase(Locale.ROOT);
            all.add(new Operation(
                    "POST",
                    "/v1/merchants/{id}/links/{link}/" + name,
                    Access.WRITE,
                    call -> one(call, action, call.link())));
            all.add(new Operation("POST", "/v1/merchants/{id}/" + name, Access.WRITE, call -> one(call, action, null)));
            all.add(new Operation("POST", "/v1/links/" + name, Access.WRITE, call -> many(call, action)));
        }
        return all;
    }

    private CompletionStage<HttpResponse> one(Call call, Action action, @Nullable LinkId link) {
        call.query();
        Aim aim = new Aim(call.merchant(), link);
        bodies.ignore(call.request());
        return asking.tell(aim.merchant(), command(call, action, aim))
                .thenApplyAsync(done -> Answers.json(json(aim, "done")), executor);
    }

    private ControlLink command(Call call, Action action, Aim aim) {
        return new ControlLink(aim.link(), action, call.trace(), clock.instant());
    }

    private CompletionStage<HttpResponse> many(Call call, Action action) {
        call.query();
        return bodies.object(call.request(), Bodies.JSON, config.jsonBytesMax())
                .thenComposeAsync(
                        json -> many(call, action, Aims.read(json, config.bulk().linksMax())), executor);
    }

    private CompletionStage<HttpResponse> many(Call call, Action action, Aims aims) {
        PartnerName partner = aims.partner();
        if (partner != null && !partners.contains(partner)) {
            throw new Refusal(Problem.UNKNOWN_PARTNER, "this node has no adapter for \"" + partner + "\"");
        }
        Aims.Found found = aims.found(directory, config.bulk().linksMax());
        long until = nanos.getAsLong() + config.answerWithin().dividedBy(2).toNanos();
        return AtOnce.each(found.aims(), config.bulk().atOnce(), aim -> tell(call, action, aim, until), executor)
                .thenApplyAsync(
                        results -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put("results", results);
                            json.put("complete", directory.isComplete());
                            MerchantId next = found.next();
                            if (next != null) {
                                json.put("next", next);
                            }
                            return Answers.json(json);
                        },
                        executor);
    }

    private CompletionStage<Map<String, Object>> tell(Call call, Action action, Aim aim, long until) {
        if (nanos.getAsLong() - until >= 0) {
            Refusal late = new Refusal(Problem.SLOW_DOWN, "not begun, as the others took too long; send it again");
            return CompletableFuture.completedFuture(refused(aim, late));
        }
        return asking.tell(aim.merchant(), command(call, action, aim))
                .handleAsync(
                        (done, failure) -> {
                            if (failure == null) {
                                return json(aim, "done");
                            }
                            if (Failures.cause(failure) instanceof Refusal refusal) {
                                return refused(aim, refusal);
                            }
                            throw new IllegalStateException("merchant " + aim.merchant(), failure);
                        },
                        executor);
    }

    private static Map<String, Object> refused(Aim aim, Refusal refusal) {
        Map<String, Object> json = json(aim, refusal.problem().code());
        json.put("detail", refusal.detail());
        json.put("advice", refusal.problem().advice());
        return json;
    }

    private static Map<String, Object> json(Aim aim, String outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("merchant", aim.merchant());
        LinkId link = aim.link();
        if (link != null) {
            json.put("link", link);
        }
        json.put("outcome", outcome);
        return json;
    }
}
