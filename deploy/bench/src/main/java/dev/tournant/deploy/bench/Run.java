package dev.tournant.deploy.bench;

import dev.tournant.deploy.bench.mapping.Mapping;
import dev.tournant.deploy.bench.polls.Polls;
import dev.tournant.deploy.bench.polls.Schedule;
import dev.tournant.deploy.local.CannotStart;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code deploy/bench/run NAME}: one measurement, from starting the servers to the table. */
public final class Run {
    static final String HELP = """
            deploy/bench/run NAME [--option value …]

              hot-merchant   acked updates a second of one merchant: group commit against one command a write
                --clients N    that each wait for an answer before they send again (512)
                --rounds N     of each, taking turns (5)
                --seconds N    of one round (3)
                --lease X      off: besides, the same with nodes that do not enforce their lease, taking turns (on)
                --publish X    kafka: changes are published as in production; none: they are not (kafka)

              ingest         Kafka to journal, updates per CPU second, beside Kafka Streams exactly_once_v2
                --records N    that are measured in one round (600000)
                --warm-up N    that go before them in each round (800000)
                --rounds N     of each, taking turns (3)
                --merchants N  (1000)   --items N  of each merchant (50)
                --partitions N (6)
                --keys X       uniform or zipf: which merchants are spoken of (uniform)

              http           reads and single updates over HTTP at rising concurrency
                --merchants N  (512)
                --seconds N    of each cell of the table (4)
                --rounds N     of the whole table (3)

              recovery       waking merchants after a restart, and the bytes that one takes
                --merchants N  of each sort (1000), but --empty N of those with a profile only (10000)
                --rounds N     of each sort, taking turns, each in a fresh JVM (3)
                --sorts X      all, or menus: what a link takes (all)

              permits        the gates: permits a second, and the CPU of one
                --callers N    that each wait for a pass before they ask again (64)
                --rounds N     of one pool a call and of three (5)   --seconds N  of one round (3)

              mapping        a partner's page to records: the lenses beside the same mapping by hand (JMH)
                --forks N      fresh JVMs (2)   --iterations N  of 2 seconds in each (5)

              sync           an edit at the point of sale until the marketplace shows it; pushes, CPU, bytes of an edit
                --edits N      one after another (100)   --seconds N  after which nothing more begins (200)
                --pause-ms N   the longest pause between two, drawn from the seed (200)
                --bursts N     of 50 edits within a second (3)
                --items N      of the menu (120)   --seed N  (1)

              freshness      how old a change at Toast is when it is seen, half of the webhooks lost, a node killed
                --restaurants N  (20)   --seconds N  of changes (300)   --seed N  (1)
                --seconds-between N  two changes of one restaurant, the median over all (60)

              polls          the poll scheduler against partners with known truth, beside what others do
                --seeds N      worlds of each scenario (2)

              schedule       one poll scheduler with a million resources: a decision, a webhook, bytes (JMH)
                --forks N      fresh JVMs (1)   --iterations N  of 2 seconds in each (5)

              --data DIR     where the servers write; emptied before and after, but for the logs
                             (deploy/bench/target/NAME in the checkout, wherever this is called from)""";

    private Run() {}

    public static void main(String[] args) {
        Runtime.getRuntime().halt(run(args));
    }

    private static int run(String[] args) {
        if (args.length == 0 || List.of(args).contains("--help")) {
            System.out.println(HELP);
            return args.length == 0 ? 2 : 0;
        }
        try {
            boolean good = bench(args);
            return good ? 0 : 1;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (CannotStart | IllegalStateException | IOException e) {
            System.err.println("the bench broke off: " + e);
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static boolean bench(String[] args) throws IOException, InterruptedException {
        String name = args[0];
        switch (name) {
            case "hot-merchant" -> {
                Options options =
                        Options.parse(args, 1, known("--clients", "--rounds", "--seconds", "--lease", "--publish"));
                Machine.print(name, args);
                return HotMerchant.run(options);
            }
            case "ingest" -> {
                Options options = Options.parse(
                        args,
                        1,
                        known(
                                "--records",
                                "--warm-up",
                                "--rounds",
                                "--merchants",
                                "--items",
                                "--partitions",
                                "--keys"));
                Machine.print(name, args);
                return Ingest.run(options);
            }
            case "http" -> {
                Options options = Options.parse(args, 1, known("--merchants", "--seconds", "--rounds"));
                Machine.print(name, args);
                return HttpBench.run(options);
            }
            case "recovery" -> {
                Options options = Options.parse(args, 1, known("--merchants", "--empty", "--rounds", "--sorts"));
                Machine.print(name, args);
                return Recovery.run(options);
            }
            case "permits" -> {
                Options options = Options.parse(args, 1, known("--callers", "--rounds", "--seconds"));
                Machine.print(name, args);
                return Permits.run(options);
            }
            case "mapping" -> {
                Options options = Options.parse(args, 1, Set.of("--forks", "--iterations"));
                Machine.print(name, args);
                return Mapping.run(options.number("--forks", 2, 1, 10), options.number("--iterations", 5, 1, 50));
            }
            case "polls" -> {
                Options options = Options.parse(args, 1, Set.of("--seeds"));
                Machine.print(name, args);
                return Polls.run(options.number("--seeds", 2, 1, 100));
            }
            case "schedule" -> {
                Options options = Options.parse(args, 1, Set.of("--forks", "--iterations"));
                Machine.print(name, args);
                return Schedule.run(options.number("--forks", 1, 1, 10), options.number("--iterations", 5, 1, 50));
            }
            case "sync" -> {
                Options options = Options.parse(args, 1, SyncSettings.OPTIONS);
                Machine.print(name, args);
                return Sync.run(options);
            }
            case "freshness" -> {
                Options options = Options.parse(args, 1, FreshnessSettings.OPTIONS);
                Machine.print(name, args);
                return Freshness.run(options);
            }
            default -> throw new IllegalArgumentException("there is no bench \"" + name + "\"; see --help");
        }
    }

    private static Set<String> known(String... own) {
        Set<String> all = new LinkedHashSet<>(Arrays.asList(own));
        all.add("--data");
        return all;
    }
}
