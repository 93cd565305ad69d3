package dev.tournant.deploy.standins;

import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.doordash.DoorDashSettings;
import dev.tournant.deploy.standins.doordash.DoorDashStandin;
import dev.tournant.deploy.standins.potluck.PotluckSettings;
import dev.tournant.deploy.standins.potluck.PotluckStandin;
import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.square.SquareStandin;
import dev.tournant.deploy.standins.toast.ToastSettings;
import dev.tournant.deploy.standins.toast.ToastStandin;
import dev.tournant.deploy.standins.toast.WebhookRules;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/**
 * Runs the stand-in of one partner until the process is ended.
 *
 * <p>Arguments, each as {@code --name value}. For all: {@code partner} (square, which it is without, toast, doordash or potluck),
 * {@code port} (0 takes a free one), {@code seed}. For Square: {@code sellers}, {@code items}, {@code edits-per-second},
 * {@code data} (a directory that keeps the sellers; in memory only without it). For Toast: {@code restaurants}, {@code items},
 * {@code edits-per-second}, {@code publish-lag-ms}, {@code webhook-time-scale} (1 retries after minutes, as Toast does; 0.01
 * after seconds). For DoorDash: {@code stores}, {@code job-phase-ms}, {@code processing-window-ms},
 * {@code requests-per-minute}. For Potluck: {@code locations}, {@code items}, {@code edits-per-second},
 * {@code token-life-ms}, {@code requests-per-second}. When it is ready it prints one line, {@code listening http://127.0.0.1:PORT}.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "standins-logback.xml");
        }
        PrintStream out = System.out;
        Standin standin = started(args);
        Runtime.getRuntime().addShutdownHook(new Thread(standin::close, "close-standin"));
        out.println("listening " + standin.url());
        out.flush();
    }

    private static Standin started(String... args) {
        try {
            return start(Arguments.of(args));
        } catch (IllegalArgumentException | IllegalStateException | CompletionException e) {
            System.err.println(
                    e instanceof CompletionException && e.getCause() != null
                            ? e.getCause().getMessage()
                            : e.getMessage());
            System.exit(e instanceof IllegalArgumentException ? 2 : 1);
            throw e;
        }
    }

    /** Throws {@link IllegalArgumentException} that names the argument that is wrong, as all here do. */
    static Standin start(Arguments given) {
        String partner = given.text("partner").orElse("square");
        return switch (partner) {
            case "square" -> SquareStandin.start(squareSettings(given));
            case "toast" -> ToastStandin.start(toastSettings(given));
            case "doordash" -> DoorDashStandin.start(doorDashSettings(given));
            case "potluck" -> PotluckStandin.start(potluckSettings(given));
            default ->
                throw new IllegalArgumentException(
                        "--partner is square, toast, doordash or potluck, not `" + partner + "`");
        };
    }

    static SquareSettings squareSettings(Arguments given) {
        SquareSettings defaults = SquareSettings.defaults();
        SquareSettings asked = defaults.withPort(given.integer("port", defaults.port()))
                .withSeed(given.integer("seed", defaults.seed()))
                .withSellers(given.integer("sellers", defaults.sellers()))
                .withItems(given.integer("items", defaults.items()))
                .withEditsPerSecond(given.number("edits-per-second", defaults.editsPerSecond()));
        SquareSettings kept =
                given.text("data").map(data -> asked.withData(Path.of(data))).orElse(asked);
        given.refuseOthers();
        return kept;
    }

    static ToastSettings toastSettings(Arguments given) {
        ToastSettings defaults = ToastSettings.defaults();
        ToastSettings asked = defaults.withPort(given.integer("port", defaults.port()))
                .withSeed(given.integer("seed", defaults.seed()))
                .withRestaurants(given.integer("restaurants", defaults.restaurants()))
                .withItems(given.integer("items", defaults.items()))
                .withEditsPerSecond(given.number("edits-per-second", defaults.editsPerSecond()))
                .withPublishLag(given.millis("publish-lag-ms", defaults.publishLag()))
                .withWebhooks(given.number("webhook-time-scale")
                        .map(WebhookRules.PUBLISHED::scaled)
                        .orElse(defaults.webhooks()));
        given.refuseOthers();
        return asked;
    }

    static PotluckSettings potluckSettings(Arguments given) {
        PotluckSettings defaults = PotluckSettings.defaults();
        PotluckSettings asked = defaults.withPort(given.integer("port", defaults.port()))
                .withSeed(given.integer("seed", defaults.seed()))
                .withLocations(given.integer("locations", defaults.locations()))
                .withItems(given.integer("items", defaults.items()))
                .withEditsPerSecond(given.number("edits-per-second", defaults.editsPerSecond()))
                .withTokenLife(given.millis("token-life-ms", defaults.tokenLife()))
                .withRequestsPerSecond(given.integer("requests-per-second", defaults.requestsPerSecondMax()));
        given.refuseOthers();
        return asked;
    }

    static DoorDashSettings doorDashSettings(Arguments given) {
        DoorDashSettings defaults = DoorDashSettings.defaults();
        DoorDashSettings asked = defaults.withPort(given.integer("port", defaults.port()))
                .withSeed(given.integer("seed", defaults.seed()))
                .withStores(given.integer("stores", defaults.stores()))
                .withJobs(
                        given.millis("job-phase-ms", defaults.jobPhase()),
                        given.millis("processing-window-ms", defaults.processingWindow()))
                .withLimit(given.integer("requests-per-minute", defaults.requestsMax()), Duration.ofMinutes(1));
        given.refuseOthers();
        return asked;
    }
}
