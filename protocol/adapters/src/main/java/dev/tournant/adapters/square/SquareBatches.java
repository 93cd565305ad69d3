package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts objects into batches. Temporary names hold within one batch only, so objects that share one stay together; a
 * batch is taken or refused as a whole, so it is not made larger than it pays.
 */
final class SquareBatches {
    /** Where large batches cost more time than they save; Square takes a thousand. */
    static final int OBJECTS = 50;

    private SquareBatches() {}

    /** Objects that cannot be parted, in order. */
    static List<List<ObjectNode>> families(List<ObjectNode> objects) {
        Map<String, Integer> family = new HashMap<>();
        int[] parent = new int[objects.size()];
        for (int i = 0; i < parent.length; i++) {
            parent[i] = i;
            Set<String> temporary = new HashSet<>();
            temporary(objects.get(i), temporary);
            for (String name : temporary) {
                Integer other = family.putIfAbsent(name, i);
                if (other != null) {
                    parent[root(parent, i)] = root(parent, other);
                }
            }
        }
        Map<Integer, List<ObjectNode>> families = new LinkedHashMap<>();
        for (int i = 0; i < parent.length; i++) {
            families.computeIfAbsent(root(parent, i), root -> new ArrayList<>()).add(objects.get(i));
        }
        return new ArrayList<>(families.values());
    }

    private static int root(int[] parent, int of) {
        int at = of;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }

    /** A text that only looks like a temporary name keeps objects together that could be parted: no harm. */
    private static void temporary(JsonNode node, Set<String> into) {
        if (node.isTextual() && node.textValue().startsWith("#")) {
            into.add(node.textValue());
        }
        node.forEach(child -> temporary(child, into));
    }

    static List<List<ObjectNode>> batches(List<ObjectNode> objects) {
        List<List<ObjectNode>> batches = new ArrayList<>();
        List<ObjectNode> batch = new ArrayList<>();
        int size = 0;
        for (List<ObjectNode> family : families(objects)) {
            int weight = family.stream().mapToInt(SquareBatches::weight).sum();
            if (!batch.isEmpty() && size + weight > OBJECTS) {
                batches.add(batch);
                batch = new ArrayList<>();
                size = 0;
            }
            batch.addAll(family);
            size += weight;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }

    private static int weight(ObjectNode object) {
        return objects(object).size();
    }

    /** An object and those that are nested in it: each is written, and has a version of its own. */
    static List<JsonNode> objects(JsonNode object) {
        List<JsonNode> all = new ArrayList<>();
        all.add(object);
        object.path("item_data").path("variations").forEach(all::add);
        object.path("modifier_list_data").path("modifiers").forEach(all::add);
        return all;
    }
}
