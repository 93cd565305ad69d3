package dev.tournant.conformance;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Writing;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deliveries as they really arrive: twice, late, in any order, or not at all. */
final class DeliveryChecks {
    private static final Duration APART = Duration.ofMinutes(1);

    private DeliveryChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "events-bear-their-id",
                        "a webhook is known again when it comes twice, and two webhooks are told apart",
                        Capability.WEBHOOKS,
                        DeliveryChecks::ids),
                new Check(
                        "webhooks-twice-and-in-any-order",
                        "webhooks that come twice, late or in any order lead to the same end",
                        Capability.WEBHOOKS,
                        DeliveryChecks::anyOrder),
                new Check(
                        "lost-webhooks-made-up-for",
                        "a fetch brings what a lost webhook would have told: what a webhook says has to be fetched, too",
                        Capability.WEBHOOKS,
                        DeliveryChecks::fetchable),
                new Check(
                        "pages-twice",
                        "pages that are fetched twice change nothing the second time",
                        null,
                        DeliveryChecks::pagesTwice));
    }

    private static void ids(Trial trial) {
        Map<String, Sample> byId = new HashMap<>();
        for (Sample sample : trial.subject().samples().of(null)) {
            trial.count();
            List<PartnerEvent> events = trial.read(sample).events();
            List<PartnerEvent> again = later(trial, sample, 1).events();
            for (int i = 0; i < events.size(); i++) {
                String id = events.get(i).id();
                if (id.isEmpty()) {
                    throw Trial.broken(
                            sample,
                            "the event's id",
                            "is empty: nobody can tell when this webhook comes twice. Where the partner sends none,"
                                    + " make one of what the event says");
                }
                if (i < again.size() && !again.get(i).id().equals(id)) {
                    throw Trial.broken(
                            sample, "the event's id", "is " + again.get(i).id() + " when it comes again, not " + id);
                }
                Sample other = byId.putIfAbsent(id, sample);
                if (other != null && !other.name().equals(sample.name())) {
                    throw Trial.broken(
                            sample,
                            "the event's id",
                            "is " + id + ", as that of " + other + ": one of them would be taken for the other come"
                                    + " twice");
                }
            }
        }
    }

    private static Reading later(Trial trial, Sample sample, int times) {
        return trial.read(sample, trial.subject().at().plus(APART.multipliedBy(times)));
    }

    private static void anyOrder(Trial trial) {
        List<Sample> webhooks = trial.subject().samples().of(null);
        Map<RecordKey, Map<String, String>> once = arrive(trial, webhooks);
        int tries = Math.min(20, trial.effort().casesMax());
        for (int nth = 0; nth < tries && !webhooks.isEmpty(); nth++) {
            trial.count();
            List<Sample> order = new ArrayList<>(webhooks);
            for (Sample each : webhooks) {
                if (trial.random().nextBoolean()) {
                    order.add(each);
                }
            }
            Collections.shuffle(order, trial.random());
            Map<RecordKey, Map<String, String>> now = arrive(trial, order);
            if (!now.equals(once)) {
                throw differs(order.toString(), once, now);
            }
        }
    }

    /** Each delivery arrives a minute after the one before. */
    private static Map<RecordKey, Map<String, String>> arrive(Trial trial, List<Sample> order) {
        List<PartnerEvent> events = new ArrayList<>();
        for (Sample each : order) {
            events.addAll(later(trial, each, events.size() + 1).events());
        }
        return state(trial, events);
    }

    private static Map<RecordKey, Map<String, String>> state(Trial trial, List<PartnerEvent> events) {
        Set<RecordKey> all = new HashSet<>();
        events.forEach(event -> event.deltas().forEach(delta -> all.add(delta.key())));
        Ledger ledger = new Ledger(trial.link().id(), all);
        events.forEach(ledger::take);
        return ledger.state();
    }

    private static void pagesTwice(Trial trial) {
        for (String resource : trial.adapter().resources()) {
            for (List<Sample> pages : Journey.fetches(trial, resource)) {
                trial.count();
                List<PartnerEvent> events = new ArrayList<>();
                pages.forEach(page -> events.addAll(trial.read(page).events()));
                Map<RecordKey, Map<String, String>> once = state(trial, events);
                pages.forEach(page -> events.addAll(later(trial, page, 1).events()));
                Map<RecordKey, Map<String, String>> twice = state(trial, events);
                if (!once.equals(twice)) {
                    throw differs(pages.toString(), once, twice);
                }
            }
        }
    }

    private static Broken differs(
            String document, Map<RecordKey, Map<String, String>> once, Map<RecordKey, Map<String, String>> now) {
        Set<RecordKey> keys = new java.util.TreeSet<>(once.keySet());
        keys.addAll(now.keySet());
        RecordKey first = keys.stream()
                .filter(key -> !java.util.Objects.equals(once.get(key), now.get(key)))
                .findFirst()
                .orElseThrow();
        return new Broken(new Finding(
                document,
                first.toString(),
                "ends as " + now.get(first) + ", but as " + once.get(first)
                        + " when all comes once and in order: statements need a time or a version of their own, and"
                        + " events an id",
                null));
    }

    /** A webhook may be lost, so each resource that one asks for, or kind that one speaks of, can be fetched. */
    private static void fetchable(Trial trial) {
        Set<Object> fetched = new HashSet<>();
        for (String resource : trial.adapter().resources()) {
            trial.subject()
                    .samples()
                    .of(resource)
                    .forEach(sample -> trial.records(sample).forEach((key, delta) -> fetched.add(key.kind())));
        }
        for (Sample sample : trial.subject().samples().of(null)) {
            trial.count();
            Reading reading = trial.read(sample);
            String ask = trial.adapter()
                    .writing()
                    .flatMap(Writing::jobs)
                    .map(Writing.Jobs::resource)
                    .orElse("");
            if (!reading.jobs().isEmpty() && !trial.adapter().resources().contains(ask)) {
                throw Trial.broken(
                        sample,
                        "the end of a job",
                        "is told by webhook, but writing().jobs() names no resource that would tell it: it is \"" + ask
                                + "\", and there is " + trial.adapter().resources());
            }
            for (PartnerEvent event : reading.events()) {
                for (String signal : event.signals()) {
                    if (!trial.adapter().resources().contains(signal)) {
                        throw Trial.broken(
                                sample,
                                "signals",
                                "asks to fetch " + signal + ", which is none of "
                                        + trial.adapter().resources());
                    }
                }
                event.deltas().stream()
                        .filter(delta -> !fetched.contains(delta.key().kind()))
                        .findFirst()
                        .ifPresent(delta -> {
                            throw Trial.broken(
                                    sample,
                                    delta.key().toString(),
                                    "is told by webhook, but no fetch brings records of its kind: lost once, it is lost"
                                            + " for ever");
                        });
            }
        }
    }
}
