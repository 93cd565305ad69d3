package dev.tournant.cluster.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.messages.MerchantMessage;
import dev.tournant.messages.Revision;
import dev.tournant.messages.WatchSignal;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private final Histories history = new Histories();
    private final AtomicReference<Watchers> made = new AtomicReference<>();

    WatchersTest() {
        BehaviorTestKit.create(Behaviors.<MerchantMessage>setup(context -> {
            made.set(new Watchers(context, SweepTest.LIMITS));
            return Behaviors.empty();
        }));
    }

    /** The revision of an edit that went into the journal. */
    private Revision edit(String name) {
        List<Revision> revisions = history.edit("tea", name).commit().revisions();
        assertThat(revisions).hasSize(1);
        return revisions.get(0);
    }

    /** What a new watcher is sent live from on, if it has seen all before this revision. */
    private long liveFrom(Revision wanted) {
        TestInbox<WatchSignal> watcher = TestInbox.create();
        made.get().watch(new MerchantMessage.Watch(wanted.number() - 1, watcher.getRef()), history.state());
        WatchSignal.Watching begun = (WatchSignal.Watching) watcher.receiveMessage();
        assertThat(watcher.getAllReceived())
                .as("all from there on, without a gap")
                .extracting(
                        each -> ((WatchSignal.Revised) each).revisions().get(0).number())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(begun.liveFrom(), history.state().revision())
                                .boxed()
                                .toList());
        return begun.liveFrom();
    }

    @Test
    void sendsWhatItHasAtHand() {
        Revision first = edit("Green tea");
        made.get().revised(List.of(first));
        Revision second = edit("Black tea");
        made.get().revised(List.of(second));
        assertThat(liveFrom(first)).isEqualTo(first.number());
        assertThat(liveFrom(second)).isEqualTo(second.number());
    }

    /** Of a write that failed and landed all the same nobody is told: it is read back as the merchant starts again. */
    @Test
    void sendsToTheJournalForWhatOnlyTheJournalKnows() {
        Revision first = edit("Green tea");
        made.get().revised(List.of(first));
        Revision landed = edit("Black tea");
        assertThat(liveFrom(landed)).as("it is not at hand").isGreaterThan(landed.number());

        Revision next = edit("White tea");
        made.get().revised(List.of(next));
        assertThat(liveFrom(first)).isEqualTo(next.number());
        assertThat(liveFrom(landed)).isEqualTo(next.number());
    }
}
