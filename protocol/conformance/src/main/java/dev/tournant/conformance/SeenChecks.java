package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What somebody else did at the partner since it was read is neither set back nor removed unseen. */
final class SeenChecks {
    private SeenChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "made-in-shows-what-is-held",
                        "the resources in which what was made is looked for show what the partner holds",
                        Capability.WRITE_CATALOGUE,
                        SeenChecks::madeIn),
                new Check(
                        "patches-bear-what-changed",
                        "where only what changed is told, by PATCH, nothing else is in it",
                        Capability.WRITE_CATALOGUE,
                        SeenChecks::patches),
                new Check(
                        "removals-bear-the-version",
                        "where a header of a write bears the version that was seen, that of a removal does too",
                        Capability.WRITE_CATALOGUE,
                        SeenChecks::removals));
    }

    /** A creation whose answer is lost is looked for there; what is not seen there would be made twice. */
    private static void madeIn(Trial trial) {
        if (trial.writing().scope() == Writing.Scope.WHOLE) {
            throw new NothingToCheck("whole documents are told: none is made twice by telling it again");
        }
        List<String> resources = trial.adapter().resources();
        List<String> named = trial.writing().madeIn();
        List<String> looked = named.isEmpty() ? resources.subList(0, Math.min(1, resources.size())) : named;
        if (!resources.containsAll(looked)) {
            throw madeIn(named, "names what is none of the resources " + resources);
        }
        Set<Kind> taken = takenNew(trial);
        if (taken.isEmpty()) {
            throw new NothingToCheck("this partner takes no new records");
        }
        Set<RecordKey> found = new TreeSet<>();
        Map<RecordKey, String> elsewhere = new TreeMap<>();
        for (Sample page : trial.subject().samples().clean()) {
            String resource = page.resource();
            if (resource != null) {
                trial.count();
                Set<RecordKey> seen = trial.seen(page).keySet();
                if (looked.contains(resource)) {
                    found.addAll(seen);
                } else {
                    seen.forEach(key -> elsewhere.put(key, resource));
                }
            }
        }
        Set<Kind> kinds = new HashSet<>();
        found.forEach(key -> kinds.add(key.kind()));
        elsewhere.forEach((key, resource) -> {
            if (taken.contains(key.kind()) && !kinds.contains(key.kind())) {
                throw madeIn(
                        named,
                        "leaves out " + resource + ", which alone shows " + key + ": one like it whose answer was lost"
                                + " would be made twice");
            }
        });
    }

    /** Of which a new one is in a call, or waits for one. */
    private static Set<Kind> takenNew(Trial trial) {
        Known known = Known.of(trial);
        Set<RecordKey> fresh = new TreeSet<>(known.copies().keySet());
        Plan plan = trial.plan(known.difference(known.copies(), Set.of()));
        fresh.removeAll(plan.settled().keySet());
        Set<Kind> taken = new HashSet<>();
        fresh.forEach(key -> taken.add(key.kind()));
        return taken;
    }

    private static Broken madeIn(List<String> named, String why) {
        return new Broken(new Finding("Writing.madeIn(), which is " + named, "madeIn()", why, null));
    }

    /** What did not change may have been changed by somebody else, and would be set back. */
    private static void patches(Trial trial) {
        Known known = Known.of(trial);
        boolean any = false;
        for (Map.Entry<RecordKey, FieldMap> each : known.changes().entrySet()) {
            Remote remote = known.remotes().get(each.getKey());
            if (remote == null || remote.document() == null) {
                continue;
            }
            Plan plan = trial.plan(known.difference(Map.of(each.getKey(), each.getValue()), Set.of()));
            for (Call call : about(plan, each.getKey())) {
                JsonNode patch = WritingChecks.body(call).orElse(null);
                if (patch != null && WritingChecks.isPatch(trial, call)) {
                    any = true;
                    trial.count();
                    bearsWhatChanged(each.getKey(), remote, call, patch);
                }
            }
        }
        if (!any) {
            throw new NothingToCheck("nothing is told by PATCH");
        }
    }

    private static void bearsWhatChanged(RecordKey key, Remote remote, Call call, JsonNode patch) {
        JsonNode before = remote.document() == null ? patch : remote.document();
        for (Map.Entry<String, JsonNode> member : patch.properties()) {
            String text = member.getValue().asText();
            boolean names = text.equals(remote.id().value()) || text.equals(String.valueOf(remote.version()));
            if (!names && member.getValue().equals(before.path(member.getKey()))) {
                throw new Broken(new Finding(
                        "a plan for a change of " + key,
                        member.getKey(),
                        "did not change, and is told in " + call.request()
                                + " all the same: what somebody else made of it meanwhile would be set back",
                        call.request().json()));
            }
        }
    }

    /** What somebody else has changed since is not to be removed unseen. */
    private static void removals(Trial trial) {
        Known known = Known.of(trial);
        boolean any = false;
        for (Map.Entry<RecordKey, FieldMap> each : known.changes().entrySet()) {
            RecordKey key = each.getKey();
            Remote remote = known.remotes().get(key);
            if (remote == null || remote.document() == null || remote.version() == 0) {
                continue;
            }
            Map<RecordKey, Remote> newer = new TreeMap<>(known.remotes());
            newer.put(key, new Remote(remote.id(), remote.version() + 1, remote.document()));
            Map<RecordKey, FieldMap> wanted = Map.of(key, each.getValue());
            Optional<String> header = versionHeader(
                    headers(trial, known.difference(wanted, Set.of(), Known.NONCE), key),
                    headers(trial, known.difference(wanted, Set.of(), Known.NONCE, newer), key));
            List<Call> removal = about(trial.plan(known.difference(Map.of(), Set.of(key))), key);
            if (header.isEmpty() || removal.isEmpty()) {
                continue;
            }
            any = true;
            trial.count();
            Map<String, String> now = headers(trial, known.difference(Map.of(), Set.of(key), Known.NONCE), key);
            Map<String, String> then = headers(trial, known.difference(Map.of(), Set.of(key), Known.NONCE, newer), key);
            if (Objects.equals(now.get(header.get()), then.get(header.get()))) {
                throw new Broken(new Finding(
                        "a plan that removes " + key,
                        header.get(),
                        "bears the version that was seen when the record is written, but not in "
                                + removal.get(0).request()
                                + ": what somebody else changed since would be removed unseen",
                        null));
            }
        }
        if (!any) {
            throw new NothingToCheck("no version stands in a header of a write");
        }
    }

    private static List<Call> about(Plan plan, RecordKey key) {
        return WritingChecks.calls(plan).stream()
                .filter(call -> call.about().containsKey(key))
                .toList();
    }

    private static Map<String, String> headers(Trial trial, Difference difference, RecordKey key) {
        return about(trial.plan(difference), key).stream()
                .findFirst()
                .map(call -> call.request().headers())
                .orElse(Map.of());
    }

    /** The header that is another one when the version is. */
    private static Optional<String> versionHeader(Map<String, String> one, Map<String, String> other) {
        return one.keySet().stream()
                .filter(name -> !Objects.equals(one.get(name), other.get(name)))
                .findFirst();
    }
}
