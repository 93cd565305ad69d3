package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to start.
 *
 * @param nodes 1 to 9
 * @param merchants each with a seller at the Square stand-in, 0 to 500
 * @param restaurants merchants more, each linked to a restaurant of the Toast stand-in, 0 to 50
 * @param stores of the first merchants that are linked to a store of the DoorDash stand-in too, 0 to 50
 * @param everywhere merchants more, each at Square, Toast and DoorDash at once, 0 to 10
 * @param items of each seller's catalogue; its variations, modifiers and the like come on top
 * @param editsPerSecond over all sellers; 0 leaves the catalogues alone
 * @param httpPort of the first node, the others follow; 0 takes free ones from 8080 on
 * @param data everything that lasts; the same directory goes on where it stopped
 * @param quickStart starts servers for a short life: no optimising compiler, and HTTP on any free port
 */
public record StackOptions(
        int nodes,
        int merchants,
        int restaurants,
        int stores,
        int everywhere,
        int items,
        double editsPerSecond,
        int seed,
        int httpPort,
        Path data,
        boolean quickStart,
        Map<String, String> nodeEnvironment) {
    public static final String HELP = """
            deploy/run starts Tournant and all it needs on this machine, and shows what happens.

              --nodes N              nodes of the cluster, 1 to 9 (3)
              --merchants N          merchants, each linked to a seller of the Square stand-in (10)
              --restaurants N        more merchants, each linked to a restaurant of the Toast stand-in (2)
              --stores N             of the first merchants, linked to a store of the DoorDash stand-in too (1)
              --everywhere N         more merchants, each linked to a seller, a restaurant and a store at once (0)
              --items N              items of each seller's catalogue (120)
              --edits-per-second X   edits that the sellers make, all together; 0 for none (2)
              --seed N               which catalogues and edits (1)
              --http-port N          port of the first node's API; the others follow (8080, or the next free ones)
              --data DIR             where everything is kept; start again with the same to go on
                                     (.tournant in the checkout, wherever this is called from)
              --quick                for tests: starts sooner and runs slower; HTTP on any free port
              --help                 this text

            Secrets of partners other than the stand-ins are read from the file that TOURNANT_CREDENTIALS_FILE names.
            Ctrl-C stops everything.""";

    private static final int SPARE = 6;

    private static final Set<String> KNOWN = Set.of(
            "--nodes",
            "--merchants",
            "--restaurants",
            "--stores",
            "--everywhere",
            "--items",
            "--edits-per-second",
            "--seed",
            "--http-port",
            "--data");

    public StackOptions {
        nodeEnvironment = Map.copyOf(nodeEnvironment);
        check("--nodes", nodes, 1, 9);
        check("--merchants", merchants, 0, 500);
        check("--restaurants", restaurants, 0, 50);
        check("--stores", stores, 0, Math.min(50, merchants));
        check("--everywhere", everywhere, 0, 10);
        check("--items", items, 1, 5_000);
        check("--edits-per-second", editsPerSecond, 0, 10_000);
        if (httpPort != 0) {
            check("--http-port", httpPort, 1_024, 65_000);
        }
    }

    /** Without merchants that are everywhere. */
    public StackOptions(
            int nodes,
            int merchants,
            int restaurants,
            int stores,
            int items,
            double editsPerSecond,
            int seed,
            int httpPort,
            Path data,
            boolean quickStart,
            Map<String, String> nodeEnvironment) {
        this(
                nodes,
                merchants,
                restaurants,
                stores,
                0,
                items,
                editsPerSecond,
                seed,
                httpPort,
                data,
                quickStart,
                nodeEnvironment);
    }

    public static StackOptions defaults(Path data) {
        return new StackOptions(3, 10, 2, 1, 120, 2, 1, 0, data, false, Map.of());
    }

    public static StackOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        List<String> pairs = new ArrayList<>(List.of(args));
        boolean quick = pairs.removeIf("--quick"::equals);
        for (int i = 0; i < pairs.size(); i += 2) {
            String option = pairs.get(i);
            if (!KNOWN.contains(option)) {
                throw new IllegalArgumentException("there is no option " + option + "; see --help");
            }
            if (i + 1 == pairs.size()) {
                throw new IllegalArgumentException(option + " needs a value; see --help");
            }
            given.put(option, pairs.get(i + 1));
        }
        StackOptions or = defaults(Checkout.path(".tournant"));
        return new StackOptions(
                whole(given, "--nodes", or.nodes),
                whole(given, "--merchants", or.merchants),
                whole(given, "--restaurants", or.restaurants),
                whole(given, "--stores", Math.min(or.stores, whole(given, "--merchants", or.merchants))),
                whole(given, "--everywhere", or.everywhere),
                whole(given, "--items", or.items),
                number(given, "--edits-per-second", or.editsPerSecond),
                whole(given, "--seed", or.seed),
                whole(given, "--http-port", or.httpPort),
                Path.of(given.getOrDefault("--data", or.data.toString())),
                quick,
                Map.of());
    }

    public StackOptions with(int newNodes, int newMerchants, int newItems, double newEditsPerSecond) {
        return new StackOptions(
                newNodes,
                newMerchants,
                Math.min(restaurants, newMerchants),
                Math.min(stores, newMerchants),
                everywhere,
                newItems,
                newEditsPerSecond,
                seed,
                httpPort,
                data,
                quickStart,
                nodeEnvironment);
    }

    public StackOptions withEverywhere(int count) {
        return new StackOptions(
                nodes,
                merchants,
                restaurants,
                stores,
                count,
                items,
                editsPerSecond,
                seed,
                httpPort,
                data,
                quickStart,
                nodeEnvironment);
    }

    /** How many accounts more a stand-in has, so that two of the same currency are found. */
    int spare() {
        return everywhere * SPARE;
    }

    /** For tests: servers that start sooner and run slower, and nodes with settings of their own. */
    public StackOptions quick(Map<String, String> environment) {
        return new StackOptions(
                nodes,
                merchants,
                restaurants,
                stores,
                everywhere,
                items,
                editsPerSecond,
                seed,
                httpPort,
                data,
                true,
                environment);
    }

    private static int whole(Map<String, String> given, String option, int absent) {
        String text = given.get(option);
        if (text == null) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a whole number, not \"" + text + "\"", e);
        }
    }

    private static double number(Map<String, String> given, String option, double absent) {
        String text = given.get(option);
        if (text == null) {
            return absent;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, not \"" + text + "\"", e);
        }
    }

    private static void check(String option, double value, int min, int max) {
        if (!(value >= min && value <= max)) {
            String given = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            throw new IllegalArgumentException(option + " must be from " + min + " to " + max + ", not " + given);
        }
    }
}
