package dev.tournant.deploy.bench.polls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures beside what they must reach. */
final class Verdicts {
    private final List<String> lines = new ArrayList<>();
    private boolean good = true;

    void atLeast(String what, double figure, double bar) {
        add(what, figure, "at least", bar, figure >= bar);
    }

    void atMost(String what, double figure, double bar) {
        add(what, figure, "at most", bar, figure <= bar);
    }

    private void add(String what, double figure, String side, double bar, boolean reached) {
        good &= reached;
        String line = String.format(
                Locale.ROOT, "  %-52s %8.3f   %-8s %6.3f   %s", what, figure, side, bar, reached ? "ok" : "MISSED");
        lines.add(line);
        System.out.println("→" + line.substring(1));
    }

    /** All of them; whether all bars are reached. */
    boolean print() {
        System.out.println();
        lines.forEach(System.out::println);
        System.out.println(good ? "all bars are reached" : "NOT all bars are reached");
        return good;
    }
}
