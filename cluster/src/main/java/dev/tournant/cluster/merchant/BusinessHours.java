package dev.tournant.cluster.merchant;

import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Hours;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** How much it counts that a merchant's data are fresh: less while it is closed, as nobody orders then. Pure. */
final class BusinessHours {
    /** A closed store counts, too: what is wrong when it opens is wrong for its first guests. */
    static final double CLOSED = 0.25;

    private static final Duration AHEAD = Duration.ofHours(26);
    private static final Duration STEP = Duration.ofMinutes(15);

    private BusinessHours() {}

    static Importance importance(MerchantState state, Instant now) {
        MerchantProfile profile = state.profile();
        List<FlatRecord> stores = state.records().page(Kind.STORE, null, 2);
        if (profile == null || stores.size() != 1) {
            return Importance.USUAL;
        }
        FlatRecord store = stores.get(0);
        Optional<Hours> hours = store.get(Store.HOURS);
        ZoneId zone = store.get(Store.ZONE).orElse(profile.zone());
        return hours.filter(known -> !known.week().isEmpty())
                .map(known -> importance(known, zone, now))
                .orElse(Importance.USUAL);
    }

    /** To a quarter of an hour: what changes within one may be noticed at its end. */
    static Importance importance(Hours hours, ZoneId zone, Instant now) {
        boolean open = hours.isOpen(now, zone);
        Instant quarter =
                Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), STEP.toSeconds()) * STEP.toSeconds());
        for (Instant at = quarter.plus(STEP); at.isBefore(now.plus(AHEAD)); at = at.plus(STEP)) {
            if (hours.isOpen(at, zone) != open) {
                return new Importance(open ? 1 : CLOSED, at, open ? CLOSED : 1);
            }
        }
        return new Importance(open ? 1 : CLOSED, null, 1);
    }
}
