package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A merchant as its links see it, at one time.
 *
 * @param records all, in order of key; those that are deleted among them
 * @param byKey one of them; null for none
 * @param at what time it is
 */
public record Scene(
        MerchantProfile profile,
        Map<PartnerName, Traits> partners,
        Map<LinkId, LinkState> links,
        List<FlatRecord> records,
        Function<RecordKey, @Nullable FlatRecord> byKey,
        Instant at) {
    Rulebook rules() {
        return new Rulebook(profile, partners);
    }

    Shown shown(Link link) {
        return Projecting.of(link, profile.currency())
                .shown(records)
                .asOf(at)
                .on(traits(link).off(), state(link.id()), byKey);
    }

    LinkState state(LinkId link) {
        LinkState known = links.get(link);
        return known == null ? LinkState.of(link) : known;
    }

    Traits traits(Link link) {
        Traits known = partners.get(link.partner());
        return known == null ? Traits.reading(List.of()) : known;
    }

    Comparing comparing(Link link, Map<RecordKey, FieldMap> desired) {
        return new Comparing(traits(link), state(link.id()), desired, byKey).asOf(at);
    }

    View view(LinkId link, RecordKey key) {
        FlatRecord record = byKey.apply(key);
        return new View(
                link,
                record == null ? FlatRecord.unknown(key) : record,
                state(link).counterpart(key));
    }
}
