package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RingTest {
    @Test
    void followsTheRingRoundItsEnd() {
        Set<String> nodes = Set.of("a", "b", "c", "d", "e");
        assertThat(Ring.successors("d", nodes, 3)).containsExactly("e", "a", "b");
        assertThat(Ring.successors("a", nodes, 3)).containsExactly("b", "c", "d");
        assertThat(Ring.successors("a", Set.of("a", "b"), 3)).containsExactly("b");
        assertThat(Ring.successors("a", Set.of(), 3)).isEmpty();
    }

    @Test
    void eachIsWatchedByThree() {
        Set<String> nodes = IntStream.range(0, 12).mapToObj(i -> "node-" + i).collect(Collectors.toUnmodifiableSet());
        for (String watched : nodes) {
            assertThat(nodes.stream()
                            .filter(each -> Ring.successors(each, nodes, 3).contains(watched)))
                    .hasSize(3);
        }
    }
}
