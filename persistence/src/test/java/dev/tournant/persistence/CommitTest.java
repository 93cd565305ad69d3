package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.LinkId;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommitTest {
    @Property(tries = 200)
    void joinsInAnyGrouping(@ForAll("commits") Commit a, @ForAll("commits") Commit b, @ForAll("commits") Commit c) {
        assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    }

    @Property(tries = 200)
    void staysTheSameWithNothingAdded(@ForAll("commits") Commit commit) {
        assertThat(commit.plus(Commit.EMPTY)).isEqualTo(commit);
        assertThat(Commit.EMPTY.plus(commit)).isEqualTo(commit);
    }

    @Property(tries = 200)
    void keepsTheHighestMarkOfEachSequence(@ForAll("commits") Commit a, @ForAll("commits") Commit b) {
        Commit both = a.plus(b);
        both.marks()
                .forEach((sequence, offset) -> assertThat(offset)
                        .isEqualTo(Math.max(
                                a.marks().getOrDefault(sequence, -1L), b.marks().getOrDefault(sequence, -1L))));
        assertThat(both.tally().total()).isEqualTo(a.tally().total() + b.tally().total());
    }

    @Example
    void isDueUntilAFetchThatBeganAfterTheLastReasonHasEnded() {
        FeedState first = FeedState.first(new LinkId("l"), "catalog", 0);
        assertThat(first.isDue()).isTrue();
        FeedState again = first.signalled(Instant.EPOCH);
        FeedState ended = again.done(1, "u", true, Instant.EPOCH, Instant.EPOCH);
        assertThat(ended.isDue()).isTrue();
        assertThat(ended.cursor()).isEqualTo("u");
        assertThat(ended.done(2, null, false, Instant.EPOCH, Instant.EPOCH)).satisfies(done -> {
            assertThat(done.isDue()).isFalse();
            assertThat(done.cursor()).isEqualTo("u");
        });
        assertThat(ended.broke("HTTP 500").trouble()).isEqualTo("HTTP 500");
        assertThat(ended.broke("HTTP 500")
                        .done(2, "v", false, Instant.EPOCH, Instant.EPOCH)
                        .trouble())
                .isNull();
        assertThat(ended.remove().removed()).isTrue();
    }

    /** What the one under way showed may be older than the reason that we have. */
    @Example
    void whatWeWantMeanwhileIsReadFromWhereTheFetchUnderWayBegan() {
        FeedState first = FeedState.first(new LinkId("l"), "catalog", 0);
        FeedState read = first.done(1, "u", true, Instant.EPOCH, Instant.EPOCH);
        FeedState ended = read.want().done(1, "v", false, Instant.EPOCH, Instant.EPOCH);
        assertThat(ended.isDue()).isTrue();
        assertThat(ended.cursor()).isEqualTo("u");
        FeedState again = ended.done(2, "w", false, Instant.EPOCH, Instant.EPOCH);
        assertThat(again.isDue()).isFalse();
        assertThat(again.cursor()).isEqualTo("w");
    }

    @Provide
    Arbitrary<Commit> commits() {
        return StoredSerializerTest.generated();
    }
}
