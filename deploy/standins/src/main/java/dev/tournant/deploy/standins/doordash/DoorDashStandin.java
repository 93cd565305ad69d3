package dev.tournant.deploy.standins.doordash;

import akka.actor.ActorSystem;
import akka.http.javadsl.server.Directives;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Loopback;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A stateful stand-in of DoorDash Marketplace on a loopback socket: menus that are pushed or pulled, the jobs they become,
 * their webhooks, and the state of stores and items. {@code /control} steers it.
 */
public final class DoorDashStandin implements Standin {
    private static final String NAME = "doordash-standin";

    /** The {@code provider_type} of every store. */
    public static final String PROVIDER_TYPE = "tournant";

    /** One developer has that many keys, as while keys are rotated. */
    private static final int KEYS = 2;

    // Keys and menus draw from the one seed, and must not draw the same ids.
    private static final long KEYS_SALT = 0x6b657973L;
    private static final int SECRET_BYTES = 32;

    private final Loopback loopback;
    private final Stats stats = new Stats();
    private final List<DeveloperKey> keys;
    private final Luck<Faults> luck;
    private final Stores stores;
    private final Editor editor;
    private final Webhooks webhooks;
    private final MenuJobs jobs;

    private DoorDashStandin(DoorDashSettings settings, Loopback loopback) {
        this.loopback = loopback;
        ActorSystem system = loopback.system();
        InstantSource clock = InstantSource.system();
        this.keys = keys(new Random(settings.seed() ^ KEYS_SALT));
        this.luck = new Luck<>(settings.seed(), Faults.NONE);
        this.stores = Stores.seeded(settings.seed(), settings.stores(), PROVIDER_TYPE, clock);
        this.editor = new Editor(luck, clock);
        this.webhooks = new Webhooks(settings, system.dispatcher(), loopback.later(), luck, stats);
        this.jobs = new MenuJobs(settings, loopback.later(), luck, webhooks);
        Admission admission = new Admission(settings, new Tokens(keys, clock), luck, stats, system);
        MenuWrites menus = new MenuWrites(stores, jobs, luck);
        Pull pull = new Pull(system, settings.answerTimeout(), jobs, luck);
        DoorDashApi api = new DoorDashApi(stores, menus, admission, stats);
        loopback.serve(settings.port(), Directives.concat(api.route(), new ControlApi(this, pull).route()));
    }

    /** Starts with an actor system of its own, which ends with it. Fails when the port is taken. */
    public static DoorDashStandin start(DoorDashSettings settings) {
        Loopback loopback = Loopback.alone(NAME);
        try {
            return new DoorDashStandin(settings, loopback);
        } catch (RuntimeException notStarted) {
            loopback.close();
            throw notStarted;
        }
    }

    /** Starts on an actor system that others use too. Fails when the port is taken. */
    public static DoorDashStandin start(ActorSystem system, DoorDashSettings settings) {
        return new DoorDashStandin(settings, Loopback.on(system, NAME));
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

    public int port() {
        return loopback.port();
    }

    @Override
    public URI url() {
        return loopback.url();
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

    /** Makes one edit now, to any item. Throws {@link IllegalArgumentException} where that cannot be done. */
    public Edit edit(String storeId, EditKind kind) {
        return stores.of(storeId)
                .flatMap(store -> edit(store, kind, Optional.empty(), Optional.empty()))
                .orElseThrow(() -> new IllegalArgumentException("no store " + storeId + " with an item on a menu"));
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

    @Override
    public void close() {
        webhooks.close();
        loopback.close();
    }

    Optional<Edit> edit(Store store, EditKind kind, Optional<String> itemId, Optional<String> value) {
        Optional<Edit> made = editor.edit(store, kind, itemId, value);
        made.ifPresent(edit -> stats.edit(edit.kind().wireName()));
        return made;
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
        return stats.json(webhooks.open()).set("jobs", jobs.outcomes());
    }
}
