package dev.tournant.cluster.sync;

import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
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

    boolean isOperators() {
        return by.link().equals(Provenance.API);
    }
}
