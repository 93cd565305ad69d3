package dev.tournant.cluster.merchant;

import static dev.tournant.cluster.merchant.MerchantFixture.WITHIN;
import static dev.tournant.cluster.merchant.MerchantFixture.join;
import static dev.tournant.cluster.merchant.MerchantFixture.merchant;
import static dev.tournant.cluster.merchant.MerchantFixture.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import dev.tournant.cluster.LocalNode;
import dev.tournant.messages.Declined;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A merchant with little room: it says so, loses nothing, and its followers miss nothing. */
class MerchantUnderPressureTest {
    private static LocalNode node;
    private static ShardedMerchants merchants;

    @BeforeAll
    static void start() {
        node = LocalNode.on(LocalNode.fresh("pressure"), """
                tournant.merchant {
                  waiting-max = 5
                  group-commands-max = 2
                  recent-revisions-max = 4
                  watchers-max = 2
                  snapshot-every-rows = 20
                }
                """);
        merchants = MerchantFixture.start(node);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static CompletionStage<MerchantReply> create(MerchantId merchant, String item) {
        RecordDelta edit = RecordDelta.set(RecordKey.of(Kind.ITEM, item), Stamp.ZERO, 0, FieldMap.of(Item.NAME, item));
        return merchants.tell(merchant, new MerchantCommand.EditRecord(edit, 0, item, Instant.now()), WITHIN);
    }

    @Test
    void tellsWhomItCannotTakeToSlowDownAndKeepsWhatItTook() {
        MerchantId merchant = merchant(merchants, "full");
        List<CompletableFuture<MerchantReply>> replies = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            replies.add(create(merchant, "item-" + i).toCompletableFuture());
        }
        int done = 0;
        int slowed = 0;
        for (CompletableFuture<MerchantReply> reply : replies) {
            done += reply.join() instanceof MerchantReply.Edited ? 1 : 0;
            slowed += reply.join() instanceof MerchantReply.SlowDown ? 1 : 0;
        }
        assertThat(done + slowed).as("every command is answered").isEqualTo(500);
        assertThat(slowed).isPositive();
        assertThat(done).isPositive();
        assertThat(summary(merchants, merchant).revision()).isEqualTo(1 + done);
    }

    @Test
    void answersWhatIsOnItsWayWhenItIsAskedToStop() {
        MerchantId merchant = merchant(merchants, "moving");
        List<CompletableFuture<MerchantReply>> replies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            replies.add(create(merchant, "before-" + i).toCompletableFuture());
        }
        ClusterSharding.get(node.system())
                .entityRefFor(Merchant.TYPE, merchant.value())
                .tell(Merchant.Stop.STOP);
        for (int i = 0; i < 50; i++) {
            replies.add(create(merchant, "behind-" + i).toCompletableFuture());
        }
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.join())
                        .isInstanceOfAny(MerchantReply.Edited.class, MerchantReply.SlowDown.class));
    }

    @Test
    void streamsOldAndNewRevisionsWithoutAGap() throws Exception {
        MerchantId merchant = merchant(merchants, "followed");
        for (int i = 0; i < 30; i++) {
            assertThat(join(create(merchant, "old-" + i))).isInstanceOf(MerchantReply.Edited.class);
        }
        JournalChanges changes = new JournalChanges(node.system());
        CompletableFuture<List<Long>> all = collect(join(changes.after(merchant, 0)), 41);
        CompletableFuture<List<Long>> late = collect(join(changes.after(merchant, 25)), 16);
        for (int i = 0; i < 10; i++) {
            assertThat(join(create(merchant, "new-" + i))).isInstanceOf(MerchantReply.Edited.class);
        }
        assertThat(all.get(30, TimeUnit.SECONDS)).containsExactlyElementsOf(numbers(1, 41));
        assertThat(late.get(30, TimeUnit.SECONDS)).containsExactlyElementsOf(numbers(26, 41));
    }

    @Test
    void tellsAFollowerTooManyThatThereIsNoPlaceUntilOneIsFree() throws Exception {
        MerchantId merchant = merchant(merchants, "crowded");
        JournalChanges changes = new JournalChanges(node.system());
        Flow.Publisher<Revision> first = join(changes.after(merchant, 0));
        join(changes.after(merchant, 0));
        assertThatThrownBy(() -> join(changes.after(merchant, 0)))
                .hasRootCauseInstanceOf(Declined.class)
                .satisfies(failure ->
                        assertThat(((Declined) failure.getCause()).problem()).isEqualTo(Problem.SLOW_DOWN))
                .hasMessageContaining("2 followers")
                .hasMessageContaining("tournant.merchant.watchers-max");

        // It ends with what it wanted, and its place is free.
        assertThat(collect(first, 1).get(30, TimeUnit.SECONDS)).containsExactly(1L);
        await().atMost(WITHIN)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                collect(join(changes.after(merchant, 0)), 1).get(30, TimeUnit.SECONDS))
                        .containsExactly(1L));
    }

    private static List<Long> numbers(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long n = from; n <= to; n++) {
            numbers.add(n);
        }
        return numbers;
    }

    private static CompletableFuture<List<Long>> collect(Flow.Publisher<Revision> publisher, int count) {
        CompletableFuture<List<Long>> collected = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<>() {
            private final List<Long> numbers = new ArrayList<>();
            private Flow.Subscription subscription;

            @Override
            public void onSubscribe(Flow.Subscription started) {
                subscription = started;
                started.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Revision revision) {
                numbers.add(revision.number());
                if (numbers.size() == count) {
                    subscription.cancel();
                    collected.complete(numbers);
                }
            }

            @Override
            public void onError(Throwable failure) {
                collected.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                collected.completeExceptionally(new IllegalStateException("ended after " + numbers));
            }
        });
        return collected;
    }
}
