package dev.tournant.adapter;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Set;

/**
 * What a partner should be told.
 *
 * @param currency the only one in which the merchant has prices, as in {@link Payload#currency}
 * @param wanted fields of records as they should be; fields not named are left as the partner has them
 * @param removed records that should be no more
 * @param remotes what the partner holds, by our keys: of all records that are wanted or removed and that it has, of
 *     those that they speak of, and of those around them; with {@link Writing.Scope#WHOLE}, of all records
 * @param whole with {@link Writing.Scope#WHOLE}, all fields of all records that there should be, those that are wanted
 *     among them; else empty
 * @param pending names of jobs that this link's partner was given ({@link Outcome.Pending}) and whose end is not known
 * @param nonce makes this plan's calls different from those of any other; the same plan made again has the same
 * @param now when the plan is made
 */
public record Difference(
        Link link,
        Currency currency,
        Map<RecordKey, FieldMap> wanted,
        Set<RecordKey> removed,
        Map<RecordKey, Remote> remotes,
        Map<RecordKey, FieldMap> whole,
        Set<String> pending,
        String nonce,
        Instant now) {
    public Difference {
        wanted = Map.copyOf(wanted);
        removed = Set.copyOf(removed);
        remotes = Map.copyOf(remotes);
        whole = Map.copyOf(whole);
        pending = Set.copyOf(pending);
    }

    /** For a partner that is told changes, and at once: {@link Writing.Scope#CHANGES}, no jobs. */
    public Difference(
            Link link,
            Currency currency,
            Map<RecordKey, FieldMap> wanted,
            Set<RecordKey> removed,
            Map<RecordKey, Remote> remotes,
            String nonce,
            Instant now) {
        this(link, currency, wanted, removed, remotes, Map.of(), Set.of(), nonce, now);
    }
}
