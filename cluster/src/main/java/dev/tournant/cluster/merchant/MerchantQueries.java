package dev.tournant.cluster.merchant;

import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a merchant answers to questions: pure functions of its committed state. */
final class MerchantQueries {
    private MerchantQueries() {}

    static MerchantReply answer(MerchantState state, MerchantQuery query) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "this merchant does not exist");
        }
        if (query instanceof MerchantQuery.OneRecord one) {
            return new MerchantReply.OneRecord(state.records().get(one.key()), state.revision());
        }
        if (query instanceof MerchantQuery.Records records) {
            return page(state, records);
        }
        if (query instanceof MerchantQuery.Summary) {
            return new MerchantReply.Merchant(
                    profile,
                    state.revision(),
                    state.profileRevision(),
                    state.records().counts(),
                    state.tally(),
                    feeds(state));
        }
        throw new IllegalArgumentException("a query that this version does not know: " + query);
    }

    private static MerchantReply page(MerchantState state, MerchantQuery.Records query) {
        List<FlatRecord> found =
                state.records().page(query.kind(), after(query.afterKind(), query.after()), query.limit() + 1);
        boolean more = found.size() > query.limit();
        return new MerchantReply.Records(more ? found.subList(0, query.limit()) : found, more, state.revision());
    }

    private static @Nullable RecordKey after(@Nullable Kind kind, @Nullable RecordId id) {
        return kind == null || id == null ? null : new RecordKey(kind, id);
    }

    private static List<MerchantReply.FeedView> feeds(MerchantState state) {
        return state.feeds().values().stream()
                .map(feed -> new MerchantReply.FeedView(
                        feed.link(), feed.resource(), feed.cursor(), feed.isDue(), feed.trouble()))
                .sorted(java.util.Comparator.comparing(
                        (MerchantReply.FeedView view) -> view.link() + "/" + view.resource()))
                .toList();
    }
}
