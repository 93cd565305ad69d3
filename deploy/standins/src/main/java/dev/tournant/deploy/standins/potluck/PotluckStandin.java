package dev.tournant.deploy.standins.potluck;

import akka.actor.ActorSystem;
import akka.actor.Cancellable;
import akka.http.javadsl.server.Directives;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Loopback;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Pace;
import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stateful stand-in of Potluck on a loopback socket: tokens, a store and a catalogue for each location, webhooks of the
 * whole application. {@code /control} steers it.
 */
public final class PotluckStandin implements Standin {
    private static final String NAME = "potluck-standin";

    /** A location and whose it is, by Potluck's names. */
    public record Place(String account, String location) {}

    private final Loopback loopback;
    private final Stats stats = new Stats();
    private final Luck<Faults> luck;
    private final Editor editor;
    private final Pace pace;
    private final Webhooks webhooks;
    private final Map<String, Location> locations = new LinkedHashMap<>();
    private final Tokens tokens;
    private final Cancellable beat;

    private PotluckStandin(PotluckSettings settings, Loopback loopback, InstantSource clock) {
        this.loopback = loopback;
        this.luck = new Luck<>(settings.seed(), Faults.NONE);
        this.editor = new Editor(settings.seed());
        this.pace = new Pace(settings.editsPerSecond(), System.nanoTime());
        ActorSystem system = loopback.system();
        this.webhooks = new Webhooks(settings, system.dispatcher(), loopback.later(), luck, stats, clock);
        new LocationSeed(settings).locations(clock, webhooks).forEach(each -> locations.put(each.id(), each));
        this.tokens = new Tokens(settings.seed(), settings.tokenLife(), clock);
        PotluckApi api = new PotluckApi(locations, tokens, settings.requestsPerSecondMax(), luck, stats, system);
        loopback.serve(settings.port(), Directives.concat(new ControlApi(this).route(), api.route()));
        this.beat = loopback.every(Pace.BEAT, this::editWhatIsDue);
    }

    /** Starts with an actor system of its own, which ends with it. Fails when the port is taken. */
    public static PotluckStandin start(PotluckSettings settings) {
        return start(settings, InstantSource.system());
    }

    /** The clock is that of tokens, times of change and signatures; waits are real. */
    static PotluckStandin start(PotluckSettings settings, InstantSource clock) {
        Loopback loopback = Loopback.alone(NAME);
        try {
            return new PotluckStandin(settings, loopback, clock);
        } catch (RuntimeException notStarted) {
            loopback.close();
            throw notStarted;
        }
    }

    @Override
    public URI url() {
        return loopback.url();
    }

    /** The base URL of the API, as Tournant is to be given it. */
    public String baseUrl() {
        return url() + "/v1";
    }

    public String clientId() {
        return tokens.client().id();
    }

    public String clientSecret() {
        return tokens.client().secret();
    }

    public List<Place> places() {
        return locations.values().stream()
                .map(each -> new Place(each.account(), each.id()))
                .toList();
    }

    /** Sends events of all locations there, signed with that key, and nowhere else. */
    public void subscribe(String url, String key) {
        webhooks.subscribe(url, key);
    }

    /**
     * Makes one edit now: of what has that id (the location's own for its store), or of whatever is drawn. Empty where
     * there is nothing to edit in that way; {@link IllegalArgumentException} for an unknown location.
     */
    public Optional<Edit> edit(String locationId, EditKind kind, Optional<String> objectId) {
        Location location =
                location(locationId).orElseThrow(() -> new IllegalArgumentException("no location " + locationId));
        Optional<Edit> made = editor.edit(location, kind, objectId);
        made.ifPresent(edit -> stats.edit(kind.wireName()));
        return made;
    }

    /** Edits a second over all locations, 0 to 10 000. */
    public void setEditsPerSecond(double rate) {
        pace.set(rate);
    }

    public double editsPerSecond() {
        return pace.perSecond();
    }

    public void setFaults(Faults faults) {
        luck.set(faults);
    }

    public Faults faults() {
        return luck.faults();
    }

    /** Ends all tokens that were given so far. */
    public void expireTokens() {
        tokens.expireAll();
    }

    @Override
    public void close() {
        beat.cancel();
        webhooks.close();
        loopback.close();
    }

    List<Location> locations() {
        return List.copyOf(locations.values());
    }

    Optional<Location> location(String id) {
        return Optional.ofNullable(locations.get(id));
    }

    Optional<String> webhookUrl() {
        return webhooks.url();
    }

    ObjectNode stats() {
        return stats.json(webhooks.open());
    }

    private void editWhatIsDue() {
        List<Location> all = new ArrayList<>(locations.values());
        for (int left = pace.due(System.nanoTime()); left > 0; left--) {
            edit(all.get(editor.draw(all.size())).id(), editor.drawKind(), Optional.empty());
        }
    }
}
