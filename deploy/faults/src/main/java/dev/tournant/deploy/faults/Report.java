package dev.tournant.deploy.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Outcomes as people read them. */
final class Report {
    private static final int SHOWN_MAX = 5;
    private static final String ROW = "%-24s %6s %7s %6s %6s %6s %6s %6s %7s %9s %7s %9s  %s%n";

    private Report() {}

    /** The first few of everything that is wrong. */
    static void details(Outcome outcome) {
        Verdict verdict = outcome.verdict();
        show("lost", verdict.lost());
        show("applied twice", verdict.twice());
        show("gaps", verdict.gaps());
        show("stale", verdict.stale());
        show("not published as it is", verdict.unpublished());
        if (!outcome.healed()) {
            System.out.println(
                    "  not healed in time: the nodes are not one cluster again, or a merchant takes no updates at a node");
        }
        if (outcome.answersWithin() != null && !outcome.isInTime()) {
            System.out.println("  too late: a merchant gave no answer for " + seconds(outcome.worst()) + " s, and "
                    + seconds(outcome.answersWithin())
                    + " s are promised; if this machine does other things as well, see --times in --help");
        }
        if (outcome.acked() < Outcome.ACKED_MIN) {
            System.out.println("  only " + outcome.acked() + " updates were acknowledged; at least " + Outcome.ACKED_MIN
                    + " are needed to show anything");
        }
    }

    private static void show(String what, List<String> all) {
        if (!all.isEmpty()) {
            System.out.println("  " + what + ": " + all.size());
            all.stream().limit(SHOWN_MAX).forEach(each -> System.out.println("    " + each));
            if (all.size() > SHOWN_MAX) {
                System.out.println("    and " + (all.size() - SHOWN_MAX) + " more");
            }
        }
    }

    static String table(List<Outcome> outcomes) {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                ROW,
                "fault",
                "seed",
                "acked",
                "fed",
                "lost",
                "twice",
                "gaps",
                "stale",
                "unpubl.",
                "discards",
                "median",
                "worst s",
                "exits"));
        for (Outcome outcome : outcomes) {
            Verdict verdict = outcome.verdict();
            table.append(String.format(
                    Locale.ROOT,
                    ROW,
                    outcome.fault(),
                    outcome.seed(),
                    outcome.acked(),
                    outcome.fed(),
                    verdict.lost().size(),
                    verdict.twice().size(),
                    verdict.gaps().size(),
                    verdict.stale().size(),
                    verdict.unpublished().size(),
                    outcome.discards(),
                    seconds(outcome.median()),
                    seconds(outcome.worst()),
                    words(outcome)));
        }
        return table.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }

    private static String words(Outcome outcome) {
        List<String> words = new ArrayList<>();
        if (!outcome.exits().isEmpty()) {
            words.add(outcome.exits().stream().map(Supervisor.Exit::toString).collect(Collectors.joining(" ")));
        }
        if (!outcome.healed()) {
            words.add("NOT HEALED");
        }
        if (!outcome.isInTime()) {
            words.add("TOO LATE");
        }
        words.add(outcome.isGood() ? "good" : "BAD");
        return String.join(", ", words);
    }
}
