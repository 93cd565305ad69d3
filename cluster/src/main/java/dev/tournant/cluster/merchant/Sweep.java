package dev.tournant.cluster.merchant;

import dev.tournant.messages.FeedPage;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reading of all that a link has, over several pages, as far as it has come in. Only when its last page has come, and
 * every page before it in its turn, each read wholly, is what none of them mentions gone. Immutable.
 *
 * <p>It stands in no journal: what is left of a reading after a restart tells nothing of what is gone.
 *
 * @param read which reading
 * @param generation of the fetch
 * @param asked when its first page was asked for; null where nobody knows
 * @param pages how many pages came in, from the first on without a gap
 * @param wholes by kind, what the first page said; kinds of which a later page did not say so are left out
 * @param mentioned by these pages, and by whatever else the link said meanwhile
 * @param mentions how many these are
 */
record Sweep(
        String read,
        long generation,
        @Nullable Instant asked,
        int pages,
        Map<Kind, Whole> wholes,
        List<Set<RecordKey>> mentioned,
        int mentions) {
    /** As many as one event may have; a reading of more tells nobody what is gone. */
    static final int MENTIONS_MAX = PartnerEvent.DELTAS_MAX;

    /** The sweep that a first page begins. */
    static Sweep of(FeedPage page, FeedPage.Leaf first, Map<Kind, Whole> wholes, @Nullable Instant asked) {
        return new Sweep(first.read(), page.generation(), asked, 1, wholes, List.of(), 0);
    }

    /** Kinds of which events say that their fetch mentions all there are. */
    static Map<Kind, Whole> wholes(List<PartnerEvent> events) {
        Map<Kind, Whole> wholes = new EnumMap<>(Kind.class);
        events.forEach(event -> event.wholes().stream()
                .filter(whole -> whole.span() == Whole.Span.FETCH)
                .forEach(whole -> wholes.put(whole.kind(), whole)));
        return wholes;
    }

    /**
     * With another page of the same reading; null where nothing can be concluded any more, as a page between is missing or
     * this one does not tell all of any kind.
     */
    @Nullable
    Sweep with(FeedPage.Leaf leaf, Map<Kind, Whole> said) {
        if (leaf.number() > pages + 1) {
            return null;
        }
        // One that comes again may be read otherwise than before.
        Map<Kind, Whole> still = new EnumMap<>(Kind.class);
        wholes.forEach((kind, whole) -> {
            if (said.containsKey(kind)) {
                still.put(kind, whole);
            }
        });
        return still.isEmpty()
                ? null
                : new Sweep(read, generation, asked, Math.max(pages, leaf.number()), still, mentioned, mentions);
    }

    /** With what the link said, on a page or otherwise; null where it is more than can be kept. */
    @Nullable
    Sweep with(Set<RecordKey> said) {
        if (said.isEmpty()) {
            return this;
        }
        if (mentions + said.size() > MENTIONS_MAX) {
            return null;
        }
        List<Set<RecordKey>> all = new ArrayList<>(mentioned);
        all.add(Set.copyOf(said));
        return new Sweep(read, generation, asked, pages, wholes, List.copyOf(all), mentions + said.size());
    }

    /** All that was mentioned. */
    Set<RecordKey> all() {
        Set<RecordKey> all = new HashSet<>();
        mentioned.forEach(all::addAll);
        return all;
    }
}
