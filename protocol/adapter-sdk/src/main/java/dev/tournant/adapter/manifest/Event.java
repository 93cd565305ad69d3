package dev.tournant.adapter.manifest;

import java.util.List;
import java.util.Map;

/**
 * What one type of webhook says.
 *
 * @param signals resources that changed
 * @param lists path of each list in the body, and the record that stands in it
 * @param objects path of each object in the body, and the record that it is
 */
record Event(List<String> signals, Map<String, String> lists, Map<String, String> objects) {
    static final Event NOTHING = new Event(List.of(), Map.of(), Map.of());
}
