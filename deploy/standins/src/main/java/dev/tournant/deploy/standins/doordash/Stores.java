package dev.tournant.deploy.standins.doordash;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;

/** The stores of one provider, by {@code merchant_supplied_id}. Safe for threads. */
final class Stores {
    static final int STORES_MAX = 10_000;

    private final String providerType;
    private final InstantSource clock;
    private final Map<String, Store> byId = new ConcurrentSkipListMap<>();

    private Stores(String providerType, InstantSource clock) {
        this.providerType = providerType;
        this.clock = clock;
    }

    static Stores seeded(long seed, int count, String providerType, InstantSource clock) {
        Stores stores = new Stores(providerType, clock);
        Random random = new Random(seed);
        while (stores.byId.size() < count) {
            stores.open("store-" + String.format("%08x", random.nextInt()));
        }
        return stores;
    }

    /** The store of that id, a new one if need be. Throws {@link IllegalArgumentException} when there are too many. */
    synchronized Store open(String id) {
        if (!byId.containsKey(id) && byId.size() >= STORES_MAX) {
            throw new IllegalArgumentException("at most " + STORES_MAX + " stores");
        }
        return byId.computeIfAbsent(id, key -> new Store(key, providerType, clock));
    }

    Optional<Store> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<Store> all() {
        return List.copyOf(byId.values());
    }

    String providerType() {
        return providerType;
    }
}
