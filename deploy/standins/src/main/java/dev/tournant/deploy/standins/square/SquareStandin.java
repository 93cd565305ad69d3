package dev.tournant.deploy.standins.square;

import akka.actor.ActorSystem;
import akka.actor.Cancellable;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Loopback;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Pace;
import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A stateful stand-in of Square on a loopback socket: catalog, inventory, locations and webhooks of several sellers, whose
 * staff keep editing if asked to. Its shapes are Square's; {@code /control} steers it.
 */
public final class SquareStandin implements Standin {
    private static final String NAME = "square-standin";

    /** What a client needs to act for a seller. */
    public record Account(String merchantId, String name, String token, String currency, List<String> locationIds) {
        public Account {
            locationIds = List.copyOf(locationIds);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Account[" + merchantId + ", " + name + "]";
        }
    }

    /** What a client asks for tokens with. It opens nothing but this stand-in. */
    public record Application(String id, String secret) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Application[" + id + "]";
        }
    }

    private final Loopback loopback;
    private final Stats stats = new Stats();
    private final Luck<Faults> luck;
    private final Editor editor;
    private final Pace pace;
    private final Webhooks webhooks;
    private final Sellers sellers;
    private final Grants grants;
    private volatile TokenRules tokenRules = TokenRules.DEFAULTS;
    private final @Nullable Keeper keeper;
    private final Cancellable beat;

    private SquareStandin(SquareSettings settings, Loopback loopback) {
        this.loopback = loopback;
        ActorSystem system = loopback.system();
        InstantSource clock = InstantSource.system();
        @Nullable Archive archive = settings.data() == null ? null : Archive.open(settings.data());
        long seed = archive == null ? settings.seed() : Keeper.seed(settings.seed(), archive, clock);
        this.luck = new Luck<>(seed, Faults.NONE);
        this.editor = new Editor(seed);
        this.pace = new Pace(settings.editsPerSecond(), System.nanoTime());
        this.webhooks = new Webhooks(settings, system.dispatcher(), loopback.later(), luck, stats);
        this.keeper = archive == null ? null : new Keeper(archive, webhooks, clock, system.log()::warning);
        this.sellers = keeper == null ? Sellers.open(settings, clock, webhooks) : Sellers.of(keeper.open(settings));
        this.grants = new Grants(settings.seed(), seed, clock);
        SquareApi api = new SquareApi(sellers, grants, this::tokenRules, luck, stats, system);
        serve(settings.port(), Directives.concat(api.route(), new ControlApi(this).route()));
        this.beat = loopback.every(Pace.BEAT, this::editWhatIsDue);
    }

    /**
     * Starts with an actor system of its own, which ends with it. Fails when the port is taken, and with
     * {@link IllegalStateException} when the data directory cannot be used.
     */
    public static SquareStandin start(SquareSettings settings) {
        Loopback loopback = Loopback.alone(NAME);
        try {
            return new SquareStandin(settings, loopback);
        } catch (RuntimeException notStarted) {
            loopback.close();
            throw notStarted;
        }
    }

    /** Starts on an actor system that others use too. Fails when the port is taken. */
    public static SquareStandin start(ActorSystem system, SquareSettings settings) {
        return new SquareStandin(settings, Loopback.on(system, NAME));
    }

    private void serve(int port, Route route) {
        try {
            loopback.serve(port, route);
        } catch (CompletionException notBound) {
            if (keeper != null) {
                keeper.close();
            }
            throw notBound;
        }
    }

    public int port() {
        return loopback.port();
    }

    @Override
    public URI url() {
        return loopback.url();
    }

    public List<Account> accounts() {
        return sellers.all().stream()
                .map(seller -> seller.atomically(() -> new Account(
                        seller.merchantId(),
                        seller.identity().name(),
                        seller.identity().token(),
                        seller.identity().currency(),
                        seller.locations().stream().map(Shape::id).toList())))
                .toList();
    }

    public Application application() {
        return grants.application();
    }

    /**
     * The code that the seller's browser would bring back after its consent; good once. Throws
     * {@link IllegalArgumentException} for a merchant id that there is not.
     */
    public String code(String merchantId) {
        return grants.code(known(merchantId).merchantId());
    }

    /** Ends all tokens that were given for a seller, but not the one it has from the start. */
    public void revoke(String merchantId) {
        grants.revoke(known(merchantId).merchantId());
    }

    public void setTokenRules(TokenRules rules) {
        tokenRules = rules;
    }

    public TokenRules tokenRules() {
        return tokenRules;
    }

    /** Makes one edit now. Throws {@link IllegalArgumentException} for a merchant id that there is not. */
    public Edit edit(String merchantId, EditKind kind) {
        return edit(known(merchantId), kind);
    }

    /**
     * Makes one edit to the given item, variation, modifier or location, or to what nests in it; empty where that cannot be
     * done. Throws {@link IllegalArgumentException} for a merchant id that there is not.
     */
    public Optional<Edit> edit(String merchantId, EditKind kind, String objectId) {
        return edit(known(merchantId), kind, objectId);
    }

    /** Sends the seller's events to a URL, signed with the key, in place of an earlier subscription of that URL. */
    public void subscribe(String merchantId, String url, String signatureKey) {
        if (!webhooks.subscribe(known(merchantId).merchantId(), url, signatureKey)) {
            throw new IllegalArgumentException(
                    "at most " + Webhooks.SUBSCRIPTIONS_MAX + " subscriptions for seller " + merchantId);
        }
        noteSubscriptions(merchantId);
    }

    /** Ends all subscriptions of a seller. */
    public void unsubscribe(String merchantId) {
        webhooks.unsubscribe(known(merchantId).merchantId());
        noteSubscriptions(merchantId);
    }

    private void noteSubscriptions(String merchantId) {
        if (keeper != null) {
            keeper.changed(known(merchantId));
        }
    }

    /** Edits a second over all sellers, 0 to 10 000. */
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

    @Override
    public void close() {
        beat.cancel();
        webhooks.close();
        loopback.unbind();
        if (keeper != null) {
            keeper.close();
        }
        loopback.close();
    }

    Edit edit(Seller seller, EditKind kind) {
        Edit edit = editor.edit(seller, kind);
        stats.edit(edit.kind().wireName());
        return edit;
    }

    Optional<Edit> edit(Seller seller, EditKind kind, String only) {
        Optional<Edit> edit = editor.edit(seller, kind, only);
        edit.ifPresent(made -> stats.edit(made.kind().wireName()));
        return edit;
    }

    /** Adds so many items with their modifiers, 1 to 5 000, in one write; returns the catalogue's version after it. */
    long addItems(Seller seller, int items) {
        if (items < 1 || items > SquareSettings.ITEMS_MAX) {
            throw new IllegalArgumentException("items must be from 1 to " + SquareSettings.ITEMS_MAX);
        }
        return editor.addItems(seller, items);
    }

    List<Seller> allSellers() {
        return sellers.all();
    }

    Optional<Seller> seller(String merchantId) {
        return sellers.of(merchantId);
    }

    List<String> subscriptions(String merchantId) {
        return webhooks.urls(merchantId);
    }

    ObjectNode stats() {
        return stats.json(webhooks.open());
    }

    private Seller known(String merchantId) {
        return sellers.of(merchantId).orElseThrow(() -> new IllegalArgumentException("no seller " + merchantId));
    }

    private void editWhatIsDue() {
        for (int left = pace.due(System.nanoTime()); left > 0; left--) {
            Seller seller = sellers.all().get(editor.drawSeller(sellers.all().size()));
            edit(seller, editor.drawKind());
        }
    }
}
