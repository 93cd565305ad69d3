package dev.tournant.deploy.standins.doordash;

import akka.actor.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.deploy.standins.core.Standin;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stateful stand-in of DoorDash Marketplace on a loopback socket: menus that are pushed or pulled, the jobs they become,
 * their webhooks, and the state of stores and items. {@code /control} steers it.
 */
public final class DoorDashStandin implements Standin {
    /** The {@code provider_type} of every store. */
    public static final String PROVIDER_TYPE = "tournant";

    /** One developer has that many keys, as while keys are rotated. */
    private static final int KEYS = 2;

    // Keys and menus draw from the one seed, and must not draw the same ids.
    private static final long KEYS_SALT = 0x6b657973L;
    private static final int SECRET_BYTES = 32;
    private static final String HOST = "127.0.0.1";
    private static final Config CONFIG = ConfigFactory.load("doordash-standin");
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final ActorSystem system;
    private final boolean ownsSystem;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Stats stats = new Stats();
    private final List<DeveloperKey> keys;
    private final Luck luck;
    private final Stores stores;
    private final TabletOperator operator;
    private final Webhooks webhooks;
    private final ServerBinding binding;

    private DoorDashStandin(DoorDashSettings settings, ActorSystem system, boolean ownsSystem) {
        this.system = system;
        this.ownsSystem = ownsSystem;
        InstantSource clock = InstantSource.system();
        this.keys = keys(new Random(settings.seed() ^ KEYS_SALT));
        this.luck = new Luck(settings.seed());
        this.stores = Stores.seeded(settings.seed(), settings.stores(), PROVIDER_TYPE, clock);
        this.operator = new TabletOperator(luck);
        this.webhooks = new Webhooks(settings, system.dispatcher(), this::later, luck, stats);
        MenuJobs jobs = new MenuJobs(settings, this::later, luck, webhooks);
        Admission admission = new Admission(settings, new Tokens(keys, clock), luck, stats, system);
        MenuWrites menus = new MenuWrites(stores, jobs, luck);
        Pull pull = new Pull(system, settings.answerTimeout(), jobs, luck);
        Route api = new MarketplaceApi(stores, menus, admission, stats).route();
        this.binding = bound(settings.port(), Directives.concat(api, new ControlApi(this, pull).route()));
    }

    /** Starts with an actor system of its own, which ends with it. Fails when the port is taken. */
    public static DoorDashStandin start(DoorDashSettings settings) {
        ActorSystem system = ActorSystem.create("doordash-standin", CONFIG);
        try {
            return new DoorDashStandin(settings, system, true);
        } catch (RuntimeException notStarted) {
            system.terminate();
            throw notStarted;
        }
    }

    /** Starts on an actor system that others use too. Fails when the port is taken. */
    public static DoorDashStandin start(ActorSystem system, DoorDashSettings settings) {
        return new DoorDashStandin(settings, system, false);
    }

    private static List<DeveloperKey> keys(Random random) {
        String developerId = Luck.uuid(random).toString();
        List<DeveloperKey> keys = new ArrayList<>();
        for (int at = 0; at < KEYS; at++) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            keys.add(new DeveloperKey(
                    developerId,
                    Luck.uuid(random).toString(),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(secret)));
        }
        return List.copyOf(keys);
    }

    private ServerBinding bound(int port, Route route) {
        return Http.get(system)
                .newServerAt(HOST, port)
                .withSettings(ServerSettings.create(CONFIG))
                .bind(route)
                .toCompletableFuture()
                .join();
    }

    private void later(Duration wait, Runnable work) {
        Runnable unlessClosed = () -> {
            if (!closed.get()) {
                work.run();
            }
        };
        if (!closed.get()) {
            system.scheduler().scheduleOnce(wait, unlessClosed, system.dispatcher());
        }
    }

    public int port() {
        return binding.localAddress().getPort();
    }

    @Override
    public URI url() {
        return URI.create("http://" + HOST + ":" + port());
    }

    /** The keys of the one developer; each has a rate limit of its own. */
    public List<DeveloperKey> keys() {
        return keys;
    }

    /** The {@code merchant_supplied_id} of every store, in order. */
    public List<String> storeIds() {
        return stores.all().stream().map(Store::id).toList();
    }

    /** Sends the outcomes of jobs of all stores there, with that bearer token, and nowhere else. */
    public void subscribe(String url, String token) {
        webhooks.subscribe(url, token);
    }

    public void setFaults(Faults faults) {
        luck.set(faults);
    }

    public Faults faults() {
        return luck.faults();
    }

    @Override
    public void close() {
        closed.set(true);
        webhooks.close();
        binding.terminate(CLOSE_WITHIN).toCompletableFuture().join();
        if (ownsSystem) {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }

    Optional<ObjectNode> edit(Store store, EditKind kind, Optional<String> itemId, Optional<String> value) {
        Optional<ObjectNode> done = operator.edit(store, kind, itemId, value);
        done.ifPresent(unused -> stats.edit(kind));
        return done;
    }

    List<Store> allStores() {
        return stores.all();
    }

    Optional<Store> store(String id) {
        return stores.of(id);
    }

    Store openStore(String id) {
        return stores.open(id);
    }

    String providerType() {
        return stores.providerType();
    }

    Optional<String> webhookUrl() {
        return webhooks.url();
    }

    ObjectNode stats() {
        return stats.json(webhooks.open());
    }
}
