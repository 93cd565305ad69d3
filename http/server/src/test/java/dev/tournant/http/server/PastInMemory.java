package dev.tournant.http.server;

import dev.tournant.messages.Declined;
import dev.tournant.messages.History;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Replays;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers what it was given, and notes what it was asked. */
final class PastInMemory implements History, Replays {
    final List<Object> asked = new ArrayList<>();
    private @Nullable Object answer;

    /** From now on; without one, everything is declined. */
    void answer(Object next) {
        answer = next;
    }

    private <T> CompletionStage<T> answered(Class<T> type, Object question) {
        asked.add(question);
        return answer == null
                ? CompletableFuture.failedFuture(new Declined(Problem.JOURNAL_TOO_LONG, "row 30000"))
                : CompletableFuture.completedFuture(type.cast(answer));
    }

    @Override
    public CompletionStage<Page> of(MerchantId merchant, RecordKey key, @Nullable Place before, int limit) {
        return answered(Page.class, key + " " + before + " " + limit);
    }

    @Override
    public CompletionStage<MerchantReply.OneRecord> record(MerchantId merchant, RecordKey key, Moment asOf) {
        return answered(MerchantReply.OneRecord.class, asOf);
    }

    @Override
    public CompletionStage<MerchantReply.Records> records(
            MerchantId merchant, @Nullable Kind kind, @Nullable RecordKey after, int limit, Moment asOf) {
        return answered(MerchantReply.Records.class, asOf);
    }

    @Override
    public CompletionStage<Rehearsed> rehearse(Wanted wanted) {
        return answered(Rehearsed.class, wanted);
    }

    @Override
    public CompletionStage<Put> put(Wanted wanted) {
        return answered(Put.class, wanted);
    }
}
