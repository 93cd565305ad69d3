package dev.tournant.deploy.standins.toast;

import akka.actor.ActorSystem;
import akka.actor.Cancellable;
import akka.http.javadsl.server.Directives;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Loopback;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Pace;
import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stateful stand-in of Toast on a loopback socket: logins, published menus, stock, restaurants and webhooks, whose staff
 * keep editing if asked to. Its shapes are Toast's; {@code /control} steers it.
 */
public final class ToastStandin implements Standin {
    private static final String NAME = "toast-standin";

    /** The credentials of an integration, which may act for every restaurant. They open nothing but this stand-in. */
    public record Client(String clientId, String clientSecret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Client[" + clientId + "]";
        }
    }

    private final Loopback loopback;
    private final Duration publishLag;
    private final Stats stats = new Stats();
    private final Luck<Faults> luck;
    private final Editor editor;
    private final Pace pace;
    private final Webhooks webhooks;
    private final Restaurants restaurants;
    private final Doorkeeper doorkeeper;
    private final Cancellable beat;
    private volatile Limits limits;

    private ToastStandin(ToastSettings settings, Loopback loopback, InstantSource clock) {
        this.loopback = loopback;
        this.publishLag = settings.publishLag();
        this.limits = settings.limits();
        this.luck = new Luck<>(settings.seed(), Faults.NONE);
        this.editor = new Editor(settings.seed(), this::serveAfterLag);
        this.pace = new Pace(settings.editsPerSecond(), System.nanoTime());
        ActorSystem system = loopback.system();
        this.webhooks = new Webhooks(settings.webhooks(), system.dispatcher(), loopback.later(), luck, stats, clock);
        this.restaurants = new Restaurants(settings, clock, webhooks);
        this.doorkeeper = new Doorkeeper(settings.seed(), settings.clients());
        ToastApi api = new ToastApi(restaurants, doorkeeper, () -> limits, luck, stats, clock, system);
        loopback.serve(settings.port(), Directives.concat(new ControlApi(this).route(), api.route()));
        this.beat = loopback.every(Pace.BEAT, this::editWhatIsDue);
    }

    /** Starts with an actor system of its own, which ends with it. Fails when the port is taken. */
    public static ToastStandin start(ToastSettings settings) {
        return start(settings, InstantSource.system());
    }

    /** The clock is that of limits, tokens and times of change; waits are real. */
    static ToastStandin start(ToastSettings settings, InstantSource clock) {
        Loopback loopback = Loopback.alone(NAME);
        try {
            return new ToastStandin(settings, loopback, clock);
        } catch (RuntimeException notStarted) {
            loopback.close();
            throw notStarted;
        }
    }

    public int port() {
        return loopback.port();
    }

    @Override
    public URI url() {
        return loopback.url();
    }

    public List<Client> clients() {
        return doorkeeper.clients();
    }

    /** The tokens that were given last, the newest at the end. */
    public List<String> issuedTokens() {
        return doorkeeper.issued();
    }

    /** The guids of all restaurants. */
    public List<String> restaurants() {
        return restaurants.all().stream().map(Restaurant::guid).toList();
    }

    /** Makes one edit now. Throws {@link IllegalArgumentException} where that cannot be done. */
    public Edit edit(String restaurantGuid, EditKind kind) {
        return edit(restaurantGuid, kind, null, MissingNode.getInstance())
                .orElseThrow(() -> new IllegalArgumentException("nothing there for a " + kind.wireName()));
    }

    /**
     * Makes one edit now: to the item, modifier or menu of that guid, or to any where it is null; to that value where it is
     * a number or a text, as the kind needs it, and to a drawn one where not. Empty where there is nothing of that guid.
     */
    public Optional<Edit> edit(String restaurantGuid, EditKind kind, @Nullable String guid, JsonNode value) {
        Restaurant restaurant = restaurants
                .of(restaurantGuid)
                .orElseThrow(() -> new IllegalArgumentException("no restaurant " + restaurantGuid));
        return edit(restaurant, kind, new Editor.Wish(guid, value));
    }

    private Optional<Edit> edit(Restaurant restaurant, EditKind kind, Editor.Wish wish) {
        Optional<Edit> made = editor.edit(restaurant, kind, wish);
        made.ifPresent(edit -> stats.edit(edit.kind().wireName()));
        return made;
    }

    /** Sends events of a category of all restaurants to a URL, in place of an earlier such subscription. */
    public void subscribe(Category category, String url, String secret) {
        if (!webhooks.subscribe(category, url, secret)) {
            throw new IllegalArgumentException("at most " + Webhooks.SUBSCRIPTIONS_MAX + " subscriptions");
        }
    }

    /** Ends all subscriptions of a category. */
    public void unsubscribe(Category category) {
        webhooks.unsubscribe(category);
    }

    /** Edits a second over all restaurants, 0 to 10 000. */
    public void setEditsPerSecond(double rate) {
        pace.set(rate);
    }

    public double editsPerSecond() {
        return pace.perSecond();
    }

    /** From now on faults strike as this seed says. */
    public void beginLuck(long seed) {
        luck.begin(seed);
    }

    public void setFaults(Faults faults) {
        luck.set(faults);
    }

    public Faults faults() {
        return luck.faults();
    }

    public void setLimits(Limits now) {
        limits = now;
    }

    public Limits limits() {
        return limits;
    }

    /** Other restaurants take the place of all, those of another seed. Clients and subscriptions stay. */
    public void reseed(long seed) {
        restaurants.reopen(seed);
    }

    @Override
    public void close() {
        beat.cancel();
        webhooks.close();
        loopback.close();
    }

    List<Restaurant> allRestaurants() {
        return restaurants.all();
    }

    Optional<Restaurant> restaurant(String guid) {
        return restaurants.of(guid);
    }

    List<ObjectNode> subscriptions() {
        return webhooks.subscriptions();
    }

    ObjectNode stats() {
        return stats.json(webhooks.open());
    }

    private void serveAfterLag(Restaurant restaurant, ObjectNode document) {
        if (publishLag.isZero()) {
            restaurant.serve(document);
        } else {
            loopback.later()
                    .run(
                            publishLag,
                            () -> restaurant.atomically(() -> {
                                restaurant.serve(document);
                                return document;
                            }));
        }
    }

    private void editWhatIsDue() {
        for (int left = pace.due(System.nanoTime()); left > 0; left--) {
            List<Restaurant> all = restaurants.all();
            edit(all.get(editor.drawRestaurant(all.size())), editor.drawKind(), Editor.Wish.ANY);
        }
    }
}
