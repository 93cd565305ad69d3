package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IndexedHeapLawTest {
    record Step(int id, int key, boolean remove) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMaxSize(200);
    }

    @Property(tries = 300)
    void isAMapThatKnowsItsSmallest(@ForAll("steps") List<Step> steps) {
        IndexedHeap.Places places = new IndexedHeap.Places();
        places.reserve(31);
        IndexedHeap heap = new IndexedHeap(places);
        Map<Integer, Double> model = new HashMap<>();
        for (Step step : steps) {
            if (!model.containsKey(step.id())) {
                heap.push(step.id(), step.key());
                model.put(step.id(), (double) step.key());
            } else if (step.remove()) {
                heap.remove(step.id());
                model.remove(step.id());
            } else {
                heap.change(step.id(), step.key());
                model.put(step.id(), (double) step.key());
            }
            assertThat(heap.size()).isEqualTo(model.size());
            for (int id = 0; id <= 30; id++) {
                assertThat(heap.has(id)).isEqualTo(model.containsKey(id));
            }
            double smallest = model.isEmpty() ? Double.POSITIVE_INFINITY : Collections.min(model.values());
            assertThat(heap.firstKey()).isEqualTo(smallest);
            model.forEach((id, key) -> assertThat(heap.key(id)).isEqualTo(key.doubleValue()));
        }
        double last = Double.NEGATIVE_INFINITY;
        while (!heap.isEmpty()) {
            double key = heap.firstKey();
            assertThat(key).isGreaterThanOrEqualTo(last);
            assertThat(model.remove(heap.pop())).isEqualTo(Double.valueOf(key));
            last = key;
        }
        assertThat(model).isEmpty();
    }
}
