package dev.tournant.adapter.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which records stand in a document, and where.
 *
 * @param lists path of each list, and the record that stands in it
 * @param objects path of each single object, and the record that it is; {@value #WHOLE} for the document itself
 */
record Contents(Map<String, String> lists, Map<String, String> objects) {
    static final String WHOLE = "$";
    static final Contents NOTHING = new Contents(Map.of(), Map.of());

    /** @param lists the name that a part has for its lists */
    static Contents read(Yaml part, String lists, Set<String> records) {
        return new Contents(paths(part, lists, records), paths(part, "objects", records));
    }

    private static Map<String, String> paths(Yaml part, String name, Set<String> records) {
        Map<String, String> paths = new LinkedHashMap<>();
        part.get(name)
                .ifPresent(all ->
                        all.members().forEach((path, record) -> paths.put(path, Resources.known(record, records))));
        return paths;
    }

    boolean isEmpty() {
        return lists.isEmpty() && objects.isEmpty();
    }

    Set<String> records() {
        Set<String> records = new TreeSet<>(lists.values());
        records.addAll(objects.values());
        return records;
    }

    /** Whether an object that was read at a path is nested in another one. */
    boolean isNested(String path) {
        return objects.keySet().stream().noneMatch(each -> path.equals(label(each)))
                && lists.keySet().stream().noneMatch(each -> isElement(path, each));
    }

    private static boolean isElement(String path, String list) {
        return path.startsWith(list + "[") && path.indexOf(']') == path.length() - 1;
    }

    /** As it is called in paths of what was read. */
    private static String label(String object) {
        return object.equals(WHOLE) ? "" : object;
    }
}
