package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Writing;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final Map<RecordKey, FieldMap> WANTED = Map.of(
            RecordKey.of(Kind.ITEM, "new"),
            FieldMap.builder(Kind.ITEM)
                    .set(Item.NAME, "New")
                    .set(Item.SKU, "N-1")
                    .build());

    private static DryRun run(Adapter adapter) {
        return DryRun.of(Bistro.subject(adapter), WANTED, Set.of());
    }

    @Test
    void plansWhatTheSamplesDoNotShow() {
        DryRun run = run(new Bistro());
        assertThat(run.difference().wanted()).isEqualTo(WANTED);
        assertThat(run.difference().remotes()).isNotEmpty();
        assertThat(run.created()).isEqualTo(WANTED.keySet());
        assertThat(run.plan()).isEqualTo(new BistroWriting().plan(run.difference()));
        assertThat(run.plan().steps()).isNotEmpty();
    }

    @Test
    void leavesOutWhatThePartnerCannotBeTold() {
        DryRun run = run(new Passing() {
            @Override
            public boolean takes(Field<?> field) {
                return !field.equals(Item.SKU);
            }
        });
        assertThat(run.difference().wanted().values()).containsExactly(FieldMap.of(Item.NAME, "New"));
        assertThat(run(new Passing() {
                            @Override
                            public boolean takes(Field<?> field) {
                                return false;
                            }
                        })
                        .difference()
                        .wanted())
                .isEmpty();
    }

    @Test
    void saysWhatTheAdapterThrew() {
        assertThatThrownBy(() -> run(new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        throw new IllegalStateException("no plan");
                    }
                }))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("plan threw IllegalStateException: no plan");
        assertThatThrownBy(() -> run(new Passing() {
                    @Override
                    public Optional<Writing> writing() {
                        return Optional.empty();
                    }
                }))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("nothing can be written");
    }
}
