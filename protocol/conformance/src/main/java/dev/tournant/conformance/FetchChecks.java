package dev.tournant.conformance;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import java.util.List;
import java.util.Objects;

/** A resource is read to its end, and the next fetch goes on from there. */
final class FetchChecks {
    private FetchChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "fetch-reads-all-pages",
                        "a fetch asks for every page, and ends after the last",
                        null,
                        FetchChecks::allPages),
                new Check(
                        "fetch-is-repeatable",
                        "requests that only read may be sent twice",
                        null,
                        FetchChecks::repeatable),
                new Check(
                        "fetch-goes-on-from-until",
                        "the next fetch asks for what is newer than the last one",
                        Capability.INCREMENTAL,
                        FetchChecks::goesOn),
                new Check(
                        "probe-is-another-request",
                        "once something was read, the first request of a fetch is the cheap one",
                        Capability.PROBE,
                        FetchChecks::goesOn));
    }

    private static void allPages(Trial trial) {
        for (String resource : trial.adapter().resources()) {
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                trial.count();
                Journey journey = Journey.of(trial, new Fetch(trial.link(), resource, null), pages);
                for (Journey.Step step : journey.steps()) {
                    follow(step);
                }
                Sample last = journey.steps().get(journey.steps().size() - 1).page();
                ended(pages, last, journey);
            }
        }
    }

    private static void follow(Journey.Step step) {
        if (step.turn() instanceof Turn.Broken broken) {
            throw Trial.broken(step.page(), "$", "is a page, but ends the fetch: " + broken.outcome());
        }
        Request next = step.turn() instanceof Turn.Page page
                ? page.next()
                : step.turn() instanceof Turn.Ask ask ? ask.next() : null;
        if (next != null && next.equals(step.asked())) {
            throw Trial.broken(
                    step.page(),
                    "the next request",
                    "is the one that was just answered, so the fetch never ends: the cursor of this page is ignored ("
                            + next + " " + next.json() + ")");
        }
    }

    private static void ended(List<Sample> pages, Sample last, Journey journey) {
        int nth = pages.indexOf(last);
        if (nth < pages.size() - 1) {
            throw Trial.broken(
                    last,
                    "the next request",
                    "is none: the fetch ends here, though " + pages.get(nth + 1)
                            + " follows. The cursor of this page is not read, or a page of fixed size is not full");
        }
        boolean paged = last.isPage();
        if (paged && journey.next() != null) {
            throw Trial.broken(
                    last,
                    "the next request",
                    "is " + journey.next() + ", though this is the last page: what tells the end is not read");
        }
    }

    private static void repeatable(Trial trial) {
        for (String resource : trial.adapter().resources()) {
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                for (Journey.Step step : Journey.of(trial, new Fetch(trial.link(), resource, null), pages)
                        .steps()) {
                    trial.count();
                    if (!step.asked().repeatable()) {
                        throw Trial.broken(
                                step.page(), "the request for it", step.asked() + " reads, so it must be repeatable");
                    }
                }
            }
        }
    }

    private static void goesOn(Trial trial) {
        boolean any = false;
        for (String resource : trial.adapter().resources()) {
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                Journey journey = Journey.of(trial, new Fetch(trial.link(), resource, null), pages);
                String until = journey.until();
                if (until != null) {
                    trial.count();
                    any = true;
                    goesOn(trial, resource, pages, until);
                }
            }
        }
        if (!any) {
            throw new Broken(new Finding(
                    "all samples",
                    "until",
                    "no page says from where the next fetch has to go on, though the adapter declares that one can",
                    null));
        }
    }

    private static void goesOn(Trial trial, String resource, List<Sample> pages, String until) {
        Sample last = pages.get(pages.size() - 1);
        Request first = trial.open(new Fetch(trial.link(), resource, null));
        Request next = trial.open(new Fetch(trial.link(), resource, until));
        if (first.equals(next)) {
            throw Trial.broken(
                    last,
                    "until",
                    "says to go on from " + until + ", but the next fetch begins with the same request as the first: "
                            + next + " " + next.json());
        }
        if (trial.can(Capability.PROBE)) {
            // A probe is answered by something smaller than a page.
            return;
        }
        Journey again = Journey.of(trial, new Fetch(trial.link(), resource, until), pages);
        if (!Objects.equals(again.until(), until)) {
            throw Trial.broken(
                    last,
                    "until",
                    "is " + again.until() + " when the same pages come again to a fetch from " + until
                            + ": a fetch that brings nothing newer must not move it");
        }
    }
}
