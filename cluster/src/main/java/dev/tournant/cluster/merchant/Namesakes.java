package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.LinkState;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that are called as a link's partner calls something else. Partners give names by themselves, many of them by counting,
 * so that two of them call different things alike; only within one account of one partner does a name mean one thing. A
 * record that an operator has made under such a name is meant by it: he knows it from there.
 *
 * @param strangers links of other partners or accounts, that name things by themselves
 */
record Namesakes(Set<LinkId> strangers) {
    private static final Namesakes NONE = new Namesakes(Set.of());

    /** @param isToldWhole whether the partner of that link calls all things as we do */
    static Namesakes of(MerchantProfile profile, LinkId id, boolean isToldWhole) {
        Link link = profile.link(id).orElse(null);
        if (link == null || isToldWhole || profile.links().size() == 1) {
            return NONE;
        }
        Set<LinkId> strangers = new HashSet<>();
        for (Link each : profile.links()) {
            boolean isSame =
                    each.partner().equals(link.partner()) && each.account().equals(link.account());
            if (!isSame) {
                strangers.add(each.id());
            }
        }
        return new Namesakes(strangers);
    }

    boolean isNone() {
        return strangers.isEmpty();
    }

    /**
     * Whether something came from strangers, and has nothing to do with this link.
     *
     * @param record what is known of it; null where no more is known than that one of them has it
     */
    boolean has(RecordKey key, @Nullable FlatRecord record, LinkState link, Map<LinkId, LinkState> links) {
        Counterpart mine = link.counterpart(key);
        boolean isShown = mine != null && (mine.isThere() || mine.gone() != null);
        if (strangers.isEmpty() || key.kind() == Kind.STORE || isShown) {
            return false;
        }
        return record == null ? isHeld(key, links) : isStrange(record, link);
    }

    /** One page may show that it is there, and a later one what it is. */
    private boolean isHeld(RecordKey key, Map<LinkId, LinkState> links) {
        return strangers.stream()
                .flatMap(each -> Stream.ofNullable(links.get(each)))
                .flatMap(each -> Stream.ofNullable(each.counterpart(key)))
                .anyMatch(each -> key.id().equals(each.theirs()));
    }

    private boolean isStrange(FlatRecord record, LinkState link) {
        // Of what is gone that is all there is to tell by.
        Provenance deleted = record.deletedBy();
        if (deleted != null && deleted.link().equals(link.link())) {
            return false;
        }
        boolean isStrange = deleted != null && strangers.contains(deleted.link());
        for (Provenance each : record.provenances()) {
            if (each.link().equals(link.link())) {
                return false;
            }
            isStrange |= strangers.contains(each.link());
        }
        return isStrange;
    }
}
