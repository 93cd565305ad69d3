package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Shared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit leaves of one link.
 *
 * @param counterparts those that changed, as they are afterwards; an empty one is no more
 * @param health as it is afterwards; null where it did not change
 * @param removed whether the link is gone with what was known of it
 * @param again what is forgotten of every counterpart before {@code counterparts} are taken; said in a word, as a link may
 *     have more of them than a row has room for
 * @param account of a link that is gone, whose it was: by what names that account calls our records stays known. Null where
 *     nothing does, as in rows of before
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record LinkChange(
        LinkId link,
        List<Counterpart> counterparts,
        @Nullable LinkHealth health,
        boolean removed,
        @Nullable Again again,
        @Nullable Account account) {
    /**
     * Within which a partner's name means one thing.
     *
     * @param id as the partner calls it
     */
    public record Account(PartnerName partner, String id) {
        public static Account of(Link link) {
            return new Account(link.partner(), link.account());
        }
    }

    /** What is told to a link as if for the first time. */
    public enum Again {
        /** What the partner refused or did not keep. */
        REFUSED,
        /** That, and whatever is known by our own word alone, as the link is never read. */
        ALL;

        /** What is left of a counterpart. */
        public Counterpart of(Counterpart known) {
            Counterpart tried = known.refused(null).triedAgain();
            if (this == REFUSED) {
                return tried;
            }
            // Of the store no page of such a link tells anything: what it holds is known by our word, too.
            return known.key().kind() == Kind.STORE ? tried.told(null).held(null, 0, null) : tried.told(null);
        }
    }

    public LinkChange {
        counterparts = counterparts == null ? List.of() : List.copyOf(counterparts);
    }

    public LinkChange(LinkId link, List<Counterpart> counterparts, @Nullable LinkHealth health) {
        this(link, counterparts, health, false, null, null);
    }

    public static LinkChange of(LinkId link, List<Counterpart> counterparts) {
        return new LinkChange(link, counterparts, null);
    }

    public static LinkChange of(LinkId link, LinkHealth health) {
        return new LinkChange(link, List.of(), health);
    }

    /** With all that was known of it. */
    public static LinkChange gone(LinkId link) {
        return gone(link, null, List.of());
    }

    /** But for the names by which that account calls our records. */
    public static LinkChange gone(LinkId link, @Nullable Account account) {
        return gone(link, account, List.of());
    }

    /** As it stands in a snapshot: with these names. */
    public static LinkChange gone(LinkId link, @Nullable Account account, List<Counterpart> names) {
        return new LinkChange(link, names, null, true, null, account);
    }

    /** The link is told again what it should show. */
    public static LinkChange again(LinkId link, LinkHealth health, Again again) {
        return new LinkChange(link, List.of(), health, false, again, null);
    }

    /** The same, made of what {@code shared} knows already as far as it is equal. */
    public LinkChange sharing(Shared shared) {
        List<Counterpart> same =
                counterparts.stream().map(each -> each.sharing(shared)).toList();
        return new LinkChange(link, same, health, removed, again, account);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return counterparts.isEmpty() && health == null && !removed && again == null;
    }
}
