package dev.tournant.cluster.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private static final int IDS = 3;

    private final Lines lines = new Lines();
    private final Table table = new Table(lines);
    private final Beliefs beliefs = new Beliefs(lines, Double.POSITIVE_INFINITY);

    /** Setting any of a resource's fields changes it, and none of another's nor any other of its own. */
    @Test
    void keepsEachFieldApart() {
        lines.reserve(IDS);
        List<Runnable> sets = List.of(
                () -> table.phase(1, Phase.HELD),
                () -> table.place(1, Table.FAILING),
                () -> table.sort(1, Short.MAX_VALUE),
                () -> table.failures(1, Byte.MAX_VALUE),
                () -> table.zone(1, (byte) -48),
                () -> table.weight(1, 1.1f),
                () -> table.callsUnchanged(1, 2.2f),
                () -> table.callsChanged(1, 3.3f),
                () -> table.seenAt(1, 4.4),
                () -> table.at(1, 5.5),
                () -> table.failingSince(1, 6.6),
                () -> table.signals(1, -7),
                () -> table.signalsAfter(1, -8));
        for (Runnable set : sets) {
            List<Number> before = all();
            set.run();
            assertThat(changed(before, all())).isEqualTo(1);
        }
    }

    /** What is believed of one is its own, and stands beside what else is known of it. */
    @Test
    void keepsBeliefsApart() {
        lines.reserve(IDS);
        Pooling pool = new Pooling();
        pool.guess(0.01);
        for (int id = 0; id < IDS; id++) {
            beliefs.born(id, pool);
            table.seenAt(id, id);
            table.failingSince(id, -id);
        }
        List<Number> before = all();
        beliefs.signalled(1, pool);
        beliefs.heard(1, 100, pool);
        beliefs.looked(1, 100, 1, true, pool);

        List<Number> after = all();
        assertThat(changed(before, after)).isEqualTo(changed(of(1, before), of(1, after)));
        assertThat(changed(table(before), table(after))).isZero();
        assertThat(beliefs.exposure(1)).isEqualTo(FreshnessIndex.exposure(beliefs.precision(1)));
    }

    @Test
    void keepsWhatItHasWhenItGrows() {
        lines.reserve(IDS);
        table.seenAt(IDS - 1, 4.4);
        List<Number> before = all();
        lines.reserve(2 * IDS);

        assertThat(all()).isEqualTo(before);
        assertThat(lines.room()).isEqualTo(2 * IDS);
        assertThat(lines.bytes()).isEqualTo(2 * IDS * 128L);
    }

    private static final int OF_TABLE = 13;
    private static final int OF_EACH = OF_TABLE + 5;

    private List<Number> all() {
        List<Number> all = new ArrayList<>();
        for (int id = 0; id < IDS; id++) {
            all.addAll(List.of(
                    table.phaseNumber(id),
                    table.place(id),
                    table.sort(id),
                    table.failures(id),
                    table.zone(id),
                    table.weight(id),
                    table.callsUnchanged(id),
                    table.callsChanged(id),
                    table.seenAt(id),
                    table.at(id),
                    table.failingSince(id),
                    table.signals(id),
                    table.signalsAfter(id)));
            all.addAll(List.of(
                    beliefs.silentRate(id),
                    beliefs.signalRate(id),
                    beliefs.precision(id),
                    beliefs.works(id),
                    beliefs.exposure(id)));
        }
        return all;
    }

    private static List<Number> of(int id, List<Number> all) {
        return all.subList(id * OF_EACH, (id + 1) * OF_EACH);
    }

    private static List<Number> table(List<Number> all) {
        List<Number> table = new ArrayList<>();
        for (int id = 0; id < IDS; id++) {
            table.addAll(of(id, all).subList(0, OF_TABLE));
        }
        return table;
    }

    private static long changed(List<Number> before, List<Number> after) {
        long changed = 0;
        for (int i = 0; i < before.size(); i++) {
            changed += before.get(i).equals(after.get(i)) ? 0 : 1;
        }
        return changed;
    }
}
