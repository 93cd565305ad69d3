package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.persistence.Leases.Holder;
import dev.tournant.persistence.Leases.NamedRow;
import dev.tournant.persistence.Leases.NodeRow;
import dev.tournant.persistence.Leases.State;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NameClaimTest {
    private static final String NAME = "tournant-shard-merchant-17";
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Holder SELF = new Holder("127.0.0.1:25520", 3);
    private static final Holder OTHER = new Holder("127.0.0.1:25521", 9);

    private final LeasesInMemory store = new LeasesInMemory();
    private final Queue<Holder> awaited = new ConcurrentLinkedQueue<>();
    private final NameClaim claim = new NameClaim(NAME, SELF, store, awaited::add, LONG, ForkJoinPool.commonPool());

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private boolean acquire() {
        return join(claim.acquire(Duration.ZERO, Duration.ZERO));
    }

    private void other(State state) {
        store.put(new NodeRow(OTHER, 40, Duration.ofSeconds(9), state));
        store.put(new NamedRow(NAME, 5, OTHER));
    }

    @Test
    void takesANameThatIsFreeAndLetsItGo() {
        assertThat(acquire()).isTrue();
        assertThat(claim.isMine()).isTrue();
        assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 1, SELF));
        assertThat(acquire()).as("again").isTrue();
        assertThat(join(claim.release())).isTrue();
        assertThat(claim.isMine()).isFalse();
        assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 2, null));
    }

    @Test
    void doesNotTakeANameFromARunThatMayStillAct() {
        other(State.HELD);
        assertThat(acquire()).isFalse();
        assertThat(awaited).as("its lease is watched from now on").contains(OTHER);
        assertThat(store.name(NAME).holder()).isEqualTo(OTHER);
    }

    @Test
    void takesANameFromARunThatIsOverAtOnce() {
        for (State state : new State[] {State.ENDED, State.RELEASED}) {
            other(state);
            assertThat(acquire()).as(state.name()).isTrue();
            assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 6, SELF));
            join(claim.release());
        }
    }

    @Test
    void takesANameFromARunThatIsForgotten() {
        store.put(new NamedRow(NAME, 5, OTHER));
        assertThat(acquire()).isTrue();
    }

    @Test
    void doesNotTakeWhatAnEarlierRunOfItsOwnNodeMayStillUse() {
        Holder before = new Holder(SELF.node(), 2);
        store.put(new NodeRow(before, 7, Duration.ofSeconds(9), State.HELD));
        store.put(new NamedRow(NAME, 5, before));
        assertThat(acquire()).isFalse();
        assertThat(awaited).contains(before);
    }

    @Test
    void waitsForALivingHolderToLetGo() {
        other(State.HELD);
        CompletableFuture<Boolean> acquired = claim.acquire(LONG, LONG).toCompletableFuture();
        Awaitility.await().until(() -> !awaited.isEmpty());
        store.put(new NamedRow(NAME, 6, null));
        assertThat(join(acquired)).isTrue();
    }

    @Test
    void stopsWaitingWhenTheNameIsNotWantedAnyLonger() {
        other(State.HELD);
        CompletableFuture<Boolean> acquired = claim.acquire(LONG, LONG).toCompletableFuture();
        Awaitility.await().until(() -> !awaited.isEmpty());
        assertThat(join(claim.release())).isTrue();
        assertThat(join(acquired)).isFalse();
        assertThat(store.name(NAME).holder()).isEqualTo(OTHER);
    }

    @Test
    void finishesWhatWasAskedBeforeItBeginsWhatIsAskedNext() {
        for (int i = 0; i < 100; i++) {
            claim.acquire(Duration.ZERO, Duration.ZERO);
            claim.release();
        }
        assertThat(acquire()).isTrue();
        assertThat(store.name(NAME).holder()).isEqualTo(SELF);
    }

    @Test
    void asksAgainWhereAnAnswerWasLost() {
        store.losesNextAnswer = true;
        assertThat(join(claim.acquire(Duration.ZERO, LONG))).isTrue();
        assertThat(store.name(NAME)).as("it was done the first time").isEqualTo(new NamedRow(NAME, 1, SELF));
    }

    @Test
    void whatMayYetBeDoneFindsAnotherVersionAfterARelease() {
        store.losesNextAnswer = true;
        assertThat(claim.acquire(Duration.ZERO, Duration.ZERO)
                        .toCompletableFuture()
                        .handle((done, failure) -> failure)
                        .join())
                .isNotNull();
        join(claim.release());
        assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 2, null));
    }

    /** Nobody asks a second time, and who waits for the name waits for as long as this node lives. */
    @Test
    void aReleaseThatTheStoreDidNotDoIsTriedAgain() {
        assertThat(acquire()).isTrue();
        store.delaysNextChanges.set(3);
        assertThat(join(claim.release())).isTrue();
        assertThat(store.name(NAME).holder()).isNull();
        store.doLate();
        assertThat(store.name(NAME)).as("what comes late changes nothing").isEqualTo(new NamedRow(NAME, 2, null));
    }

    @Test
    void aReleaseOfARowThatSomebodyBumpedIsDone() {
        assertThat(acquire()).isTrue();
        store.put(new NamedRow(NAME, 4, SELF));
        assertThat(join(claim.release())).isTrue();
        assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 5, null));
    }

    /** A release that is done late would free a name under whoever acquired it again meanwhile. */
    @Test
    void aLateReleaseDoesNotFreeWhatWasAcquiredAgain() {
        assertThat(acquire()).isTrue();
        store.delaysNextChanges.set(1);
        CompletableFuture<Boolean> released = claim.release().toCompletableFuture();
        assertThat(join(claim.acquire(Duration.ZERO, LONG))).isTrue();
        join(released);
        store.doLate();
        assertThat(store.name(NAME).holder()).isEqualTo(SELF);
        assertThat(claim.isMine()).isTrue();
        assertThat(claim.token()).hasValue(store.name(NAME).version());
    }

    @Test
    void aReleaseLeavesTheRowOfAnotherAlone() {
        other(State.HELD);
        store.put(new NamedRow(NAME, 5, null));
        store.delaysNextChanges.set(1);
        claim.acquire(Duration.ZERO, Duration.ZERO)
                .toCompletableFuture()
                .handle((done, failure) -> failure)
                .join();
        store.put(new NamedRow(NAME, 6, OTHER));
        assertThat(join(claim.release())).isTrue();
        assertThat(store.name(NAME)).isEqualTo(new NamedRow(NAME, 6, OTHER));
    }
}
