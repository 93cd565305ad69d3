package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages as a partner should not send them: of any size, in circles, with cursors that are no cursors. */
final class HostilePageChecks {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ROUNDS = 5;
    private static final List<String> CURSORS = List.of(
            "//evil.example/v1",
            "https://evil.example/v1",
            "../../admin",
            "a b&c=d#e",
            "x\r\nX-Evil: 1",
            "é😀%2e%2e/",
            "\\\\evil");

    private HostilePageChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "pages-of-any-size",
                        "a page without records is not the end, and one with more than asked is read",
                        null,
                        HostilePageChecks::sizes),
                new Check(
                        "pages-in-a-circle",
                        "a page that leads to itself ends the fetch instead of being asked for ever",
                        null,
                        HostilePageChecks::circle),
                new Check(
                        "cursors-stay-cursors",
                        "a cursor cannot lead a request away from the partner",
                        null,
                        HostilePageChecks::cursors));
    }

    /** A page that is followed by another. */
    private record Middle(Fetch fetch, Request asked, Sample page, Request next) {}

    private static List<Middle> middles(Trial trial) {
        List<Middle> middles = new ArrayList<>();
        for (String resource : trial.adapter().resources()) {
            Fetch fetch = new Fetch(trial.link(), resource, null);
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                for (Journey.Step step : Journey.of(trial, fetch, pages).steps()) {
                    Request next = step.turn() instanceof Turn.Page page ? page.next() : null;
                    if (next != null) {
                        middles.add(new Middle(fetch, step.asked(), step.page(), next));
                    }
                }
            }
        }
        if (middles.isEmpty()) {
            throw new NothingToCheck("no sample is followed by another page");
        }
        return middles;
    }

    private static void sizes(Trial trial) {
        for (Middle middle : middles(trial)) {
            RecordLists lists = RecordLists.of(trial, middle.page);
            if (lists.lists().isEmpty() || cursors(trial, middle).isEmpty()) {
                continue;
            }
            trial.count();
            Sample empty = middle.page.changed("with no record", lists.empty());
            same(trial, middle, empty);
            same(trial, middle, middle.page.changed("with each record three times", lists.times(3)));
        }
    }

    private static void same(Trial trial, Middle middle, Sample changed) {
        Turn turn = trial.turn(middle.fetch, middle.asked, changed);
        Request next = turn instanceof Turn.Page page ? page.next() : null;
        if (!middle.next.equals(next)) {
            throw Trial.broken(
                    changed,
                    "the next request",
                    "is " + next + ", not " + middle.next + ": the cursor counts, not the number of records");
        }
    }

    private static void circle(Trial trial) {
        for (Middle middle : middles(trial)) {
            trial.count();
            Request asked = middle.next;
            for (int round = 0; round < ROUNDS && asked != null; round++) {
                Turn turn = trial.turn(middle.fetch, asked, middle.page);
                Request next = turn instanceof Turn.Page page ? page.next() : null;
                if (asked.equals(next)) {
                    throw Trial.broken(
                            middle.page.changed("in answer to the request that its cursor led to", middle.page.body()),
                            "the next request",
                            "is the one that was just answered, for ever: the same cursor again has to end the fetch"
                                    + " with Turn.Broken");
                }
                asked = next;
            }
        }
    }

    private static void cursors(Trial trial) {
        for (Middle middle : middles(trial)) {
            JsonNode document = middle.page.tree().orElseGet(JSON::objectNode);
            for (Place place : cursors(trial, middle)) {
                for (String cursor : CURSORS) {
                    trial.count();
                    Sample changed = middle.page.changed(
                            "with the cursor " + cursor, place.set(document, JSON.textNode(cursor)));
                    Turn turn = trial.turn(middle.fetch, middle.asked, changed);
                    Request next = turn instanceof Turn.Page page ? page.next() : null;
                    if (next != null) {
                        Requests.checkShape(changed.name() + " at " + place, next);
                    }
                }
            }
        }
    }

    /** The values of a page, outside its records, on which the next request depends. */
    private static List<Place> cursors(Trial trial, Middle middle) {
        JsonNode document = middle.page.tree().orElseGet(JSON::objectNode);
        RecordLists lists = RecordLists.of(trial, middle.page);
        List<Place> found = new ArrayList<>();
        Map<Place, JsonNode> others = new HashMap<>();
        for (Place place : Place.leaves(document)) {
            if (lists.element(place).isEmpty()) {
                JsonNode value = place.of(document);
                others.put(place, value.isTextual() ? JSON.textNode(value.asText() + "x") : JSON.numberNode(424_242));
            }
        }
        others.forEach((place, value) -> {
            Sample changed = middle.page.changed("with another value at " + place, place.set(document, value));
            Turn turn = trial.turn(middle.fetch, middle.asked, changed);
            @Nullable Request next = turn instanceof Turn.Page page ? page.next() : null;
            if (next != null && !next.equals(middle.next)) {
                found.add(place);
            }
        });
        return found;
    }
}
