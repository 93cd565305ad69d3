package dev.tournant.deploy.standins;

import dev.tournant.deploy.standins.doordash.DoorDashSettings;
import dev.tournant.deploy.standins.doordash.DoorDashStandin;
import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.square.SquareStandin;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Runs a stand-in until the process is ended: Square's, or the one that {@code --partner doordash} names.
 *
 * <p>Arguments, each as {@code --name value}. For both: {@code port} (0 takes a free one) and {@code seed}. For Square:
 * {@code sellers}, {@code items}, {@code edits-per-second}, {@code data} (a directory that keeps the sellers; in memory only
 * without it). For DoorDash: {@code stores}, {@code job-phase-ms}, {@code processing-window-ms}, {@code requests-per-minute}.
 * When it is ready it prints one line, {@code listening http://127.0.0.1:PORT}.
 */
public final class Main {
    private static final Set<String> SQUARE =
            Set.of("partner", "port", "sellers", "items", "edits-per-second", "seed", "data");
    private static final Set<String> DOORDASH =
            Set.of("partner", "port", "stores", "job-phase-ms", "processing-window-ms", "requests-per-minute", "seed");

    /** A stand-in that runs. */
    private record Running(URI url, Runnable close) {}

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "standins-logback.xml");
        }
        PrintStream out = System.out;
        Running standin = started(args);
        Runtime.getRuntime().addShutdownHook(new Thread(standin.close(), "close-standin"));
        out.println("listening " + standin.url());
        out.flush();
    }

    private static Running started(String... args) {
        try {
            if (partner(args).equals("doordash")) {
                DoorDashStandin standin = DoorDashStandin.start(doorDashSettings(args));
                return new Running(standin.url(), standin::close);
            }
            SquareStandin standin = SquareStandin.start(settings(args));
            return new Running(standin.url(), standin::close);
        } catch (IllegalArgumentException | IllegalStateException | CompletionException e) {
            System.err.println(
                    e instanceof CompletionException && e.getCause() != null
                            ? e.getCause().getMessage()
                            : e.getMessage());
            System.exit(e instanceof IllegalArgumentException ? 2 : 1);
            throw e;
        }
    }

    /** Throws {@link IllegalArgumentException} that names the argument that is wrong. */
    static DoorDashSettings doorDashSettings(String... args) {
        Map<String, String> given = given(DOORDASH, args);
        DoorDashSettings defaults = DoorDashSettings.defaults();
        return defaults.withPort(Integer.parseInt(given.getOrDefault("port", "0")))
                .withStores(Integer.parseInt(given.getOrDefault("stores", Integer.toString(defaults.stores()))))
                .withSeed(Long.parseLong(given.getOrDefault("seed", Long.toString(defaults.seed()))))
                .withJobs(
                        millis(given, "job-phase-ms", defaults.jobPhase()),
                        millis(given, "processing-window-ms", defaults.processingWindow()))
                .withLimit(
                        Integer.parseInt(
                                given.getOrDefault("requests-per-minute", Integer.toString(defaults.requestsMax()))),
                        Duration.ofMinutes(1));
    }

    /** Throws {@link IllegalArgumentException} that names the argument that is wrong. */
    static SquareSettings settings(String... args) {
        Map<String, String> given = given(SQUARE, args);
        SquareSettings defaults = SquareSettings.defaults();
        SquareSettings asked = defaults.withPort(Integer.parseInt(given.getOrDefault("port", "0")))
                .withSellers(Integer.parseInt(given.getOrDefault("sellers", Integer.toString(defaults.sellers()))))
                .withItems(Integer.parseInt(given.getOrDefault("items", Integer.toString(defaults.items()))))
                .withEditsPerSecond(Double.parseDouble(given.getOrDefault("edits-per-second", "0")))
                .withSeed(Long.parseLong(given.getOrDefault("seed", Long.toString(defaults.seed()))));
        String data = given.get("data");
        return data == null ? asked : asked.withData(Path.of(data));
    }

    /** Throws {@link IllegalArgumentException} for a partner that there is no stand-in of. */
    static String partner(String... args) {
        int at = Arrays.asList(args).indexOf("--partner");
        String partner = at < 0 || at + 1 == args.length ? "square" : args[at + 1];
        if (!Set.of("square", "doordash").contains(partner)) {
            throw new IllegalArgumentException("--partner is square or doordash, not `" + partner + "`");
        }
        return partner;
    }

    private static Duration millis(Map<String, String> given, String name, Duration otherwise) {
        return given.containsKey(name) ? Duration.ofMillis(Long.parseLong(given.get(name))) : otherwise;
    }

    private static Map<String, String> given(Set<String> names, String... args) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < args.length; at += 2) {
            String name = args[at].startsWith("--") ? args[at].substring(2) : "";
            if (!names.contains(name) || at + 1 == args.length) {
                throw new IllegalArgumentException("`" + args[at] + "`: expected --name value with a name of " + names);
            }
            given.put(name, args[at + 1]);
        }
        return given;
    }
}
