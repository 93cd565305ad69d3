package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.RecordKey;
import org.jspecify.annotations.Nullable;

/**
 * How far a merchant's records have been decided anew since its rules changed: in order of key, some at a time.
 *
 * @param through the last one that was; null before the first
 * @param done whether none is left
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Anew(@Nullable RecordKey through, boolean done) {
    public static final Anew BEGUN = new Anew(null, false);
    public static final Anew DONE = new Anew(null, true);
}
