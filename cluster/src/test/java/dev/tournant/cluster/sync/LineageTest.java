package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.RecordId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LineageTest {
    private static RecordId id(int i) {
        return new RecordId("r" + i);
    }

    /** In graphs with circles of all sizes, compared with a walk from each record. */
    @Property
    void hasTheBitsOfAllThatARecordStandsBeneath(
            @ForAll @Size(max = 30) Map<@IntRange(max = 40) Integer, @IntRange(max = 40) Integer> parents) {
        Map<RecordId, RecordId> above = new HashMap<>();
        parents.forEach((child, parent) -> above.put(id(child), id(parent)));
        Lineage lineage =
                new Lineage(above, each -> 1L << Integer.parseInt(each.value().substring(1)));
        for (int i = 0; i <= 40; i++) {
            long expected = 0;
            Set<Integer> seen = new HashSet<>();
            for (Integer at = i; at != null && seen.add(at); at = parents.get(at)) {
                expected |= 1L << at;
            }
            assertThat(lineage.of(id(i))).isEqualTo(expected);
        }
    }

    @Example
    void doesNotMindHowDeepRecordsAreNested() {
        Map<RecordId, RecordId> above = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            above.put(id(i), id(i + 1));
        }
        Lineage lineage = new Lineage(above, each -> each.equals(id(100_000)) ? 1 : 0);
        assertThat(lineage.of(id(0))).isEqualTo(1);
    }
}
