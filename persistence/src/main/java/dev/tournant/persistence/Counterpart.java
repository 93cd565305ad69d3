package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Shared;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one link has of one record, where that is not simply what the merchant has.
 *
 * @param theirs the partner's name for it; null where it is not known to be there
 * @param version the partner's version; 0 where there is none
 * @param document JSON of the partner's object as it was last seen; null for one that is nested in another's, or was never
 *     seen
 * @param told values that we told the link and that it took, with when and at which version it had them and since when we
 *     were telling them; null for none. What the link says otherwise later takes their place
 * @param said values that the link stands by and that the merchant does not have from it: they were overruled, or are shown
 *     on this channel alone; null for none
 * @param refusal why it is left alone; null where it is not
 * @param seen a fingerprint of the object as a page showed it last; null before, and where that makes no difference
 * @param gone of a link that took away what the merchant keeps: when it did; null where it has it. What it said before
 *     may still be the merchant's, and is shown there no more
 * @param telling values that the link is about to be told, or may have been told without our hearing of it; null for none.
 *     A new object that appears there with these values is this record, and one of these values that it says is what we
 *     said
 * @param unkept what it was told and showed otherwise afterwards, one for each such field
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
        @Nullable RecordDelta telling,
        List<Unkept> unkept) {
    public Counterpart {
        unkept = unkept == null ? List.of() : List.copyOf(unkept);
    }

    /**
     * Why a link is not told of a record any more.
     *
     * @param code the partner's own, or ours in small letters
     * @param why for people
     * @param of a fingerprint of the values that were refused: other values are tried. Empty where it was to be taken away
     * @param tries how often it was refused in a row, where no change of it need be to blame and it is tried again after a
     *     while; 0 where it waits for a change
     */
    public record Refusal(
            String code,
            String why,
            String of,
            Instant at,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int tries) {
        /** Of values, until they change. */
        public Refusal(String code, String why, String of, Instant at) {
            this(code, why, of, at, 0);
        }
    }

    /**
     * A value that the link took and did not keep: the partner rounds it, trims it or drops it, or somebody changes it there
     * each time before it is seen.
     *
     * @param field its name
     * @param told that one value, with when it was told first
     * @param shown what the link showed instead when it was read last
     * @param times that it was told so and showed something else
     * @param held whether it is not told so any more
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    public record Unkept(String field, FlatRecord told, FlatRecord shown, int times, boolean held) {}

    public static Counterpart of(RecordKey key) {
        return new Counterpart(key, null, 0, null, null, null, null, null, null, null, List.of());
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
                && telling == null
                && unkept.isEmpty();
    }

    /** Whether the record is shown on this channel, as far as this knows. */
    @JsonIgnore
    public boolean isThere() {
        return theirs != null || told != null || said != null || !unkept.isEmpty();
    }

    public Counterpart held(@Nullable RecordId name, long atVersion, @Nullable String as) {
        return new Counterpart(key, name, atVersion, as, told, said, refusal, seen, gone, telling, unkept);
    }

    public Counterpart told(@Nullable FlatRecord values) {
        return new Counterpart(
                key, theirs, version, document, filled(values), said, refusal, seen, gone, telling, unkept);
    }

    public Counterpart said(@Nullable FlatRecord values) {
        return new Counterpart(
                key, theirs, version, document, told, filled(values), refusal, seen, gone, telling, unkept);
    }

    public Counterpart refused(@Nullable Refusal why) {
        return new Counterpart(key, theirs, version, document, told, said, why, seen, gone, telling, unkept);
    }

    public Counterpart seen(@Nullable String fingerprint) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, fingerprint, gone, telling, unkept);
    }

    public Counterpart gone(@Nullable Provenance since) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, seen, since, telling, unkept);
    }

    public Counterpart telling(@Nullable RecordDelta values) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, seen, gone, values, unkept);
    }

    public Counterpart unkept(List<Unkept> values) {
        return new Counterpart(key, theirs, version, document, told, said, refusal, seen, gone, telling, values);
    }

    /** What it did not keep is told again, as if for the first time. What it shows is known, and still no edit there. */
    public Counterpart triedAgain() {
        return unkept(unkept.stream()
                .map(each -> new Unkept(each.field(), each.told(), each.shown(), 0, false))
                .toList());
    }

    /** The same, made of what {@code shared} knows already as far as it is equal. */
    public Counterpart sharing(Shared shared) {
        return new Counterpart(
                shared.one(key),
                theirs == null ? null : shared.one(theirs),
                version,
                document,
                told == null ? null : told.sharing(shared),
                said == null ? null : said.sharing(shared),
                refusal,
                seen,
                gone,
                telling,
                unkept);
    }

    private static @Nullable FlatRecord filled(@Nullable FlatRecord values) {
        return values == null || values.fields().isEmpty() ? null : values;
    }
}
