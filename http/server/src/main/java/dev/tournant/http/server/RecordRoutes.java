package dev.tournant.http.server;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The records of a merchant.
 *
 * <p>An edit reads the record, merges the patch into its fields, and sends what changed together with the revision
 * that was read. The merchant compares the revision again when it decides, so nothing can slip in between.
 */
final class RecordRoutes {
    private static final String ALL = "/v1/merchants/{id}/records";
    private static final String OF_KIND = ALL + "/{kind}";
    private static final String ONE = OF_KIND + "/{recordId}";
    /** How often {@code If-Match: *} begins again when others keep changing the record. */
    private static final int TRIES_MAX = 3;

    private final Asking asking;
    private final AsOf asOf;
    private final Bodies bodies;
    private final HttpConfig config;
    private final InstantSource clock;
    private final Executor executor;

    RecordRoutes(Asking asking, AsOf asOf, Bodies bodies, HttpConfig config, InstantSource clock, Executor executor) {
        this.asking = asking;
        this.asOf = asOf;
        this.bodies = bodies;
        this.config = config;
        this.clock = clock;
        this.executor = executor;
    }

    List<Operation> operations() {
        return List.of(
                new Operation("GET", ALL, Access.READ, call -> list(call, null)),
                new Operation("GET", OF_KIND, Access.READ, call -> list(call, call.kind())),
                new Operation("GET", ONE, Access.READ, this::show),
                new Operation("PATCH", ONE, Access.WRITE, this::patch));
    }

    private CompletionStage<HttpResponse> list(Call call, @Nullable Kind kind) {
        MerchantId merchant = call.merchant();
        Map<String, String> asked = call.query("after", "limit", AsOf.PARAMETER);
        Page page = Page.of(asked);
        RecordKey after = page.after(RecordRoutes::key).orElse(null);
        String path = Answers.path(merchant) + "/records" + (kind == null ? "" : "/" + kind.json());
        String moment = asked.get(AsOf.PARAMETER);
        if (moment != null) {
            return asOf.list(merchant, kind, page, after, path, moment);
        }
        MerchantQuery.Records query = after == null
                ? new MerchantQuery.Records(kind, null, null, page.limit())
                : new MerchantQuery.Records(kind, after.kind(), after.id(), page.limit());
        return asking.ask(merchant, query).thenApplyAsync(found -> listed(found, page, path), executor);
    }

    private static RecordKey key(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no key");
        }
        return RecordKey.of(Kind.of(text.substring(0, slash)), text.substring(slash + 1));
    }

    private static HttpResponse listed(MerchantReply.Records found, Page page, String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("records", found.values());
        json.put("revision", found.merchantRevision());
        if (found.more() && !found.values().isEmpty()) {
            FlatRecord last = found.values().get(found.values().size() - 1);
            json.put("next", page.next(path, last.key().toString()));
        }
        return Answers.json(json);
    }

    private CompletionStage<HttpResponse> show(Call call) {
        String moment = call.query(AsOf.PARAMETER).get(AsOf.PARAMETER);
        RecordKey key = call.key();
        if (moment != null) {
            return asOf.record(call.merchant(), key, moment);
        }
        List<String> known = call.header("If-None-Match");
        return asking.ask(call.merchant(), new MerchantQuery.OneRecord(key))
                .thenApplyAsync(
                        found -> {
                            FlatRecord record = present(key, found);
                            return known.contains(Precondition.tag(record.revision()))
                                    ? Answers.empty(StatusCodes.NOT_MODIFIED).addHeader(tag(record.revision()))
                                    : Answers.json(record).addHeader(tag(record.revision()));
                        },
                        executor);
    }

    static FlatRecord present(RecordKey key, MerchantReply.OneRecord found) {
        FlatRecord record = found.value();
        if (record == null) {
            throw new Refusal(Problem.UNKNOWN_RECORD, "there is no " + key);
        }
        Provenance deletedBy = record.deletedBy();
        if (deletedBy != null) {
            throw new Refusal(
                    Problem.UNKNOWN_RECORD,
                    key + " was deleted by " + deletedBy.link() + " at "
                            + deletedBy.stamp().instant() + ", in revision " + record.revision());
        }
        return record;
    }

    private CompletionStage<HttpResponse> patch(Call call) {
        call.query();
        Edit edit = new Edit(call, call.merchant(), call.key(), Precondition.of(call));
        if (edit.condition.kind() == Precondition.Kind.NONE) {
            throw new Refusal(Problem.MISSING_PRECONDITION, "the request has neither If-Match nor If-None-Match: *");
        }
        return bodies.object(call.request(), Bodies.JSON_PATCH, config.jsonBytesMax())
                .thenComposeAsync(patch -> carryOut(edit, patch, 1), executor)
                .thenApplyAsync(done -> edited(edit, done), executor);
    }

    private record Edit(Call call, MerchantId merchant, RecordKey key, Precondition condition) {}

    private CompletionStage<MerchantReply.Edited> carryOut(Edit edit, Map<?, ?> patch, int attempt) {
        if (edit.condition.kind() == Precondition.Kind.ABSENT) {
            return tell(edit, MergePatch.fields(edit.key.kind(), FieldMap.EMPTY, patch), 0);
        }
        return asking.ask(edit.merchant, new MerchantQuery.OneRecord(edit.key))
                .thenComposeAsync(found -> merge(edit, patch, present(edit.key, found)), executor)
                .exceptionallyComposeAsync(
                        failure -> {
                            boolean again = Failures.cause(failure) instanceof Refusal refusal
                                    && refusal.problem() == Problem.STALE_REVISION
                                    && edit.condition.kind() == Precondition.Kind.PRESENT
                                    && attempt < TRIES_MAX;
                            return again ? carryOut(edit, patch, attempt + 1) : CompletableFuture.failedFuture(failure);
                        },
                        executor);
    }

    private CompletionStage<MerchantReply.Edited> merge(Edit edit, Map<?, ?> patch, FlatRecord now) {
        if (edit.condition.kind() == Precondition.Kind.AT && edit.condition.revision() != now.revision()) {
            throw new Refusal(
                    Problem.STALE_REVISION,
                    edit.key + " is at revision " + now.revision() + ", not " + edit.condition.revision());
        }
        return tell(edit, MergePatch.fields(edit.key.kind(), now.fields(), patch), now.revision());
    }

    private CompletionStage<MerchantReply.Edited> tell(Edit edit, FieldMap fields, long ifRevision) {
        Instant now = clock.instant();
        RecordDelta delta = RecordDelta.set(edit.key, Stamp.at(now), 0, fields);
        return asking.edit(edit.merchant, new MerchantCommand.EditRecord(delta, ifRevision, edit.call.trace(), now));
    }

    private static HttpResponse edited(Edit edit, MerchantReply.Edited done) {
        HttpResponse response = Answers.json(done.created() ? StatusCodes.CREATED : StatusCodes.OK, done.record())
                .addHeader(tag(done.record().revision()));
        return done.created() ? response.addHeader(Answers.location(edit.merchant, edit.key)) : response;
    }

    private static HttpHeader tag(long revision) {
        return RawHeader.create("ETag", Precondition.tag(revision));
    }
}
