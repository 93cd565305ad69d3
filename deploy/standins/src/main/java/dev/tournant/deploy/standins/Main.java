package dev.tournant.deploy.standins;

import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.square.SquareStandin;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Runs a stand-in of Square until the process is ended.
 *
 * <p>Arguments, each as {@code --name value}: {@code port} (0 takes a free one), {@code sellers}, {@code items},
 * {@code edits-per-second}, {@code seed}, {@code data} (a directory that keeps the sellers; in memory only without it).
 * When it is ready it prints one line, {@code listening http://127.0.0.1:PORT}.
 */
public final class Main {
    private static final Set<String> NAMES = Set.of("port", "sellers", "items", "edits-per-second", "seed", "data");

    private Main() {}

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "standins-logback.xml");
        }
        PrintStream out = System.out;
        SquareStandin standin = started(args);
        Runtime.getRuntime().addShutdownHook(new Thread(standin::close, "close-standin"));
        out.println("listening " + standin.url());
        out.flush();
    }

    private static SquareStandin started(String... args) {
        try {
            return SquareStandin.start(settings(args));
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

    private static Map<String, String> given(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < args.length; at += 2) {
            String name = args[at].startsWith("--") ? args[at].substring(2) : "";
            if (!NAMES.contains(name) || at + 1 == args.length) {
                throw new IllegalArgumentException("`" + args[at] + "`: expected --name value with a name of " + NAMES);
            }
            given.put(name, args[at + 1]);
        }
        return given;
    }
}
