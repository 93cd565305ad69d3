package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.MerchantReply.LinkReport;
import dev.tournant.messages.Problem;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Projection;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** How the links of a merchant stand, and what one would show if it were asked to show something else. */
final class LinkRoutes {
    private static final String ALL = "/v1/merchants/{id}/links";

    private final Asking asking;
    private final Bodies bodies;
    private final HttpConfig config;
    private final InstantSource clock;
    private final Executor executor;

    LinkRoutes(Asking asking, Bodies bodies, HttpConfig config, InstantSource clock, Executor executor) {
        this.asking = asking;
        this.bodies = bodies;
        this.config = config;
        this.clock = clock;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", ALL, Access.READ, this::list),
                new Operation("GET", ALL + "/{link}", Access.READ, this::show),
                new Operation("POST", ALL + "/{link}/preview", Access.READ, this::preview));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        return asking.summary(merchant).thenComposeAsync(summary -> listed(merchant, summary), executor);
    }

    private CompletionStage<HttpResponse> listed(MerchantId merchant, MerchantReply.Merchant summary) {
        List<LinkId> links =
                summary.profile().links().stream().map(each -> each.id()).toList();
        return AtOnce.each(links, config.bulk().atOnce(), link -> unlessGone(merchant, link), executor)
                .thenApplyAsync(
                        reports -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put(
                                    "links",
                                    reports.stream()
                                            .flatMap(Optional::stream)
                                            .map(LinkJson::brief)
                                            .toList());
                            return tagged(Answers.json(json), summary);
                        },
                        executor);
    }

    /** A link may go while the others are asked about. */
    private CompletionStage<Optional<LinkReport>> unlessGone(MerchantId merchant, LinkId link) {
        return report(merchant, link)
                .handleAsync(
                        (report, failure) -> {
                            if (failure == null) {
                                return Optional.of(report);
                            }
                            if (Failures.cause(failure) instanceof Refusal refusal) {
                                if (refusal.problem() == Problem.UNKNOWN_LINK) {
                                    return Optional.empty();
                                }
                                throw refusal;
                            }
                            throw new IllegalStateException("link " + link + " of " + merchant, failure);
                        },
                        executor);
    }

    private CompletionStage<LinkReport> report(MerchantId merchant, LinkId link) {
        return asking.ask(merchant, new MerchantQuery.OneLink(link, clock.instant()), LinkReport.class);
    }

    /** The profile's revision is asked for first: the entity tag is never newer than what stands beside it. */
    private CompletionStage<HttpResponse> show(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        LinkId link = call.link();
        return asking.summary(merchant)
                .thenComposeAsync(
                        summary -> report(merchant, link)
                                .thenApplyAsync(
                                        report -> tagged(Answers.json(LinkJson.report(report)), summary), executor),
                        executor);
    }

    private static HttpResponse tagged(HttpResponse response, MerchantReply.Merchant summary) {
        return response.addHeader(RawHeader.create("ETag", Precondition.tag(summary.profileRevision())));
    }

    private CompletionStage<HttpResponse> preview(Call call) {
        call.query();
        MerchantId merchant = call.merchant();
        LinkId link = call.link();
        return bodies.object(call.request(), Bodies.JSON, config.jsonBytesMax())
                .thenApplyAsync(Projection.CODEC::read, executor)
                .thenComposeAsync(
                        proposed -> asking.ask(
                                merchant,
                                new MerchantQuery.PreviewLink(link, proposed),
                                MerchantReply.LinkPreview.class),
                        executor)
                .thenApplyAsync(preview -> Answers.json(LinkJson.preview(preview)), executor);
    }
}
