package dev.tournant.conformance;

import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An adapter remembers nothing: what it says depends on what it is given alone. */
final class PurityChecks {
    private PurityChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "same-bytes-read-the-same", "a document reads the same at any time", null, PurityChecks::reads),
                new Check(
                        "fetches-do-not-mix",
                        "two fetches at once give what each gives alone",
                        null,
                        PurityChecks::fetches));
    }

    private static void reads(Trial trial) {
        List<Sample> samples = new ArrayList<>(trial.subject().samples().all());
        List<Reading> first = samples.stream().map(trial::read).toList();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            order.add(i);
            order.add(i);
        }
        Collections.shuffle(order, trial.random());
        for (int nth : order) {
            trial.count();
            Reading again = trial.read(samples.get(nth));
            if (!again.equals(first.get(nth))) {
                throw Trial.broken(
                        samples.get(nth),
                        "$",
                        "is read otherwise after other documents were read, so the adapter remembers something. First: "
                                + first.get(nth) + " Now: " + again);
            }
        }
    }

    private static void fetches(Trial trial) {
        List<Fetch> tasks = new ArrayList<>();
        List<List<Sample>> pages = new ArrayList<>();
        for (Link link : List.of(trial.link(), other(trial.link()))) {
            for (String resource : trial.adapter().resources()) {
                for (List<Sample> each : Journey.fetches(trial, resource)) {
                    tasks.add(new Fetch(link, resource, null));
                    pages.add(each);
                }
            }
        }
        List<List<Journey.Step>> alone = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            alone.add(Journey.of(trial, tasks.get(i), pages.get(i)).steps());
        }
        mix(trial, tasks, alone);
    }

    /** Asks for one step of each fetch after the other, all of them at once. */
    private static void mix(Trial trial, List<Fetch> tasks, List<List<Journey.Step>> alone) {
        for (Fetch task : tasks) {
            trial.open(task);
        }
        int longest = alone.stream().mapToInt(List::size).max().orElse(0);
        for (int nth = 0; nth < longest; nth++) {
            for (int i = 0; i < tasks.size(); i++) {
                if (nth < alone.get(i).size()) {
                    trial.count();
                    Journey.Step step = alone.get(i).get(nth);
                    Object again = trial.turn(tasks.get(i), step.asked(), step.page());
                    if (!again.equals(step.turn())) {
                        throw Trial.broken(
                                step.page(),
                                "the next request",
                                "is another one when other fetches go on at the same time, so the adapter remembers"
                                        + " something. Alone: " + step.turn() + " Among others: " + again);
                    }
                }
            }
        }
    }

    private static Link other(Link link) {
        return new Link(
                link.id(),
                link.partner(),
                "another-account",
                link.location() == null ? null : "another-location",
                link.credentials());
    }
}
