package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What somebody else did at the partner since it was read is neither set back nor removed unseen. */
final class SeenChecks {
    private SeenChecks() {}

    static List<Check> all() {
        return List.of(
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

    /** What did not change may have been changed by somebody else, and would be set back. */
    private static void patches(Trial trial) {
        Known known = Known.of(trial);
        boolean any = false;
        for (Map.Entry<RecordKey, FieldMap> each : known.renamings().entrySet()) {
            Remote remote = known.remotes().get(each.getKey());
            JsonNode before = remote == null ? null : remote.document();
            Map<RecordKey, FieldMap> wanted = Map.of(each.getKey(), each.getValue());
            for (Call call : about(trial.plan(known.difference(wanted, Set.of())), each.getKey())) {
                if (before != null
                        && WritingChecks.isPatch(trial, call)
                        && WritingChecks.body(call).isPresent()) {
                    any = true;
                    trial.count();
                    for (Map.Entry<String, JsonNode> member :
                            WritingChecks.body(call).get().properties()) {
                        String text = member.getValue().asText();
                        boolean names = text.equals(remote.id().value()) || text.equals("" + remote.version());
                        if (!names && member.getValue().equals(before.path(member.getKey()))) {
                            throw new Broken(new Finding(
                                    "a plan for a new name of " + each.getKey(),
                                    member.getKey(),
                                    "did not change, and is told in " + call.request()
                                            + " all the same: what somebody else made of it meanwhile would be set back",
                                    call.request().json()));
                        }
                    }
                }
            }
        }
        if (!any) {
            throw new NothingToCheck("nothing is told by PATCH");
        }
    }

    /** What somebody else has changed since is not to be removed unseen. */
    private static void removals(Trial trial) {
        Known known = Known.of(trial);
        boolean any = false;
        for (Map.Entry<RecordKey, FieldMap> each : known.renamings().entrySet()) {
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
