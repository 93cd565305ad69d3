package dev.tournant.deploy.standins;

import dev.tournant.deploy.standins.core.Standin;
import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.square.SquareStandin;
import dev.tournant.deploy.standins.toast.ToastSettings;
import dev.tournant.deploy.standins.toast.ToastStandin;
import dev.tournant.deploy.standins.toast.WebhookRules;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Runs a stand-in of one partner until the process is ended.
 *
 * <p>Arguments, each as {@code --name value}: {@code partner} (square, which it is without, or toast), {@code port} (0 takes a
 * free one), {@code sellers} (at Toast these are restaurants), {@code items}, {@code edits-per-second}, {@code seed}. Square
 * alone: {@code data} (a directory that keeps the sellers; in memory only without it). Toast alone: {@code publish-lag-ms},
 * {@code webhook-time-scale} (1 retries after minutes, as Toast does; 0.01 after seconds). When it is ready it prints one
 * line, {@code listening http://127.0.0.1:PORT}.
 */
public final class Main {
    private static final Set<String> COMMON = Set.of("partner", "port", "sellers", "items", "edits-per-second", "seed");
    private static final Map<String, Set<String>> OWN =
            Map.of("square", Set.of("data"), "toast", Set.of("publish-lag-ms", "webhook-time-scale"));

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
            return partner(given(args)).equals("toast")
                    ? ToastStandin.start(toastSettings(args))
                    : SquareStandin.start(settings(args));
        } catch (IllegalArgumentException | IllegalStateException | CompletionException e) {
            System.err.println(
                    e instanceof CompletionException && e.getCause() != null
                            ? e.getCause().getMessage()
                            : e.getMessage());
            System.exit(e instanceof IllegalArgumentException ? 2 : 1);
            throw e;
        }
    }

    /** Square's. Throws {@link IllegalArgumentException} that names the argument that is wrong. */
    static SquareSettings settings(String... args) {
        Map<String, String> given = given(args);
        SquareSettings defaults = SquareSettings.defaults();
        SquareSettings asked = defaults.withPort(Integer.parseInt(given.getOrDefault("port", "0")))
                .withSellers(Integer.parseInt(given.getOrDefault("sellers", Integer.toString(defaults.sellers()))))
                .withItems(Integer.parseInt(given.getOrDefault("items", Integer.toString(defaults.items()))))
                .withEditsPerSecond(Double.parseDouble(given.getOrDefault("edits-per-second", "0")))
                .withSeed(Long.parseLong(given.getOrDefault("seed", Long.toString(defaults.seed()))));
        String data = given.get("data");
        return data == null ? asked : asked.withData(Path.of(data));
    }

    /** Toast's. Throws {@link IllegalArgumentException} that names the argument that is wrong. */
    static ToastSettings toastSettings(String... args) {
        Map<String, String> given = given(args);
        ToastSettings defaults = ToastSettings.defaults();
        String lag = Long.toString(defaults.publishLag().toMillis());
        String scale = given.get("webhook-time-scale");
        return defaults.withPort(Integer.parseInt(given.getOrDefault("port", "0")))
                .withRestaurants(
                        Integer.parseInt(given.getOrDefault("sellers", Integer.toString(defaults.restaurants()))))
                .withItems(Integer.parseInt(given.getOrDefault("items", Integer.toString(defaults.items()))))
                .withEditsPerSecond(Double.parseDouble(given.getOrDefault("edits-per-second", "0")))
                .withSeed(Long.parseLong(given.getOrDefault("seed", Long.toString(defaults.seed()))))
                .withPublishLag(Duration.ofMillis(Long.parseLong(given.getOrDefault("publish-lag-ms", lag))))
                .withWebhooks(
                        scale == null ? defaults.webhooks() : WebhookRules.PUBLISHED.scaled(Double.parseDouble(scale)));
    }

    private static String partner(Map<String, String> given) {
        return given.getOrDefault("partner", "square");
    }

    private static Map<String, String> given(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < args.length; at += 2) {
            String name = args[at].startsWith("--") ? args[at].substring(2) : "";
            if (name.isEmpty() || at + 1 == args.length) {
                throw new IllegalArgumentException("`" + args[at] + "`: expected --name value");
            }
            given.put(name, args[at + 1]);
        }
        Set<String> own = OWN.get(partner(given));
        if (own == null) {
            throw new IllegalArgumentException("--partner " + partner(given) + ": there are square and toast");
        }
        for (String name : given.keySet()) {
            if (!COMMON.contains(name) && !own.contains(name)) {
                throw new IllegalArgumentException(
                        "`--" + name + "`: there are " + COMMON + ", and for " + partner(given) + " " + own);
            }
        }
        return given;
    }
}
