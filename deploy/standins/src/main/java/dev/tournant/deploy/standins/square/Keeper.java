package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps sellers from one start of a stand-in to the next, so that a stop is no more than a pause to a client.
 *
 * <p>What changed is saved a second after the last save ended, and at the end. A stand-in that is killed loses what was
 * changed since: such edits are undone. The next start cannot know what it had told; so it goes on with a
 * {@code latest_time} and versions of the present, which are past all that was ever served. In the same way ids, event ids
 * and edits are drawn anew at each start: those of a start that was lost must not come again with another meaning.
 */
final class Keeper implements Seller.Watcher, AutoCloseable {
    static final long SAVE_EVERY_MILLIS = 1_000;

    private final Archive archive;
    private final Webhooks webhooks;
    private final InstantSource clock;
    private final Consumer<String> warn;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Set<Seller> changed = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ending = new CountDownLatch(1);

    Keeper(Archive archive, Webhooks webhooks, InstantSource clock, Consumer<String> warn) {
        this.archive = archive;
        this.webhooks = webhooks;
        this.clock = clock;
        this.warn = warn;
    }

    /** A seed for all that is drawn: the given one for new sellers, one that was never used for those that go on. */
    static long seed(long seed, Archive archive, InstantSource clock) {
        return archive.sellers() == 0 ? seed : seed ^ clock.millis() * 0x9E3779B97F4A7C15L;
    }

    /** The sellers of the archive, even if they are more than asked for; seeded ones where it has none. Starts saving. */
    List<Seller> open(SquareSettings settings) {
        int count = Math.max(settings.sellers(), archive.sellers());
        try {
            List<Seller> all = IntStream.range(0, count)
                    .mapToObj(nth -> open(settings, nth))
                    .toList();
            Thread saving = new Thread(this::saveUntilTheEnd, "save-sellers");
            saving.setDaemon(true);
            saving.start();
            return all;
        } catch (IllegalStateException e) {
            end(false);
            throw e;
        }
    }

    private Seller open(SquareSettings settings, int nth) {
        Optional<ObjectNode> kept = archive.read(nth);
        Seller seller = kept.isPresent()
                ? restored(settings, nth, kept.get())
                : SellerSeed.open(settings.seed(), nth, settings.items(), clock, this);
        numbers.put(seller.merchantId(), nth);
        if (kept.isEmpty()) {
            changed.add(seller);
        }
        return seller;
    }

    private Seller restored(SquareSettings settings, int nth, ObjectNode state) {
        try {
            Ids ids = new Ids(seed(settings.seed(), archive, clock) + nth);
            long after = archive.stoppedInOrder() ? 0 : clock.millis();
            Seller seller = SellerState.seller(state, ids, after, clock, this);
            SellerState.subscriptions(state)
                    .forEach(each -> webhooks.subscribe(seller.merchantId(), each.url(), each.signatureKey()));
            return seller;
        } catch (IllegalArgumentException e) {
            throw archive.unusable(nth, e.getMessage());
        }
    }

    /** Something about this seller is to be saved. */
    void changed(Seller seller) {
        changed.add(seller);
    }

    @Override
    public void catalogueChanged(Seller seller) {
        changed.add(seller);
        webhooks.catalogueChanged(seller);
    }

    @Override
    public void countsChanged(Seller seller, List<ObjectNode> counts) {
        changed.add(seller);
        webhooks.countsChanged(seller, counts);
    }

    @Override
    public void locationChanged(Seller seller, String locationId) {
        changed.add(seller);
        webhooks.locationChanged(seller, locationId);
    }

    private void saveUntilTheEnd() {
        try {
            do {
                save();
            } while (!ending.await(SAVE_EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody does this; the last save is made by the one who closes.
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void save() {
        for (Seller seller : List.copyOf(changed)) {
            // Before its state is read: a change from here on is saved next time.
            changed.remove(seller);
            try {
                archive.write(
                        numbers.getOrDefault(seller.merchantId(), 0),
                        SellerState.of(seller, webhooks.subscriptions(seller.merchantId())));
            } catch (IOException e) {
                changed.add(seller);
                warn.accept("cannot save " + seller.identity() + ", and will try again: " + e);
            }
        }
    }

    /** Saves what is left. */
    @Override
    public void close() {
        ending.countDown();
        save();
        end(changed.isEmpty());
    }

    private void end(boolean inOrder) {
        try {
            archive.close(inOrder);
        } catch (IOException e) {
            warn.accept("cannot end in order: " + e);
        }
    }
}
