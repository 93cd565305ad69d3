package dev.tournant.cluster.sync;

import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.Stamp;
import org.jspecify.annotations.Nullable;

/**
 * What one link, or an operator, says a value should be.
 *
 * @param value null for "has none"
 */
public record Claim(@Nullable Object value, Provenance by) {
    LinkId link() {
        return by.link();
    }

    /** Whether the link only has no value, and never had one: nobody has cleared it there. */
    boolean isAbsence() {
        return value == null && by.since().equals(Stamp.ZERO);
    }

    boolean isOperators() {
        return by.link().equals(Provenance.API);
    }
}
