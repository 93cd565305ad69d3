package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Ticks;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One seller with all that Square knows of it. Everything inside is reached through {@link #atomically}, so a read never
 * sees half a write.
 */
final class Seller {
    /** Who the seller is. The token is what its requests carry; it opens nothing but this stand-in. */
    record Identity(String merchantId, String name, String token, String currency, String country) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Identity[" + merchantId + ", " + name + "]";
        }
    }

    /** Told of every change, inside the seller's lock: do no more than take note. */
    interface Watcher {
        void catalogueChanged(Seller seller);

        void countsChanged(Seller seller, List<ObjectNode> counts);

        void locationChanged(Seller seller, String locationId);
    }

    private final Identity identity;
    private final Ticks ticks;
    private final Ids ids;
    private final Catalogue catalogue;
    private final Inventory inventory;
    private final Pages pages = new Pages();
    private final Pages countPages = new Pages();
    private final Idempotency idempotency = new Idempotency();
    private final Map<String, ObjectNode> locations = new LinkedHashMap<>();
    private final AtomicBoolean updating = new AtomicBoolean();
    private final AtomicBoolean deleting = new AtomicBoolean();
    private final Watcher watcher;

    Seller(Identity identity, InstantSource clock, Ids ids, Watcher watcher) {
        this.identity = identity;
        this.ids = ids;
        this.watcher = watcher;
        this.ticks = new Ticks(clock);
        this.catalogue = new Catalogue(ticks, () -> this.watcher.catalogueChanged(this));
        this.inventory = new Inventory(ticks, catalogue, counts -> this.watcher.countsChanged(this, counts));
    }

    synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    Identity identity() {
        return identity;
    }

    String merchantId() {
        return identity.merchantId();
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Inventory inventory() {
        return inventory;
    }

    Pages pages() {
        return pages;
    }

    Pages countPages() {
        return countPages;
    }

    Idempotency idempotency() {
        return idempotency;
    }

    Ids ids() {
        return ids;
    }

    Ticks ticks() {
        return ticks;
    }

    /** Held while a catalog update runs: Square lets one at a time through. */
    AtomicBoolean updating() {
        return updating;
    }

    /** Held while a catalog delete runs. */
    AtomicBoolean deleting() {
        return deleting;
    }

    Collection<ObjectNode> locations() {
        return locations.values();
    }

    Optional<ObjectNode> location(String id) {
        return Optional.ofNullable(locations.get(id));
    }

    void seedLocation(ObjectNode location) {
        locations.put(Shape.id(location), location);
    }

    /** Replaces a location as a whole. Locations carry no version and no time of change. */
    void putLocation(ObjectNode location) {
        locations.put(Shape.id(location), location);
        watcher.locationChanged(this, Shape.id(location));
    }
}
