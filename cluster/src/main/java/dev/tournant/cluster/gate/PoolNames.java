package dev.tournant.cluster.gate;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.PartnerName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which pools a call passes. A pool is one limit of one partner for one scope key, and its name says all three: {@code
 * square:menus:main:M1:L1}. Each part is percent-encoded, so no two pools share a name.
 *
 * <p><b>Keys.</b> What limits calls in time counts an account's or a location's calls for each application of ours apart, as
 * partners do. What locks (so many at one time) counts them together: two applications still write to one catalogue. A call
 * for no account in particular counts in a pool of its credentials.
 *
 * <p><b>Order.</b> Narrow before broad: what waits for its own location holds nothing that others could use.
 */
final class PoolNames {
    private static final char SEPARATOR = ':';
    /** Before the number of a part; never encoded from anything else. */
    private static final char PART = '#';
    /** Stands where a call has no account or no location; {@code -} alone is never encoded from anything else. */
    private static final String NONE = "-";

    private static final Comparator<Limit> NARROW_FIRST = Comparator.<Limit>comparingInt(
                    limit -> breadth(limit.scope()))
            .thenComparing(limit -> limit.path().length(), Comparator.reverseOrder())
            .thenComparing(limit -> limit.method() == null)
            .thenComparing(Limit::name);

    private final Map<PartnerName, List<Limit>> limits = new HashMap<>();

    private final Parts parts;

    /** @param limits of each partner, as its adapter declares them */
    PoolNames(Map<PartnerName, List<Limit>> limits, Parts parts) {
        this.parts = parts;
        limits.forEach((partner, each) ->
                this.limits.put(partner, each.stream().sorted(NARROW_FIRST).toList()));
    }

    /**
     * A pool that a call passes, and the limit that makes it.
     *
     * @param part of a pool that is divided, counted from 0
     * @param parts into which it is divided; 1 for none
     */
    record Passing(String pool, Limit limit, int part, int parts) {
        /** The gate of this part. */
        String gate() {
            return gate(part);
        }

        String gate(int ofPart) {
            return parts == 1 ? pool : pool + PART + ofPart;
        }
    }

    /**
     * In the order in which they are to be asked; empty for a partner without limits.
     *
     * @param pick any number: which part, where a pool is divided
     */
    List<Passing> passing(Party party, Request request, int pick) {
        return limits.getOrDefault(party.partner(), List.of()).stream()
                .filter(limit -> limit.counts(request))
                .map(limit -> passing(party, limit, pick))
                .toList();
    }

    private Passing passing(Party party, Limit limit, int pick) {
        int count = parts.of(limit);
        int part = Math.floorMod(pick, count);
        return new Passing(name(party, limit), count == 1 ? limit : parts.part(limit, part), part, count);
    }

    /** The limit that a gate keeps, if this node knows one. */
    Optional<Limit> limit(String gate) {
        int mark = gate.indexOf(PART);
        Optional<Limit> whole = whole(mark < 0 ? gate : gate.substring(0, mark));
        return mark < 0 ? whole : whole.flatMap(limit -> part(limit, gate.substring(mark + 1)));
    }

    private Optional<Limit> part(Limit limit, String number) {
        return IntStream.range(0, parts.of(limit))
                .filter(part -> number.equals(String.valueOf(part)))
                .mapToObj(part -> parts.part(limit, part))
                .findFirst();
    }

    private Optional<Limit> whole(String pool) {
        return limits.entrySet().stream()
                .filter(each -> pool.startsWith(encoded(each.getKey().value()) + SEPARATOR))
                .flatMap(each -> each.getValue().stream())
                .filter(limit -> limit.name().equals(limitName(pool)))
                .findFirst();
    }

    /** Of calls that no rate bounds: a name that no gate has, as a limit's name is never empty. */
    static String unlimited(Party party) {
        return String.join(
                String.valueOf(SEPARATOR),
                encoded(party.partner().value()),
                "",
                encoded(party.application()),
                encoded(party.credentials()));
    }

    /** The partner in a pool's name. */
    static String partner(String pool) {
        return part(pool, 0);
    }

    /** The limit's name in a pool's name. */
    static String limitName(String pool) {
        return part(pool, 1);
    }

    private static String part(String pool, int index) {
        String[] parts = pool.split(String.valueOf(SEPARATOR), index + 2);
        return parts.length > index ? parts[index] : "";
    }

    private static String name(Party party, Limit limit) {
        String key = String.join(String.valueOf(SEPARATOR), key(party, limit));
        return encoded(party.partner().value()) + SEPARATOR + limit.name() + SEPARATOR + key;
    }

    private static List<String> key(Party party, Limit limit) {
        return switch (limit.scope()) {
            case APPLICATION -> List.of(encoded(party.application()));
            case ADDRESS -> List.of(encoded(party.egress()));
            case TOKEN -> List.of(encoded(party.application()), encoded(party.credentials()));
            case ACCOUNT -> List.of(counted(party, limit), account(party));
            case LOCATION -> List.of(counted(party, limit), account(party), location(party));
        };
    }

    private static String counted(Party party, Limit limit) {
        return limit.per() == null ? NONE : encoded(party.application());
    }

    private static String account(Party party) {
        return party.account() == null ? NONE + encoded(party.credentials()) : encoded(party.account());
    }

    private static String location(Party party) {
        return party.location() == null ? NONE : encoded(party.location());
    }

    private static int breadth(Limit.Scope scope) {
        return switch (scope) {
            case LOCATION -> 0;
            case ACCOUNT -> 1;
            case TOKEN -> 2;
            case ADDRESS -> 3;
            case APPLICATION -> 4;
        };
    }

    /** As in the query of a URL; a leading {@code -} would look like a part that is not there. */
    private static String encoded(String part) {
        String encoded = URLEncoder.encode(part, StandardCharsets.UTF_8);
        return encoded.startsWith(NONE) ? "%2D" + encoded.substring(1) : encoded;
    }
}
