package dev.tournant.http.server;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Why values are what they are, and which edits crossed: for support staff. */
final class ExplainRoutes {
    private static final String CONFLICTS = "/v1/merchants/{id}/conflicts";

    private final Asking asking;
    private final Bodies bodies;
    private final InstantSource clock;
    private final Executor executor;

    ExplainRoutes(Asking asking, Bodies bodies, InstantSource clock, Executor executor) {
        this.asking = asking;
        this.bodies = bodies;
        this.clock = clock;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", "/v1/merchants/{id}/explain", Access.READ, this::explain),
                new Operation("GET", CONFLICTS, Access.READ, this::conflicts),
                new Operation("POST", CONFLICTS + "/{number}/reverse", Access.WRITE, this::reverse));
    }

    private CompletionStage<HttpResponse> explain(Call call) {
        Map<String, String> query = call.query("kind", "id", "field", "link");
        MerchantId merchant = call.merchant();
        RecordKey key = new RecordKey(Kind.of(query.getOrDefault("kind", Kind.ITEM.json())), id(query.get("id")));
        String link = query.get("link");
        MerchantQuery question = new MerchantQuery.Explain(
                key, query.get("field"), link == null ? null : new LinkId(link), clock.instant());
        return asking.ask(merchant, question, MerchantReply.Explanation.class)
                .thenApplyAsync(
                        found -> call.wantsText()
                                ? Answers.text(ExplanationText.of(found))
                                : Answers.json(LinkJson.explanation(found)),
                        executor);
    }

    private static RecordId id(@Nullable String text) {
        if (text == null) {
            throw new Refusal(
                    Problem.BAD_REQUEST,
                    "say which record: ?kind=item&id=…, and with &link=… on which channel, with &field=… which value");
        }
        return new RecordId(text);
    }

    private CompletionStage<HttpResponse> conflicts(Call call) {
        call.query();
        return asking.ask(call.merchant(), new MerchantQuery.Conflicts(), MerchantReply.Conflicts.class)
                .thenApplyAsync(
                        found -> Answers.json(Map.of(
                                "conflicts",
                                found.values().stream().map(LinkJson::conflict).toList())),
                        executor);
    }

    private CompletionStage<HttpResponse> reverse(Call call) {
        call.query();
        bodies.ignore(call.request());
        MerchantId merchant = call.merchant();
        String text = call.name("number");
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new Refusal(Problem.UNKNOWN_CONFLICT, "a conflict has a number, not " + Call.shown(text));
        }
        MerchantCommand command =
                new MerchantCommand.ReverseConflict(Long.parseLong(text), call.trace(), clock.instant());
        return asking.edit(merchant, command)
                .thenApplyAsync(
                        edited -> Answers.json(edited.record())
                                .addHeader(RawHeader.create(
                                        "ETag", Precondition.tag(edited.record().revision()))),
                        executor);
    }
}
