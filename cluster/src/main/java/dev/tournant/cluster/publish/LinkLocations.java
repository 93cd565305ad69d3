package dev.tournant.cluster.publish;

import dev.tournant.messages.Directory.Route;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Which links lead to each location of a partner. Reading needs no lock; one thread at a time may write. Where several
 * links name one location, the first by merchant and link has it, on every node alike.
 */
final class LinkLocations {
    private static final Comparator<Route> IN_ORDER = Comparator.comparing(Route::merchant)
            .thenComparing(route -> route.link().id());

    private final Map<Place, List<Route>> routes = new ConcurrentHashMap<>();

    private record Place(PartnerName partner, String location) {}

    /** A merchant that had the links {@code before} has {@code now}. A location that stays is never without. */
    void replace(MerchantId merchant, List<Link> before, List<Link> now) {
        for (Link link : now) {
            if (link.location() != null) {
                Route added = new Route(merchant, link);
                routes.compute(
                        place(link),
                        (place, held) -> Stream.concat(
                                        Stream.of(added),
                                        held == null
                                                ? Stream.of()
                                                : held.stream().filter(each -> !isOf(each, merchant, link.id())))
                                .sorted(IN_ORDER)
                                .toList());
            }
        }
        for (Link link : before) {
            boolean stays = now.stream()
                    .anyMatch(each -> each.id().equals(link.id()) && place(each).equals(place(link)));
            if (!stays) {
                routes.computeIfPresent(place(link), (place, held) -> {
                    List<Route> rest = held.stream()
                            .filter(each -> !isOf(each, merchant, link.id()))
                            .toList();
                    return rest.isEmpty() ? null : rest;
                });
            }
        }
    }

    private static boolean isOf(Route route, MerchantId merchant, LinkId link) {
        return route.merchant().equals(merchant) && route.link().id().equals(link);
    }

    private static Place place(Link link) {
        return new Place(link.partner(), String.valueOf(link.location()));
    }

    Optional<Route> at(PartnerName partner, String location) {
        return Optional.ofNullable(routes.get(new Place(partner, location))).map(held -> held.get(0));
    }
}
