package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One link of a merchant's profile, without sending all of it. The profile is read, changed and set at the revision that
 * was read, so that nothing can slip in between. {@code If-Match} bears the profile's entity tag; {@code *} stands for a
 * link that is there, and {@code If-None-Match: *} for one that is not.
 */
final class LinkEditRoutes {
    private static final String ONE = "/v1/merchants/{id}/links/{link}";
    /** How often an edit that is tied to no revision begins again when others change the profile meanwhile. */
    private static final int TRIES_MAX = 3;

    private final Asking asking;
    private final LinkHolders holders;
    private final Bodies bodies;
    private final HttpConfig config;
    private final InstantSource clock;
    private final Executor executor;

    LinkEditRoutes(
            Asking asking,
            LinkHolders holders,
            Bodies bodies,
            HttpConfig config,
            InstantSource clock,
            Executor executor) {
        this.asking = asking;
        this.holders = holders;
        this.bodies = bodies;
        this.config = config;
        this.clock = clock;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("PUT", ONE, Access.WRITE, this::put),
                new Operation("DELETE", ONE, Access.WRITE, this::delete));
    }

    /**
     * What is to become of one link.
     *
     * @param to null to take it away
     */
    private record Edit(
            MerchantId merchant, LinkId id, @Nullable Link to, Precondition condition, String trace) {
        /** The profile afterwards. */
        MerchantProfile applied(MerchantProfile profile) {
            List<Link> links = new ArrayList<>(profile.links());
            int place = place(profile);
            if (to == null) {
                links.remove(place);
            } else if (place < 0) {
                links.add(to);
            } else {
                links.set(place, to);
            }
            return new MerchantProfile(profile.name(), profile.currency(), profile.zone(), links, profile.rules());
        }

        int place(MerchantProfile profile) {
            return profile.links().stream().map(Link::id).toList().indexOf(id);
        }
    }

    private CompletionStage<HttpResponse> put(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        LinkId id = call.link();
        Precondition condition = Precondition.of(call);
        return bodies.object(call.request(), Bodies.JSON, config.jsonBytesMax())
                .thenComposeAsync(
                        json -> carryOut(new Edit(merchant, id, link(id, json), condition, call.trace()), 1), executor);
    }

    /** The body is a link; its id may be left out, as it stands in the path. */
    private static Link link(LinkId id, Map<?, ?> json) {
        Map<Object, @Nullable Object> whole = new LinkedHashMap<>(json);
        whole.putIfAbsent("id", id.value());
        Link link = Link.CODEC.read(whole);
        if (!link.id().equals(id)) {
            throw new InvalidValue("must be \"" + id + "\" as in the path, or be left out").under("id");
        }
        return link;
    }

    private CompletionStage<HttpResponse> delete(Call call) {
        call.query();
        bodies.ignore(call.request());
        return carryOut(new Edit(call.merchant(), call.link(), null, Precondition.of(call), call.trace()), 1);
    }

    private CompletionStage<HttpResponse> carryOut(Edit edit, int attempt) {
        return asking.summary(edit.merchant)
                .thenComposeAsync(summary -> set(edit, summary), executor)
                .exceptionallyComposeAsync(
                        failure -> {
                            boolean again = Failures.cause(failure) instanceof Refusal refusal
                                    && refusal.problem() == Problem.STALE_REVISION
                                    && edit.condition.kind() != Precondition.Kind.AT
                                    && attempt < TRIES_MAX;
                            return again ? carryOut(edit, attempt + 1) : CompletableFuture.failedFuture(failure);
                        },
                        executor);
    }

    private CompletionStage<HttpResponse> set(Edit edit, MerchantReply.Merchant summary) {
        boolean isThere = edit.place(summary.profile()) >= 0;
        check(edit, summary, isThere);
        holders.check(edit.merchant, edit.to == null ? List.of() : List.of(edit.to));
        MerchantProfile profile = edit.applied(summary.profile());
        MerchantCommand command =
                new MerchantCommand.SetProfile(profile, summary.profileRevision(), edit.trace, clock.instant());
        return asking.tell(edit.merchant, command).thenApplyAsync(done -> answer(edit, isThere, done), executor);
    }

    private static void check(Edit edit, MerchantReply.Merchant summary, boolean isThere) {
        long at = summary.profileRevision();
        Precondition.Kind kind = edit.condition.kind();
        if (kind == Precondition.Kind.AT && edit.condition.revision() != at) {
            throw new Refusal(
                    Problem.STALE_REVISION, "the profile is at revision " + at + ", not " + edit.condition.revision());
        }
        if (kind == Precondition.Kind.ABSENT && isThere) {
            throw new Refusal(
                    Problem.STALE_REVISION, "there is a link \"" + edit.id + "\" already; send If-Match to replace it");
        }
        boolean needed = edit.to == null || kind == Precondition.Kind.PRESENT;
        if (needed && !isThere) {
            throw new Refusal(Problem.UNKNOWN_LINK, "the merchant has no link \"" + edit.id + "\"");
        }
    }

    private static HttpResponse answer(Edit edit, boolean wasThere, MerchantReply.Done done) {
        RawHeader tag = RawHeader.create("ETag", Precondition.tag(done.revision()));
        Link link = edit.to;
        if (link == null) {
            return Answers.empty(StatusCodes.NO_CONTENT).addHeader(tag);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", edit.merchant);
        json.put("profile-revision", done.revision());
        json.put("link", link);
        HttpResponse response = Answers.json(wasThere ? StatusCodes.OK : StatusCodes.CREATED, json)
                .addHeader(tag);
        return wasThere ? response : response.addHeader(Answers.location(edit.merchant, edit.id));
    }
}
