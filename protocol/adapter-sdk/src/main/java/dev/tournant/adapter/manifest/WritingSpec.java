package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about writing: one call for each object.
 *
 * @param records by the name of the record
 * @param idempotencyHeader bears a key that makes a repeated call harmless; null where there is none
 * @param versionHeader bears the object's version on an update and a removal, in quotes; null where there is none
 * @param conflicts statuses that say that the object is not what we had seen
 * @param lock calls of one account that are made one after another; empty for none
 */
record WritingSpec(
        Map<String, Calls> records,
        @Nullable String idempotencyHeader,
        @Nullable String versionHeader,
        Set<Integer> conflicts,
        String lock) {
    /**
     * The calls for one record; null where there is none.
     *
     * @param answer where an answer holds the object; null where it is the object
     */
    record Calls(
            Resources.@Nullable Template create,
            Resources.@Nullable Template update,
            Resources.@Nullable Template remove,
            @Nullable FieldPath answer) {}

    /** The record that a request of ours tells: the one with such a template. */
    Optional<String> recordOf(Request request) {
        return records.entrySet().stream()
                .filter(each -> fits(each.getValue().create(), request)
                        || fits(each.getValue().update(), request)
                        || fits(each.getValue().remove(), request))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean fits(Resources.@Nullable Template template, Request request) {
        return template != null && template.method().equals(request.method()) && template.fits(request.path());
    }

    static WritingSpec read(Yaml part, Set<String> known, Faults faults) {
        part.only("records", "idempotency-header", "version-header", "conflicts", "lock");
        Map<String, Calls> records = new LinkedHashMap<>();
        part.need("records").members().forEach((name, each) -> {
            Calls calls = faults.attempt(each, () -> calls(name, each, known));
            if (calls != null) {
                records.put(name, calls);
            }
        });
        Set<Integer> conflicts = part.get("conflicts")
                .<Set<Integer>>map(statuses -> new HashSet<>(statuses.oneOrMore().stream()
                        .map(status -> status.whole(400, 599))
                        .toList()))
                .orElse(Set.of(404, 409, 412));
        return new WritingSpec(
                records,
                header(part, "idempotency-header"),
                header(part, "version-header"),
                conflicts,
                part.text("lock", ""));
    }

    private static @Nullable String header(Yaml part, String name) {
        Optional<Yaml> found = part.get(name);
        return found.map(header -> Settings.headerName(name, header.text())).orElse(null);
    }

    private static Calls calls(String name, Yaml part, Set<String> known) {
        part.only("create", "update", "remove", "answer");
        if (!known.contains(name)) {
            throw part.wrong("there is no record \"" + name + "\"; known are " + String.join(", ", known));
        }
        if (part.members().keySet().stream().noneMatch(List.of("create", "update", "remove")::contains)) {
            throw part.wrong("must have create, update or remove");
        }
        return new Calls(
                template(part, "create", Set.of("account", "location")),
                template(part, "update", Set.of("account", "location", "id")),
                template(part, "remove", Set.of("account", "location", "id")),
                part.get("answer").map(path -> FieldPath.of(path.text())).orElse(null));
    }

    private static Resources.@Nullable Template template(Yaml part, String name, Set<String> placeholders) {
        return part.get(name)
                .map(each -> Resources.template(each, placeholders))
                .orElse(null);
    }
}
