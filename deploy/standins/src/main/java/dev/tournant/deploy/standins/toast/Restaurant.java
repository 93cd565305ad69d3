package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Ticks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One restaurant with all that Toast knows of it. Everything inside is reached through {@link #atomically}, so a read never
 * sees half a write.
 */
final class Restaurant {
    /** Milliseconds, and an offset without a colon. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxx").withZone(ZoneOffset.UTC);

    /** Who it is; restaurants of one brand share the management group. */
    record Identity(String guid, String name, String location, String timeZone, String currency, String groupGuid) {}

    /** Told of every change, inside the restaurant's lock: do no more than take note. */
    interface Watcher {
        void menusPublished(Restaurant restaurant, String publishedDate);

        void stockChanged(Restaurant restaurant, String eventType, ObjectNode inventory);
    }

    private final Identity identity;
    private final ObjectNode info;
    private final MenuBook book;
    private final Stock stock = new Stock();
    private final Ticks ticks;
    private final Random numbers;
    private final Watcher watcher;
    private @Nullable ObjectNode published;
    private int publications;
    private boolean edited;

    Restaurant(Identity identity, ObjectNode info, MenuBook book, long seed, InstantSource clock, Watcher watcher) {
        this.identity = identity;
        this.info = info;
        this.book = book;
        this.numbers = new Random(seed);
        this.ticks = new Ticks(clock);
        this.watcher = watcher;
    }

    static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }

    synchronized <T> T atomically(Supplier<T> work) {
        return work.get();
    }

    Identity identity() {
        return identity;
    }

    String guid() {
        return identity.guid();
    }

    /** As the restaurants API tells it. */
    ObjectNode info() {
        return info;
    }

    MenuBook book() {
        return book;
    }

    Stock stock() {
        return stock;
    }

    Ticks ticks() {
        return ticks;
    }

    /** The document that is served; empty when nothing is published. Never changes once it is here. */
    Optional<ObjectNode> published() {
        return Optional.ofNullable(published);
    }

    /** How often menus were published, those included that are not served yet. */
    int publications() {
        return publications;
    }

    /** Whether the menus were edited since they were last published. */
    boolean isEdited() {
        return edited;
    }

    void noteEdit() {
        edited = true;
    }

    void setStock(String guid, @Nullable String multiLocationId, Stock.Level level) {
        for (String event : stock.set(guid, level)) {
            watcher.stockChanged(this, event, Stock.json(guid, multiLocationId, level));
        }
    }

    /** The menus as they are now, to be served a while later by {@link #serve}. */
    ObjectNode publish() {
        publications++;
        edited = false;
        return draft(numbers);
    }

    /** The menus as they would be published; of the numbers nothing can be said. */
    ObjectNode draft(Random random) {
        return Publication.of(book, identity.guid(), identity.timeZone(), random);
    }

    /** Serves a document from now on, and says so. */
    void serve(ObjectNode document) {
        String now = time(ticks.next());
        document.put("lastUpdated", now);
        published = document;
        watcher.menusPublished(this, now);
    }

    /** Serves a document of long ago, without a word. */
    void seed(ObjectNode document, long epochMillis) {
        ticks.startAfter(epochMillis);
        document.put("lastUpdated", time(epochMillis));
        published = document;
    }

    /** Nothing is published from now on. */
    void withdraw() {
        published = null;
    }

    Reply menus() {
        return published()
                .map(document -> Reply.ok(document))
                .orElseGet(() -> Reply.refused(ToastError.nothingPublished()));
    }

    /** Whose menus, and when they were published last: what a client asks before it takes all of them. */
    Reply metadata() {
        return published()
                .map(document -> {
                    ObjectNode metadata = Json.object();
                    metadata.put("restaurantGuid", identity.guid());
                    metadata.set("lastUpdated", document.path("lastUpdated"));
                    return Reply.ok(metadata);
                })
                .orElseGet(() -> Reply.refused(ToastError.nothingPublished()));
    }
}
