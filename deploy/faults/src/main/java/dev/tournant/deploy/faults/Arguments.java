package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stood behind {@code deploy/faults/run}.
 *
 * @param seed of the first run of each fault; the next has the next
 * @param runs of each fault
 * @param seconds of load at each setting, for {@code detection}
 */
record Arguments(String name, List<Fault> faults, long seed, int runs, int seconds, Settings settings) {
    static final String HELP = """
            deploy/faults/run NAME [--option value …]

              pause          one node stands still (SIGSTOP) and goes on (SIGCONT)
                --seconds N    for how long, 1 to 60 (15)
              kill           one node is killed (SIGKILL)
              rolling        all nodes are ended (SIGTERM) one after another
              cassandra      Cassandra stands still
                --seconds N    for how long, 1 to 60 (20)
              partition      one node and the others do not hear each other; all reach Cassandra and Kafka
                --seconds N    for how long, 1 to 120 (40)
              all            pauses of 3, 15 and 40 seconds, kills of any node and of the oldest, and the rest
              detection      how low failure detection can go here: false alarms under full load
                --seconds N    of load at each setting, 1 to 120 (30)
              gates          calls through gates to a partner that counts them in sliding windows, on its own clock
                --calls N      in all (1000000)     --network X  loopback, tails, stalls, or all of them (all)
                --faults N     leave, kill -9, pause, partition, and again, spread over each network's calls (4)
                --limiter X    gate; bucket: a plain token bucket on one node, to see by how much it exceeds (gate)
                --pools N      (10)   --limit N  calls a second of each (100)   --parts N  gates that share a pool (1)
                --limits X     window: nothing else; mixed: besides, a window for all pools of an application, and for some
                               calls a bucket, five or one at a time, and a quota for two minutes (window)
                --seed N   --data DIR

              --victim X     oldest, or any: whom the seed names (any)
              --seed N       of the first run (drawn, and printed)
              --runs N       of each fault, with seeds that follow one another (1)
              --times X      on; off: a time to the first answer, or a share of the limit, that is not as promised fails
                             no run: for machines that do other things as well (on)
              --lease X      on; off: the nodes do not enforce their leases, to see what is lost then (on)
              --merchants N  each with writers and an observer at each node (12)
              --writers N    of each merchant at each node (2)
              --pace-ms N    between two updates of a writer (300)
              --look-ms N    between two questions of an observer (500)
              --fed N        records a second through Kafka (40)
              --pause-tolerated X  as TOURNANT_PAUSE_TOLERATED, such as 6s (the node's own)
              --data DIR     where the servers write; emptied before and after, but for the logs (deploy/faults/target/runs
                             in the checkout, wherever this is called from)""";

    private static final Set<String> KNOWN = Set.of(
            "--seconds",
            "--victim",
            "--seed",
            "--runs",
            "--times",
            "--lease",
            "--merchants",
            "--writers",
            "--pace-ms",
            "--look-ms",
            "--fed",
            "--pause-tolerated",
            "--data");
    private static final Set<String> ON_OR_OFF = Set.of("on", "off");
    private static final int SEEDS = 1_000_000;

    Arguments {
        faults = List.copyOf(faults);
    }

    /** @throws IllegalArgumentException saying what is wrong with the arguments */
    static Arguments parse(String[] args) {
        Map<String, String> given = given(args);
        int seconds = seconds(args[0], given);
        boolean oldest = word(given, "--victim", "any", Set.of("any", "oldest")).equals("oldest");
        Settings settings = new Settings(
                number(given, "--merchants", 12, 1, 200),
                number(given, "--writers", 2, 1, 10),
                Duration.ofMillis(number(given, "--pace-ms", 300, 0, 60_000)),
                Duration.ofMillis(number(given, "--look-ms", 500, 20, 60_000)),
                number(given, "--fed", 40, 0, 10_000),
                word(given, "--lease", "on", ON_OR_OFF).equals("on"),
                given.getOrDefault("--pause-tolerated", ""),
                word(given, "--times", "on", ON_OR_OFF).equals("on"),
                Workplace.at(given, "runs"));
        int drawn = (int) (System.nanoTime() % SEEDS);
        return new Arguments(
                args[0],
                faults(args[0], seconds, oldest),
                number(given, "--seed", drawn, 0, Integer.MAX_VALUE),
                number(given, "--runs", 1, 1, 100),
                seconds == 0 ? 30 : seconds,
                settings);
    }

    boolean isDetection() {
        return name.equals("detection");
    }

    private static List<Fault> faults(String name, int seconds, boolean oldest) {
        Fault cassandra = new Fault.PauseCassandra(Duration.ofSeconds(seconds == 0 ? 20 : seconds));
        return switch (name) {
            case "pause" -> List.of(new Fault.Pause(Duration.ofSeconds(seconds == 0 ? 15 : seconds), oldest));
            case "kill" -> List.of(new Fault.Kill(oldest));
            case "rolling" -> List.of(new Fault.Rolling());
            case "cassandra" -> List.of(cassandra);
            case "partition" -> List.of(new Fault.CutOff(Duration.ofSeconds(seconds == 0 ? 40 : seconds), oldest));
            case "all" ->
                List.of(
                        new Fault.Pause(Duration.ofSeconds(3), false),
                        new Fault.Pause(Duration.ofSeconds(15), false),
                        new Fault.Pause(Duration.ofSeconds(40), false),
                        new Fault.Pause(Duration.ofSeconds(40), true),
                        new Fault.Kill(false),
                        new Fault.Kill(true),
                        new Fault.Rolling(),
                        new Fault.PauseCassandra(Duration.ofSeconds(20)),
                        new Fault.CutOff(Duration.ofSeconds(40), false));
            case "detection" -> List.of();
            default -> throw new IllegalArgumentException("there is no fault \"" + name + "\"; see --help");
        };
    }

    /** 0 where none are given. */
    private static int seconds(String name, Map<String, String> given) {
        // Callers of a node that stands still have to be there when it goes on.
        int most = (int) Settings.STANDSTILL_MAX.toSeconds();
        return switch (name) {
            case "pause", "cassandra" -> number(given, "--seconds", 0, 1, most);
            case "partition", "detection" -> number(given, "--seconds", 0, 1, 120);
            default -> {
                if (given.containsKey("--seconds")) {
                    throw new IllegalArgumentException("--seconds means nothing to " + name + "; see --help");
                }
                yield 0;
            }
        };
    }

    private static Map<String, String> given(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < args.length; i += 2) {
            if (!KNOWN.contains(args[i])) {
                throw new IllegalArgumentException("there is no option " + args[i] + "; see --help");
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value; see --help");
            }
            given.put(args[i], args[i + 1]);
        }
        return given;
    }

    private static int number(Map<String, String> given, String option, int absent, int min, int max) {
        String text = given.get(option);
        if (text == null) {
            return absent;
        }
        try {
            int value = Integer.parseInt(text);
            if (value < min || value > max) {
                throw new IllegalArgumentException(option + " must be from " + min + " to " + max + ", not " + value);
            }
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a whole number, not \"" + text + "\"", e);
        }
    }

    private static String word(Map<String, String> given, String option, String absent, Set<String> words) {
        String word = given.getOrDefault(option, absent);
        if (!words.contains(word)) {
            throw new IllegalArgumentException(option + " must be one of " + words + ", not \"" + word + "\"");
        }
        return word;
    }
}
