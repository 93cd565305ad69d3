package dev.tournant.http.client.token;

import dev.tournant.adapter.auth.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often a partner is asked for a token of one credential. Between two requests passes {@code apart-min}; while none
 * succeeds, twice as long each time, up to {@code apart-max}. In any hour there are at most {@code per-hour-max}.
 */
final class Pacing {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int DOUBLINGS_MAX = 20;

    private final TokenConfig config;

    Pacing(TokenConfig config) {
        this.config = config;
    }

    /**
     * From when on the next request is allowed.
     *
     * @param last the token that was obtained last: what was asked after it has failed
     */
    Instant nextAt(List<Instant> askedAt, @Nullable Token last) {
        if (askedAt.isEmpty()) {
            return Instant.MIN;
        }
        Instant latest = askedAt.get(askedAt.size() - 1);
        Instant next = latest.plus(apart(failures(askedAt, last)));
        int beforeThem = askedAt.size() - config.perHourMax();
        Instant room = beforeThem < 0 ? Instant.MIN : askedAt.get(beforeThem).plus(HOUR);
        return room.isAfter(next) ? room : next;
    }

    /** What is to be remembered when the partner is asked now. */
    List<Instant> with(List<Instant> askedAt, Instant now) {
        List<Instant> all = new ArrayList<>(askedAt);
        all.removeIf(each -> !each.plus(HOUR).isAfter(now));
        all.add(now);
        return List.copyOf(all.subList(Math.max(0, all.size() - config.perHourMax()), all.size()));
    }

    private static long failures(List<Instant> askedAt, @Nullable Token last) {
        return askedAt.stream()
                .filter(each -> last == null || each.isAfter(last.obtainedAt()))
                .count();
    }

    private Duration apart(long failures) {
        long doublings = Math.max(0, Math.min(failures - 1, DOUBLINGS_MAX));
        Duration apart = config.apartMin().multipliedBy(1L << doublings);
        return apart.compareTo(config.apartMax()) > 0 ? config.apartMax() : apart;
    }
}
