package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Weight;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a merchant answers to questions: pure functions of its committed state. */
final class MerchantQueries {
    private MerchantQueries() {}

    static MerchantReply answer(
            MerchantState state,
            MerchantQuery query,
            Map<PartnerName, Traits> partners,
            long messageBytesMax,
            Instant at) {
        MerchantProfile profile = state.profile();
        if (profile == null) {
            return new MerchantReply.Rejected(Problem.UNKNOWN_MERCHANT, "this merchant does not exist");
        }
        if (query instanceof MerchantQuery.OneRecord one) {
            return new MerchantReply.OneRecord(state.records().get(one.key()), state.revision());
        }
        if (query instanceof MerchantQuery.Records records) {
            return page(state, records, messageBytesMax);
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
        if (query instanceof MerchantQuery.Place place) {
            return new MerchantReply.Place(state.revision(), state.rowBefore(place.revision()), state.rows());
        }
        if (query instanceof MerchantQuery.OneLink
                || query instanceof MerchantQuery.Explain
                || query instanceof MerchantQuery.Conflicts
                || query instanceof MerchantQuery.Held
                || query instanceof MerchantQuery.Shown
                || query instanceof MerchantQuery.PreviewLink) {
            return new LinkQueries(state, profile, partners, messageBytesMax, at).answer(query);
        }
        throw new IllegalArgumentException("a query that this version does not know: " + query);
    }

    /** As many records as were asked for, or fewer where they weigh more than a message may. */
    private static MerchantReply page(MerchantState state, MerchantQuery.Records query, long messageBytesMax) {
        List<FlatRecord> found =
                state.records().page(query.kind(), after(query.afterKind(), query.after()), query.limit() + 1);
        int taken = fitting(found, query.limit(), messageBytesMax);
        return new MerchantReply.Records(found.subList(0, taken), taken < found.size(), state.revision());
    }

    /** How many of these a message holds: at least one. */
    static int fitting(List<FlatRecord> found, int limit, long messageBytesMax) {
        int taken = 0;
        long weight = 0;
        while (taken < Math.min(found.size(), limit)) {
            weight += Weight.of(found.get(taken));
            if (taken > 0 && weight > messageBytesMax) {
                break;
            }
            taken++;
        }
        return taken;
    }

    private static @Nullable RecordKey after(@Nullable Kind kind, @Nullable RecordId id) {
        return kind == null || id == null ? null : new RecordKey(kind, id);
    }

    private static List<MerchantReply.FeedView> feeds(MerchantState state) {
        return state.feeds().values().stream()
                .map(feed -> new MerchantReply.FeedView(
                        feed.link(),
                        feed.resource(),
                        feed.cursor(),
                        feed.isDue(),
                        feed.trouble(),
                        feed.soFar().pages()))
                .sorted(Comparator.comparing((MerchantReply.FeedView view) -> view.link() + "/" + view.resource()))
                .toList();
    }
}
