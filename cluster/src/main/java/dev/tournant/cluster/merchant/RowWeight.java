package dev.tournant.cluster.merchant;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.messages.Fact;
import dev.tournant.messages.Json;
import dev.tournant.messages.Revision;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Weight;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.Conflict;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.FeedState;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkHealth;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes a commit takes in its row, before it is compressed: everything in it that can be long is counted. Rows
 * are bounded by it, as Cassandra refuses one that is too large, and would refuse it again for ever.
 */
final class RowWeight {
    private static final long SMALL = 40;
    private static final long NAME = 20;

    private RowWeight() {}

    static long of(Commit commit) {
        long sum = SMALL * commit.marks().size() + NAME * commit.seen().size();
        for (Revision each : commit.revisions()) {
            sum += 3 * SMALL + text(each.event());
            for (Fact fact : each.facts()) {
                sum += SMALL + of(fact);
            }
        }
        for (Commit.Refusal each : commit.refusals()) {
            sum += of(each);
        }
        for (FeedState each : commit.feeds()) {
            sum += of(each);
        }
        for (Commit.Repetition each : commit.repetitions()) {
            sum += 5 * SMALL + text(each.event()) + NAME * each.fields().size();
        }
        for (LinkChange each : commit.links()) {
            sum += of(each);
        }
        for (Conflict each : commit.conflicts()) {
            sum += 2 * SMALL + of(each.won()) + of(each.lost());
        }
        return sum;
    }

    static long of(Commit.Refusal refusal) {
        return 4 * SMALL + text(refusal.detail());
    }

    private static long of(Fact fact) {
        if (fact instanceof Fact.RecordsChanged changed) {
            return changed.deltas().stream().mapToLong(Weight::of).sum();
        }
        if (fact instanceof Fact.ProfileSet set) {
            return of(set.profile());
        }
        if (fact instanceof Fact.CameForward forward) {
            return 3 * SMALL + text(forward.event()) + Weight.of(forward.delta());
        }
        if (fact instanceof Fact.NotKept unkept) {
            return Weight.of(unkept.told()) + Weight.of(unkept.shown());
        }
        throw new IllegalArgumentException("a fact that this version does not know: " + fact);
    }

    /** Few, and of many parts: so they are written to be measured. */
    private static long of(MerchantProfile profile) {
        try {
            return Json.text().writeValueAsBytes(profile).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is stored as JSON can be written as JSON", e);
        }
    }

    private static long of(FeedState feed) {
        FeedState.Readings readings = feed.readings();
        FeedState.Place place = readings == null ? null : readings.place();
        return 10 * SMALL + text(feed.cursor()) + text(feed.trouble()) + (place == null ? 0 : text(place.onward()));
    }

    private static long of(LinkChange change) {
        LinkChange.Account account = change.account();
        long sum = SMALL + (account == null ? 0 : SMALL + text(account.id()));
        for (Counterpart each : change.counterparts()) {
            sum += of(each);
        }
        LinkHealth health = change.health();
        return health == null ? sum : sum + of(health);
    }

    private static long of(Counterpart counterpart) {
        long sum = 5 * SMALL + text(counterpart.document()) + of(counterpart.told()) + of(counterpart.said());
        RecordDelta telling = counterpart.telling();
        sum += telling == null ? 0 : Weight.of(telling);
        Counterpart.Refusal refusal = counterpart.refusal();
        sum += refusal == null ? 0 : 3 * SMALL + text(refusal.why());
        for (Counterpart.Unkept each : counterpart.unkept()) {
            sum += 2 * SMALL + of(each.told()) + of(each.shown());
        }
        return sum;
    }

    private static long of(LinkHealth health) {
        LinkHealth.Trouble trouble = health.trouble();
        long sum = 5 * SMALL + (trouble == null ? 0 : SMALL + text(trouble.why()));
        for (LinkHealth.Job job : health.jobs()) {
            sum += 3 * SMALL;
            for (LinkHealth.Told each : job.told()) {
                sum += SMALL + Weight.of(each.delta());
            }
        }
        for (LinkHealth.End each : health.ends()) {
            sum += 3 * SMALL + text(each.outcome().why());
        }
        return sum;
    }

    private static long of(@Nullable FlatRecord record) {
        return record == null ? 0 : Weight.of(record);
    }

    private static long text(@Nullable String text) {
        return text == null ? 0 : Weight.of(text);
    }
}
