package dev.tournant.cluster.merchant;

import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import dev.tournant.persistence.FeedState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one delivery means for the {@link Sweep}s of its link. Pure. */
final class Sweeping {
    private final Batch state;
    private final Delivery delivery;
    private final Set<RecordKey> mentioned;

    /** @param mentioned records that the delivery speaks of, under our names */
    Sweeping(Batch state, Delivery delivery, Set<RecordKey> mentioned) {
        this.state = state;
        this.delivery = delivery;
        this.mentioned = mentioned;
    }

    /** The sweeps after the delivery; one that ends with it is still among them. */
    Map<String, Sweep> after() {
        Map<String, Sweep> before = state.sweeps();
        FeedPage page = delivery.page();
        FeedPage.Leaf leaf = page == null ? null : page.leaf();
        Map<Kind, Whole> wholes = Sweep.wholes(delivery.events());
        boolean begins = leaf != null && leaf.number() == 1 && !wholes.isEmpty() && isCurrent(page);
        if (before.isEmpty() && !begins) {
            return before;
        }
        Map<String, Sweep> after = new HashMap<>(before);
        if (page != null && leaf != null) {
            String key = MerchantState.feedKey(delivery.link(), page.resource());
            put(after, key, turned(before.get(key), page, leaf, wholes));
        }
        String ofLink = MerchantState.feedKey(delivery.link(), "");
        for (Map.Entry<String, Sweep> each : List.copyOf(after.entrySet())) {
            if (each.getKey().startsWith(ofLink)) {
                Sweep sweep = each.getValue();
                put(after, each.getKey(), isOver(each.getKey(), sweep) ? null : sweep.with(mentioned));
            }
        }
        return after;
    }

    private @Nullable Sweep turned(@Nullable Sweep before, FeedPage page, FeedPage.Leaf leaf, Map<Kind, Whole> wholes) {
        // What of a page could not be read may be just what would else look gone.
        Map<Kind, Whole> said = delivery.unreadable().isEmpty() ? wholes : Map.of();
        if (before != null && before.read().equals(leaf.read())) {
            return isCurrent(page) ? before.with(leaf, said) : null;
        }
        boolean begins = leaf.number() == 1 && !said.isEmpty() && isCurrent(page);
        return begins && (before == null || before.generation() <= page.generation())
                ? Sweep.of(page, leaf, said, delivery.receivedAt())
                : before;
    }

    /** A fetch older than the last that ended tells nothing any more. */
    private boolean isCurrent(@Nullable FeedPage page) {
        FeedState feed = page == null ? null : state.feed(MerchantState.feedKey(delivery.link(), page.resource()));
        return feed != null && page != null && page.generation() >= feed.done();
    }

    private boolean isOver(String key, Sweep sweep) {
        FeedState feed = state.feed(key);
        return feed == null || sweep.generation() < feed.done();
    }

    private static void put(Map<String, Sweep> all, String key, @Nullable Sweep sweep) {
        if (sweep == null) {
            all.remove(key);
        } else {
            all.put(key, sweep);
        }
    }

    /** Whether a page is of the reading that a sweep is about, and there is nothing of it between the two. */
    static boolean isOf(Sweep sweep, FeedPage page) {
        FeedPage.Leaf leaf = page.leaf();
        return leaf != null && leaf.read().equals(sweep.read()) && leaf.number() == sweep.pages();
    }
}
