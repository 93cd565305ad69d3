package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.LinkState;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.persistence.Counterpart;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records that are called as a link's partner calls something else. Partners give names by themselves, many of them by counting,
 * so that two of them call different things alike; only within one account of one partner does a name mean one thing. A
 * record that an operator has made under such a name is meant by it: he knows it from there. So is one of which this link has spoken
 * before, and that others call otherwise: it is called as here because of this link, which was removed and is back.
 *
 * @param strangers links of other partners or accounts, that name things by themselves
 * @param siblings other links of the same account: what one of them has made there, all of them show
 * @param former what that account called our records over links that were removed since, while this one is read for the first
 *     time; null for nothing
 */
record Namesakes(
        Set<LinkId> strangers,
        Set<LinkId> siblings,
        @Nullable LinkState former) {
    private static final Namesakes NONE = new Namesakes(Set.of(), Set.of(), null);

    /** @param isToldWhole whether the partner of that link calls all things as we do */
    static Namesakes of(MerchantProfile profile, LinkId id, boolean isToldWhole, FormerNames known) {
        Link link = profile.link(id).orElse(null);
        LinkState former = link == null ? null : known.of(link);
        if (link == null || isToldWhole || (profile.links().size() == 1 && former == null)) {
            return NONE;
        }
        Set<LinkId> strangers = new HashSet<>();
        Set<LinkId> siblings = new HashSet<>();
        for (Link each : profile.links()) {
            boolean isSame =
                    each.partner().equals(link.partner()) && each.account().equals(link.account());
            if (!each.id().equals(id)) {
                (isSame ? siblings : strangers).add(each.id());
            }
        }
        return new Namesakes(strangers, siblings, former);
    }

    boolean isNone() {
        return strangers.isEmpty() && siblings.isEmpty() && former == null;
    }

    /** Our id of what one of the siblings calls so, where we call it otherwise; empty where none does. */
    Optional<RecordId> ofSiblings(RecordKey theirs, Map<LinkId, LinkState> links) {
        return siblings.stream()
                .flatMap(each -> Stream.ofNullable(links.get(each)))
                .flatMap(each -> each.knownAs(theirs).stream())
                .findFirst();
    }

    /** Our id of what was called so over a link that was removed since; empty for all that this one calls otherwise by now. */
    Optional<RecordId> ofFormer(RecordKey theirs, LinkState link) {
        return Optional.ofNullable(former)
                .flatMap(names -> names.named(theirs))
                .filter(id -> !isNamed(link.counterpart(new RecordKey(theirs.kind(), id))));
    }

    /** Whether what we call so was called otherwise over a link that was removed since: what is called so there is something else. */
    boolean wasCalledOtherwise(RecordKey key, LinkState link) {
        return callsItOtherwise(key, former) && !isNamed(link.counterpart(key));
    }

    private static boolean isNamed(@Nullable Counterpart known) {
        return known != null && known.theirs() != null;
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
        Stream<Counterpart> theirs = strangers.stream()
                .flatMap(each -> Stream.ofNullable(links.get(each)))
                .flatMap(each -> Stream.ofNullable(each.counterpart(key)));
        // One page may show that it is there, and a later one what it is.
        return record == null
                ? theirs.anyMatch(each -> key.id().equals(each.theirs()))
                : !isFrom(record, link)
                        && (isStrange(key, record, link, links) || theirs.anyMatch(Namesakes::isOverruled));
    }

    /** All that one of them has said of it by that name may be the operator's by now. */
    private static boolean isOverruled(Counterpart theirs) {
        return theirs.theirs() == null && theirs.said() != null;
    }

    private static boolean isFrom(FlatRecord record, LinkState link) {
        Provenance deleted = record.deletedBy();
        return record.isFrom(link.link()) || (deleted != null && deleted.link().equals(link.link()));
    }

    /** Of what is gone there is no more to tell by than who deleted it. */
    private boolean isStrange(RecordKey key, FlatRecord record, LinkState link, Map<LinkId, LinkState> links) {
        boolean isBack = record.isSaidBy(link.link());
        Provenance deleted = record.deletedBy();
        return strangers.stream()
                .filter(each -> record.isSaidBy(each)
                        || (deleted != null && deleted.link().equals(each)))
                .anyMatch(each -> !isBack || !callsItOtherwise(key, links.get(each)));
    }

    private static boolean callsItOtherwise(RecordKey key, @Nullable LinkState link) {
        Counterpart theirs = link == null ? null : link.counterpart(key);
        return theirs != null && theirs.theirs() != null && !key.id().equals(theirs.theirs());
    }
}
