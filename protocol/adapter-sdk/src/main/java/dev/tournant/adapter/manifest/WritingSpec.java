package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Settings;
import dev.tournant.model.FieldMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about writing: one call for each object, or for several of a sort.
 *
 * @param records by the name of the record
 * @param idempotencyHeader bears a key that makes a repeated call harmless; null where there is none
 * @param versionHeader bears the object's version on an update and a removal, in quotes; null where there is none
 * @param conflicts statuses that say that the object is not what we had seen
 * @param lock calls of one account that are made one after another; empty for none
 * @param off what an item shows there that was told that it is off sale; empty where that is what it was told
 */
record WritingSpec(
        Map<String, Calls> records,
        @Nullable String idempotencyHeader,
        @Nullable String versionHeader,
        Set<Integer> conflicts,
        String lock,
        FieldMap off) {
    private static final List<String> CALLS = List.of("create", "update", "patch", "remove", "batch");

    /**
     * The calls for one record; null where there is none.
     *
     * @param patch in place of {@code update}: bears what changed and nothing else
     * @param batch in place of {@code create}, {@code update} and {@code patch}
     * @param answer where an answer holds the object; null where it is the object
     */
    record Calls(
            Resources.@Nullable Template create,
            Resources.@Nullable Template update,
            Resources.@Nullable Template patch,
            Resources.@Nullable Template remove,
            @Nullable Batch batch,
            @Nullable FieldPath answer) {
        private boolean make(Request request) {
            return fits(create, request)
                    || fits(update, request)
                    || fits(patch, request)
                    || fits(remove, request)
                    || (batch != null && batch.isCalledBy(request));
        }
    }

    /**
     * One call for several objects, new ones and others.
     *
     * @param objects where in the request they stand, names with dots between them
     * @param most how many a call may have; 2 to {@value #OBJECTS_MAX}
     * @param answers where in the answer there is an element for each, in the same order
     * @param answer where an element has the object; null where it is the object
     * @param status where an element has a status such as those of HTTP; null where one that has a code is refused
     */
    record Batch(
            Resources.Template call,
            String objects,
            int most,
            FieldPath answers,
            @Nullable FieldPath answer,
            @Nullable FieldPath status) {
        static final int OBJECTS_MAX = 1_000;

        boolean isCalledBy(Request request) {
            return request.json() != null && fits(call, request);
        }
    }

    /** Whether new records of this sort can be made. */
    boolean makes(String record) {
        Calls calls = records.get(record);
        return calls != null && (calls.create() != null || calls.batch() != null);
    }

    /** The record that a request of ours tells: the one with such a template. */
    Optional<String> recordOf(Request request) {
        return records.entrySet().stream()
                .filter(each -> each.getValue().make(request))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean fits(Resources.@Nullable Template template, Request request) {
        return template != null && template.method().equals(request.method()) && template.fits(request.path());
    }

    static WritingSpec read(Yaml part, Set<String> known, Shapes shapes, Faults faults) {
        part.only("records", "idempotency-header", "version-header", "conflicts", "lock", "off");
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
                part.text("lock", ""),
                part.get("off").map(off -> OffSale.read(off, shapes)).orElse(FieldMap.EMPTY));
    }

    private static @Nullable String header(Yaml part, String name) {
        Optional<Yaml> found = part.get(name);
        return found.map(header -> Settings.headerName(name, header.text())).orElse(null);
    }

    private static Calls calls(String name, Yaml part, Set<String> known) {
        part.only("create", "update", "patch", "remove", "batch", "answer");
        if (!known.contains(name)) {
            throw part.wrong("there is no record \"" + name + "\"; known are " + String.join(", ", known));
        }
        if (part.members().keySet().stream().noneMatch(CALLS::contains)) {
            throw part.wrong("must have create, update, patch, remove or batch");
        }
        if (part.get("update").isPresent() && part.get("patch").isPresent()) {
            throw part.need("patch").wrong("tells what changed, and update the whole object: leave one of them out");
        }
        for (String single : List.of("create", "update", "patch", "answer")) {
            if (part.get("batch").isPresent() && part.get(single).isPresent()) {
                throw part.need("batch").wrong("tells new objects and others: leave out " + single);
            }
        }
        return new Calls(
                template(part, "create", Set.of("account", "location")),
                template(part, "update", Set.of("account", "location", "id")),
                template(part, "patch", Set.of("account", "location", "id")),
                template(part, "remove", Set.of("account", "location", "id")),
                part.get("batch").map(WritingSpec::batch).orElse(null),
                part.get("answer").map(path -> FieldPath.of(path.text())).orElse(null));
    }

    private static Batch batch(Yaml part) {
        part.only("call", "objects", "most", "answers", "answer", "status");
        return new Batch(
                Resources.template(part.need("call"), Set.of("account", "location")),
                FieldPath.of(part.need("objects").text()).toString(),
                part.need("most").whole(2, Batch.OBJECTS_MAX),
                FieldPath.of(part.need("answers").text()),
                part.get("answer").map(path -> FieldPath.of(path.text())).orElse(null),
                part.get("status").map(path -> FieldPath.of(path.text())).orElse(null));
    }

    private static Resources.@Nullable Template template(Yaml part, String name, Set<String> placeholders) {
        return part.get(name)
                .map(each -> Resources.template(each, placeholders))
                .orElse(null);
    }
}
