package dev.tournant.cluster.lease;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Who watches whom: the nodes in a ring, each watching some that follow it. */
final class Ring {
    private Ring() {}

    /** The {@code count} nodes after {@code self}, or all others when there are fewer. */
    static List<String> successors(String self, Set<String> nodes, int count) {
        NavigableSet<String> sorted = new TreeSet<>(nodes);
        sorted.remove(self);
        List<String> round = new ArrayList<>(sorted.tailSet(self, false));
        round.addAll(sorted.headSet(self, false));
        return List.copyOf(round.subList(0, Math.min(count, round.size())));
    }
}
