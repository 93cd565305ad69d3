package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one link has of one record, where that is not simply what the merchant has.
 *
 * @param theirs the partner's name for it; null where it is not known to be there
 * @param version the partner's version; 0 where there is none
 * @param document JSON of the partner's object as it was last seen; null for one that is nested in another's, or was never
 *     seen
 * @param told values that we told the link and that it took, with when and at which version; null for none. What the link
 *     says otherwise later takes their place
 * @param said values that the link stands by and that the merchant does not have from it: they were overruled, or are shown
 *     on this channel alone; null for none
 * @param refusal why it is left alone; null where it is not
 * @param seen a fingerprint of the object as a page showed it last; null before, and where that makes no difference
 * @param gone of a link that took away what the merchant keeps: when it did; null where it has it. What it said before
 *     may still be the merchant's, and is shown there no more
 * @param telling values that the link is about to be told, or may have been told without our hearing of it; null for none.
 *     Only of links that are read: a new object that appears there with these values is this record, and one of these
 *     values that it says is what we said
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Counterpart(
        RecordKey key,
        @Nullable RecordId theirs,
        long version,
        @Nullable String document,
        @Nullable FlatRecord told,
        @Nullable FlatRecord said,
        @Nullable Refusal refusal,
        @Nullable String seen,
        @Nullable Provenance gone,
        @Nullable RecordDelta telling) {
    /**
     * Why a link is not told of a record any more.
     *
     * @param code the partner's own, or ours in small letters
     * @param why for people
     * @param of a fingerprint of the values that were refused: other values are tried
     */
    public record Refusal(String code, String why, String of, Instant at) {}

    public static Counterpart of(RecordKey key) {
        return new Counterpart(key, null, 0, null, null, null, null, null, null, null);
    }

    /** Nothing is left of it. */
    @JsonIgnore
    public boolean isEmpty() {
        return theirs == null
                && told == null
                && said == null
                && refusal == null
                && document == null
                && gone == null
                && telling == null;
    }

    /** Whether the record is shown on this channel, as far as this knows. */
    @JsonIgnore
    public boolean isThere() {
        return theirs != null || told != null || said != null;
    }

    public Counterpart held(@Nullable RecordId name, long atVersion, @Nullable String as) {
        return new Counterpart(key, name, atVersion, as, told, said, refusal, seen, gone, telling);
    }

    public Counterpart told(@Nullable FlatRecord values) {
        return new Counterpart(key, theirs, version, document, filled(values), said, refusal, seen, gone, telling);
    }

    public Counterpart said(@Nullable FlatRecord values) {
        return new Counterpart(key, theirs, version, document, told, filled(values), refusal, seen, gone, telling);
    }

    public Counterpart refused(@Nullable Refusal why) {
        return new Counterpart(key, theirs, version, document, told, said, why, seen, gone, telling);
    }

    public Counterpart seen(@Nullable String fingerprint) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, fingerprint, gone, telling);
    }

    public Counterpart gone(@Nullable Provenance since) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, seen, since, telling);
    }

    public Counterpart telling(@Nullable RecordDelta values) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, seen, gone, values);
    }

    private static @Nullable FlatRecord filled(@Nullable FlatRecord values) {
        return values == null || values.fields().isEmpty() ? null : values;
    }
}
