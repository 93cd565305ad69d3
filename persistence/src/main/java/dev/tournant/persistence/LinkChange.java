package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.LinkId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit leaves of one link.
 *
 * @param counterparts those that changed, as they are afterwards; an empty one is no more
 * @param health as it is afterwards; null where it did not change
 * @param removed whether the link is gone with all that was known of it
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record LinkChange(
        LinkId link,
        List<Counterpart> counterparts,
        @Nullable LinkHealth health,
        boolean removed) {
    public LinkChange {
        counterparts = counterparts == null ? List.of() : List.copyOf(counterparts);
    }

    public static LinkChange of(LinkId link, List<Counterpart> counterparts) {
        return new LinkChange(link, counterparts, null, false);
    }

    public static LinkChange of(LinkId link, LinkHealth health) {
        return new LinkChange(link, List.of(), health, false);
    }

    public static LinkChange gone(LinkId link) {
        return new LinkChange(link, List.of(), null, true);
    }
}
