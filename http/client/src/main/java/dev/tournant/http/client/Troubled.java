package dev.tournant.http.client;

import dev.tournant.http.client.token.TokenName;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which credentials did not work lately, as this node found: where others can be used, those come after them for {@code
 * credentials-rest}. Safe for use by many threads; those that are over go with the next that begins.
 */
final class Troubled {
    private final Function<PartnerName, Duration> rest;
    private final InstantSource clock;
    private final Map<TokenName, Instant> until = new ConcurrentHashMap<>();

    /** @param rest how long, by partner */
    Troubled(Function<PartnerName, Duration> rest, InstantSource clock) {
        this.rest = rest;
        this.clock = clock;
    }

    void begin(TokenName name) {
        Instant now = clock.instant();
        until.values().removeIf(end -> !end.isAfter(now));
        until.put(name, now.plus(rest.apply(name.partner())));
    }

    /** The same names: first those without trouble, then the rest, both in their order. */
    List<String> last(PartnerName partner, List<String> names) {
        Instant now = clock.instant();
        return Stream.concat(
                        names.stream().filter(name -> !isTroubled(partner, name, now)),
                        names.stream().filter(name -> isTroubled(partner, name, now)))
                .toList();
    }

    private boolean isTroubled(PartnerName partner, String name, Instant now) {
        return until.getOrDefault(new TokenName(partner, name), Instant.MIN).isAfter(now);
    }
}
