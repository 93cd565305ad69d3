package dev.tournant.deploy.cli;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.deploy.plugins.Plugins;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code adapter list}. */
final class Listing {
    private static final String GAP = "  ";

    private final Console console;

    Listing(Console console) {
        this.console = console;
    }

    int show(@Nullable Path folder, String environment) {
        Plugins plugins = Plugins.load(folder, environment);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PARTNER", "FROM", "RESOURCES", "CAPABILITIES"));
        plugins.found().forEach((partner, found) -> rows.add(row(partner.value(), found)));
        print(rows);
        for (Plugins.Broken broken : plugins.broken()) {
            console.err().println("broken: " + broken.origin() + ": " + broken.why());
        }
        return plugins.broken().isEmpty() ? 0 : Tournant.BROKEN;
    }

    private static List<String> row(String partner, Plugins.Found found) {
        Adapter adapter = found.adapter();
        return List.of(partner, found.origin(), words(adapter.resources()), capabilities(adapter));
    }

    private static String capabilities(Adapter adapter) {
        return words(adapter.capabilities().stream()
                .sorted()
                .map(Capability::name)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    private void print(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            console.out().println(line.append(row.get(columns - 1)));
        }
        console.out().flush();
    }
}
