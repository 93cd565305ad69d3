package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.Shared;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit leaves of one link.
 *
 * @param counterparts those that changed, as they are afterwards; an empty one is no more
 * @param health as it is afterwards; null where it did not change
 * @param removed whether the link is gone with all that was known of it
 * @param again what is forgotten of every counterpart before {@code counterparts} are taken; said in a word, as a link may
 *     have more of them than a row has room for
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record LinkChange(
        LinkId link,
        List<Counterpart> counterparts,
        @Nullable LinkHealth health,
        boolean removed,
        @Nullable Again again) {
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
        this(link, counterparts, health, false, null);
    }

    public static LinkChange of(LinkId link, List<Counterpart> counterparts) {
        return new LinkChange(link, counterparts, null);
    }

    public static LinkChange of(LinkId link, LinkHealth health) {
        return new LinkChange(link, List.of(), health);
    }

    public static LinkChange gone(LinkId link) {
        return new LinkChange(link, List.of(), null, true, null);
    }

    /** The link is told again what it should show. */
    public static LinkChange again(LinkId link, LinkHealth health, Again again) {
        return new LinkChange(link, List.of(), health, false, again);
    }

    /** The same, made of what {@code shared} knows already as far as it is equal. */
    public LinkChange sharing(Shared shared) {
        List<Counterpart> same =
                counterparts.stream().map(each -> each.sharing(shared)).toList();
        return new LinkChange(link, same, health, removed, again);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return counterparts.isEmpty() && health == null && !removed && again == null;
    }
}
