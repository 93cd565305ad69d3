package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.Histories.ONE;
import static dev.tournant.cluster.merchant.Histories.TEA;
import static dev.tournant.cluster.merchant.Histories.TWO;
import static dev.tournant.cluster.merchant.Histories.at;
import static dev.tournant.cluster.merchant.Histories.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.merchant.JournalRows.Row;
import dev.tournant.messages.Fact;
import dev.tournant.messages.History;
import dev.tournant.messages.History.Moment;
import dev.tournant.messages.Revision;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.LinkId;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.persistence.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What was, from the rows of a journal. */
class LookingBackTest {
    private static final String[] ITEMS = {"tea", "cake", "soup"};

    /** Each number is a step: who, which item, which version. */
    private static Histories lived(List<Integer> steps) {
        Histories lived = new Histories();
        for (int step : steps) {
            String item = ITEMS[step % 3];
            long version = 1 + step / 12 % 7;
            LinkId link = step % 2 == 0 ? ONE : TWO;
            switch (step / 3 % 4) {
                case 0 -> lived.edit(item, "ours " + step);
                case 1 ->
                    lived.absorb(lived.says(
                            link,
                            "e" + step,
                            RecordDelta.deleted(
                                    named(item, version, "x").key(),
                                    Stamp.at(at(version)),
                                    version,
                                    Presence.TOMBSTONE)));
                default -> lived.absorb(lived.says(link, "e" + step, named(item, version, "v" + version + step % 5)));
            }
        }
        return lived;
    }

    private static Fold fold(Histories lived, Moment until) {
        Fold fold = new Fold(until, null);
        for (Row row : lived.rows) {
            if (!fold.isOver()) {
                fold.take(row);
            }
        }
        return fold;
    }

    @Property(tries = 300)
    void foldsToWhatTheMerchantKnewAfterEachRow(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 500) Integer> steps) {
        Histories lived = lived(steps);
        for (int i = 0; i < lived.states.size(); i++) {
            MerchantState then = lived.states.get(i);
            boolean changed = !lived.rows.get(i).commit().revisions().isEmpty();
            if (changed) {
                Fold fold = fold(lived, new Moment.AfterRevision(then.revision()));
                assertThat(fold.records()).isEqualTo(then.records());
                assertThat(fold.revision()).isEqualTo(then.revision());
            }
        }
        assertThat(fold(lived, new Moment.At(at(1_000))).records())
                .isEqualTo(lived.state().records());
    }

    @Property(tries = 300)
    void foldsOneRecordAsIfItFoldedAll(@ForAll @Size(max = 40) List<@IntRange(min = 0, max = 500) Integer> steps) {
        Histories lived = lived(steps);
        Moment middle = new Moment.AfterRevision(lived.state().revision() / 2);
        Fold one = new Fold(middle, TEA);
        lived.rows.stream().takeWhile(row -> !one.isOver()).forEach(one::take);
        Fold all = fold(lived, middle);
        assertThat(one.record(TEA)).isEqualTo(all.record(TEA));
        assertThat(one.revision()).isEqualTo(all.revision());
    }

    @Test
    void stopsWithinARowAndBeforeWhatWasDecidedLater() {
        Histories lived = new Histories();
        lived.absorb(
                lived.says(ONE, "e1", named("tea", 1, "Tea")), lived.says(ONE, "e2", named("tea", 2, "Green tea")));
        lived.edit("tea", "Black tea");

        assertThat(name(fold(lived, new Moment.AfterRevision(2)))).isEqualTo("Tea");
        assertThat(name(fold(lived, new Moment.AfterRevision(3)))).isEqualTo("Green tea");
        assertThat(name(fold(lived, new Moment.At(at(1))))).isEqualTo("Green tea");
        assertThat(name(fold(lived, new Moment.At(at(2))))).isEqualTo("Black tea");
        assertThat(fold(lived, new Moment.At(at(0).minusMillis(1))).revision()).isZero();
        assertThat(fold(lived, new Moment.AfterRevision(0)).isOver()).isTrue();
    }

    private static String name(Fold fold) {
        FlatRecord tea = Objects.requireNonNull(fold.record(TEA));
        return tea.get(Item.NAME).orElseThrow();
    }

    @Test
    void listsTheChangesOfARecordTheNewestFirstWithWhoMadeThem() {
        Histories lived = new Histories();
        lived.absorb(lived.says(ONE, "e1", named("tea", 1, "Tea"), named("cake", 1, "Cake")));
        lived.edit("cake", "Pie");
        lived.edit("tea", "Green tea");

        Entries entries = entries(lived, Long.MAX_VALUE, 10);
        assertThat(entries.newestFirst())
                .extracting(
                        History.Entry::revision,
                        History.Entry::link,
                        History.Entry::event,
                        each -> each.delta().fields().get(Item.NAME))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(4L, Provenance.API, "r3", "Green tea"),
                        org.assertj.core.groups.Tuple.tuple(2L, ONE, "e1", "Tea"));
        assertThat(entries.isCut()).isFalse();
    }

    private static Entries entries(Histories lived, long before, int max) {
        Entries entries = new Entries(TEA, before, max, Long.MAX_VALUE);
        lived.rows.forEach(entries::take);
        return entries;
    }

    @Property(tries = 200)
    void findsOnPagesWhatItFindsAtOnce(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 500) Integer> steps,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        Histories lived = lived(steps);
        List<History.Entry> paged = new ArrayList<>();
        Entries page = entries(lived, Long.MAX_VALUE, limit);
        paged.addAll(page.newestFirst());
        while (page.isCut()) {
            History.Place rest = page.rest();
            Entries older = new Entries(TEA, rest.revision(), limit, Long.MAX_VALUE);
            lived.rows.stream().filter(row -> row.number() <= rest.row()).forEach(older::take);
            page = older;
            paged.addAll(page.newestFirst());
        }
        assertThat(paged).isEqualTo(entries(lived, Long.MAX_VALUE, 1_000).newestFirst());
    }

    @Test
    void saysWhatMadeRoomForValuesThatCameForward() {
        RecordDelta tea = named("tea", 1, "Tea");
        Revision revision = new Revision(
                7,
                at(9),
                ONE,
                "e9",
                List.of(
                        new Fact.RecordsChanged(List.of(named("cake", 2, "Cake"))),
                        new Fact.CameForward(TWO, "e3", tea.stamp(), tea)));
        assertThat(Entries.of(revision, TEA))
                .containsExactly(new History.Entry(7, at(9), TWO, "e3", tea, new History.Cause(ONE, "e9")));
    }

    @Test
    void keepsAtLeastOneRevisionWhateverItWeighs() {
        RecordDelta heavy = RecordDelta.set(TEA, Stamp.ZERO, 0, FieldMap.of(Item.DESCRIPTION, "x".repeat(1_000)));
        Entries entries = new Entries(TEA, Long.MAX_VALUE, 10, 100);
        for (int i = 1; i <= 3; i++) {
            entries.take(new Row(
                    i,
                    Commit.of(new Revision(i, at(i), ONE, "e" + i, List.of(new Fact.RecordsChanged(List.of(heavy)))))));
        }
        assertThat(entries.newestFirst()).extracting(History.Entry::revision).containsExactly(3L);
        assertThat(entries.rest()).isEqualTo(new History.Place(3, 3));
    }
}
