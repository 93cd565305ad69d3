package dev.tournant.deploy.standins.toast;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** All restaurants, by guid. They never change but all at once. */
final class Restaurants {
    private record All(List<Restaurant> inOrder, Map<String, Restaurant> byGuid) {}

    private final ToastSettings settings;
    private final InstantSource clock;
    private final Restaurant.Watcher watcher;
    private volatile All all;

    Restaurants(ToastSettings settings, InstantSource clock, Restaurant.Watcher watcher) {
        this.settings = settings;
        this.clock = clock;
        this.watcher = watcher;
        this.all = opened(settings.seed());
    }

    private All opened(long seed) {
        List<Restaurant> inOrder = IntStream.range(0, settings.restaurants())
                .mapToObj(nth -> RestaurantSeed.open(seed, nth, settings.items(), clock, watcher))
                .toList();
        return new All(inOrder, inOrder.stream().collect(Collectors.toMap(Restaurant::guid, Function.identity())));
    }

    /** Others take the place of all that there are. */
    void reopen(long seed) {
        all = opened(seed);
    }

    List<Restaurant> all() {
        return all.inOrder();
    }

    Optional<Restaurant> of(String guid) {
        return Optional.ofNullable(all.byGuid().get(guid));
    }
}
