package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is gone because it is not mentioned: only whoever mentions all there is may say so. */
final class AbsenceChecks {
    private AbsenceChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "absence-over-all-pages",
                        "one page of several does not say that what it does not mention is gone, and all pages together do",
                        null,
                        AbsenceChecks::overPages),
                new Check(
                        "absence-of-what-was-read",
                        "a document of which something cannot be read does not say that it is gone",
                        null,
                        AbsenceChecks::unread));
    }

    private static void overPages(Trial trial) {
        boolean any = false;
        for (String resource : trial.adapter().resources()) {
            List<Sample> pages = trial.subject().samples().pages(resource);
            Map<Kind, Whole.Span> all = new TreeMap<>();
            pages.forEach(page -> all.putAll(wholes(trial.read(page))));
            for (Sample page : pages) {
                for (Map.Entry<Kind, Whole.Span> each : all.entrySet()) {
                    any = true;
                    trial.count();
                    overPages(page, pages, each.getKey(), wholes(trial.read(page)));
                }
            }
            any |= !all.isEmpty() && sincePages(trial, resource, pages);
        }
        if (!any) {
            throw new NothingToCheck("nothing is gone by not being mentioned");
        }
    }

    private static void overPages(Sample page, List<Sample> pages, Kind kind, Map<Kind, Whole.Span> here) {
        Whole.Span span = here.get(kind);
        if (span == Whole.Span.EVENT && pages.size() > 1) {
            throw Trial.broken(
                    page,
                    "wholes of " + kind.json(),
                    "says that it mentions all there are, but is one of " + pages.size()
                            + " pages: what stands on the others would be deleted. Say Whole.Span.FETCH");
        }
        if (span == null) {
            throw Trial.broken(
                    page,
                    "wholes of " + kind.json(),
                    "does not say that its fetch mentions all there are, though other pages do: nothing would ever be gone");
        }
    }

    /** A page of a fetch that goes on from somewhere looks like any other: by itself it mentions what is newer. */
    private static boolean sincePages(Trial trial, String resource, List<Sample> pages) {
        if (pages.isEmpty()
                || Journey.of(trial, new Fetch(trial.link(), resource, null), pages)
                                .until()
                        == null) {
            return false;
        }
        boolean probes = trial.can(dev.tournant.adapter.Capability.PROBE);
        for (Sample page : pages) {
            wholes(trial.read(page)).forEach((kind, span) -> {
                trial.count();
                if (span == Whole.Span.EVENT && !probes) {
                    throw Trial.broken(
                            page,
                            "wholes of " + kind.json(),
                            "says that it mentions all there are, but a later fetch of " + resource
                                    + " holds only what is newer: all else would be deleted. Say Whole.Span.FETCH");
                }
            });
        }
        return true;
    }

    private static void unread(Trial trial) {
        boolean any = false;
        for (Sample sample : trial.subject().samples().clean()) {
            if (wholes(trial.read(sample)).isEmpty()) {
                continue;
            }
            any = true;
            JsonNode document = sample.tree().orElseGet(JsonNodeFactory.instance::objectNode);
            Set<RecordKey> before = trial.records(sample).keySet();
            for (Place place : RecordLists.of(trial, sample).elements()) {
                if (trial.more()) {
                    trial.count();
                    JsonNode odd = place.set(document, JsonNodeFactory.instance.textNode("x kit"));
                    unread(trial, sample.changed("with \"x kit\" at " + place, odd), place, before);
                }
            }
        }
        if (!any) {
            throw new NothingToCheck("nothing is gone by not being mentioned");
        }
    }

    private static void unread(Trial trial, Sample changed, Place place, Set<RecordKey> before) {
        Reading reading = trial.read(changed);
        Set<RecordKey> lost = new TreeSet<>(before);
        lost.removeAll(Trial.records(reading).keySet());
        Set<Kind> wholes = wholes(reading).keySet();
        lost.stream().filter(key -> wholes.contains(key.kind())).findFirst().ifPresent(key -> {
            throw Trial.broken(
                    changed,
                    place,
                    "makes " + key
                            + " unreadable, and says all the same that what is not mentioned is gone: it would be"
                            + " deleted");
        });
    }

    /** Kinds of which what is not mentioned is no more, and by what it would have to be mentioned. */
    private static Map<Kind, Whole.Span> wholes(Reading reading) {
        Map<Kind, Whole.Span> wholes = new TreeMap<>();
        reading.events()
                .forEach(event -> event.wholes().stream()
                        .filter(whole -> whole.otherwise().isEmpty())
                        .forEach(whole -> wholes.put(whole.kind(), whole.span())));
        return wholes;
    }
}
