package dev.tournant.adapter.manifest;

import java.util.List;

/**
 * What one type of webhook says.
 *
 * @param signals resources that changed
 * @param contents the records in its body
 * @param covers resources of which its body holds all
 */
record Event(List<String> signals, Contents contents, List<String> covers) {
    static final Event NOTHING = new Event(List.of(), Contents.NOTHING, List.of());
}
