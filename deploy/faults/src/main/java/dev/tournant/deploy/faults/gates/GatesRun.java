package dev.tournant.deploy.faults.gates;

import dev.tournant.deploy.faults.Workplace;
import dev.tournant.deploy.faults.gates.GateTrial.Seen;
import dev.tournant.deploy.faults.gates.GateTrial.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code deploy/faults/run gates}: a trial on each network, and the table. */
public final class GatesRun {
    private static final Set<String> KNOWN = Set.of(
            "--calls",
            "--network",
            "--faults",
            "--limiter",
            "--pools",
            "--limit",
            "--limits",
            "--parts",
            "--times",
            "--seed",
            "--data");
    private static final Duration PER = Duration.ofSeconds(1);
    private static final int SEEDS = 1_000_000;

    private GatesRun() {}

    /**
     * 0 if no window was over the limit, and as much of it was used as it should be; a token bucket is expected to be
     * over, and is shown for comparison.
     */
    public static int run(String[] args) throws IOException {
        Map<String, String> given = given(args);
        List<Network> networks = networks(given.getOrDefault("--network", "all"));
        String limiter = given.getOrDefault("--limiter", GateTrial.GATE);
        if (!Set.of(GateTrial.GATE, GateTrial.BUCKET).contains(limiter)) {
            throw new IllegalArgumentException("--limiter must be gate or bucket");
        }
        LimitSet set = set(given.getOrDefault("--limits", "window"));
        String times = given.getOrDefault("--times", "on");
        if (!Set.of("on", "off").contains(times)) {
            throw new IllegalArgumentException("--times must be on or off");
        }
        int calls = number(given, "--calls", 1_000_000, 1_000, 20_000_000) / networks.size();
        int pools = number(given, "--pools", 10, 1, 1_000);
        int limit = number(given, "--limit", 100, 1, 10_000);
        int parts = number(given, "--parts", 1, 1, 64);
        // What is done to nodes means nothing to a bucket that cannot be shared by several.
        int faults = limiter.equals(GateTrial.BUCKET) ? 0 : number(given, "--faults", 4, 0, 30);
        long seed = number(given, "--seed", (int) (System.nanoTime() % SEEDS), 0, Integer.MAX_VALUE);
        Path data = Workplace.at(given, "gates");
        List<Seen> all = new ArrayList<>();
        for (Network network : networks) {
            Setting setting = new Setting(limiter, network, set, calls, pools, limit, PER, parts, faults, seed);
            System.out.printf(
                    Locale.ROOT,
                    "%s, %s: %,d calls to %d pools of %d a second%s%s, seed %d%n",
                    limiter,
                    name(network),
                    calls,
                    pools,
                    limit,
                    set == LimitSet.MIXED ? " and other limits" : "",
                    parts > 1 ? " in " + parts + " parts" : "",
                    seed);
            Path place = Workplace.empty(data.resolve(name(network)));
            all.add(GateTrial.run(setting, place, System.out::println));
            Workplace.tidy(place);
        }
        System.out.print(table(all));
        if (set == LimitSet.MIXED) {
            all.forEach(seen -> System.out.print(limits(seen)));
        }
        boolean good = true;
        for (Seen seen : all) {
            for (String complaint : GateVerdict.complaints(seen, times.equals("on"))) {
                System.out.println(name(seen.setting().network()) + ": " + complaint);
                good = false;
            }
        }
        System.out.println(good ? "all holds" : "NOT all holds");
        return good ? 0 : 1;
    }

    private static String table(List<Seen> all) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-8s %-9s %10s %6s %10s %13s %9s %9s %7s %6s  %s%n",
                "limiter",
                "network",
                "calls",
                "limit",
                "most in 1s",
                "windows over",
                "of limit",
                "in all",
                "s",
                "lull s",
                "faults"));
        for (Seen seen : all) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-8s %-9s %,10d %6d %10d %,13d %9.2f %9.2f %7.0f %6.1f  %s%n",
                    seen.setting().limiter(),
                    name(seen.setting().network()),
                    seen.calls(),
                    seen.limits().get(0).limit().calls(),
                    seen.limits().get(0).seen().most(),
                    seen.over(),
                    seen.quiet().share(seen.setting().allowedPerSecond()),
                    seen.whole().share(seen.setting().allowedPerSecond()),
                    seen.whole().seconds(),
                    seen.lull().toMillis() / 1e3,
                    seen.struck().isEmpty() ? "none" : String.join(", ", seen.struck())));
        }
        return out.toString();
    }

    private static String limits(Seen seen) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-9s %-9s %8s %10s %6s %6s %6s %10s%n",
                "network",
                "limit",
                "most",
                "calls",
                "seen",
                "over",
                "uses",
                "left open"));
        for (GateTrial.Kept each : seen.limits()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-9s %-9s %,8d %,10d %,6d %,6d %,6.1f %,10d%n",
                    name(seen.setting().network()),
                    each.limit().name(),
                    GateVerdict.most(each.limit()),
                    each.seen().calls(),
                    each.seen().most(),
                    each.seen().over(),
                    each.uses(),
                    each.left()));
        }
        return out.toString();
    }

    private static LimitSet set(String word) {
        for (LimitSet set : LimitSet.values()) {
            if (set.name().toLowerCase(Locale.ROOT).equals(word)) {
                return set;
            }
        }
        throw new IllegalArgumentException("--limits must be window or mixed, not \"" + word + "\"");
    }

    private static String name(Network network) {
        return network.name().toLowerCase(Locale.ROOT);
    }

    private static List<Network> networks(String word) {
        if (word.equals("all")) {
            return List.of(Network.values());
        }
        for (Network network : Network.values()) {
            if (name(network).equals(word)) {
                return List.of(network);
            }
        }
        throw new IllegalArgumentException("--network must be loopback, tails, stalls or all, not \"" + word + "\"");
    }

    private static Map<String, String> given(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!KNOWN.contains(args[i]) || i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " is no option of gates, or has no value; see --help");
            }
            given.put(args[i], args[i + 1]);
        }
        return given;
    }

    private static int number(Map<String, String> given, String option, int absent, int min, int max) {
        String text = given.getOrDefault(option, Integer.toString(absent));
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " must be a whole number from " + min + " to " + max);
    }
}
