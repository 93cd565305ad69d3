package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.cluster.gate.Board.Question;
import dev.tournant.cluster.gate.GateMessage.Seen;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.PoolBoard.Page;
import dev.tournant.messages.PoolBoard.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The board over nodes and gates that answer or do not, in manual time. */
class BoardTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final ActorTestKit KIT = ActorTestKit.create(ManualTime.config());

    private final List<ActorRef<Question>> nodes = new ArrayList<>();
    private final Set<String> lookedAt = new ConcurrentSkipListSet<>();
    private final Set<String> silent = new TreeSet<>();
    private final Set<String> closed = new TreeSet<>();
    private final PoolBoard board = new Board(new Board.Ports(
            () -> CompletableFuture.completedFuture(nodes),
            this::look,
            "10.0.0.1:25520",
            TIMEOUT,
            KIT.system().scheduler(),
            Runnable::run));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private CompletionStage<Seen> look(String name) {
        lookedAt.add(name);
        return silent.contains(name)
                ? CompletableFuture.failedFuture(new TimeoutException("silent"))
                : CompletableFuture.completedFuture(new Seen(closed.contains(name) ? null : pool(name)));
    }

    private static Pool pool(String name) {
        return new Pool(
                name, "potluck", "calls", "window", 2, TIMEOUT, null, 0, 0, Map.of(), 0, null, "10.0.0.1:25520");
    }

    private void holds(String... names) {
        nodes.add(KIT.spawn(Board.teller(new ConcurrentSkipListSet<>(List.of(names)))));
    }

    private void aSilentNode() {
        nodes.add(KIT.spawn(Behaviors.ignore()));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static List<String> names(Page page) {
        return page.pools().stream().map(Pool::name).toList();
    }

    @Test
    void pagesGoThroughAllNodesInOrder() {
        holds("a", "d");
        holds("b", "c", "e");
        Page first = join(board.pools(null, 3));
        assertThat(names(first)).containsExactly("a", "b", "c");
        assertThat(first.next()).isEqualTo("c");
        Page second = join(board.pools("c", 3));
        assertThat(names(second)).containsExactly("d", "e");
        assertThat(second.next()).isNull();
    }

    @Test
    void theLargestPageIsFollowedByTheRest() {
        holds(IntStream.rangeClosed(0, PoolBoard.LIMIT_MAX)
                .mapToObj("p%04d"::formatted)
                .toArray(String[]::new));
        Page page = join(board.pools(null, PoolBoard.LIMIT_MAX));
        assertThat(page.pools()).hasSize(PoolBoard.LIMIT_MAX);
        assertThat(page.next()).isEqualTo("p0999");
    }

    @Test
    void whatDoesNotAnswerIsNamedAndThePagesGoOn() {
        holds("a", "b", "c");
        silent.add("b");
        Page page = join(board.pools(null, 2));
        assertThat(names(page)).containsExactly("a");
        assertThat(page.silentPools()).containsExactly("b");
        assertThat(page.next()).isEqualTo("b");
    }

    @Test
    void whatWasClosedMeanwhileIsLeftOutAndThePagesGoOn() {
        holds("a", "b", "c");
        closed.add("b");
        Page page = join(board.pools(null, 2));
        assertThat(names(page)).containsExactly("a");
        assertThat(page.silentPools()).isEmpty();
        assertThat(page.next()).isEqualTo("b");
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamed() {
        holds("a");
        aSilentNode();
        CompletionStage<Page> asked = board.pools(null, 2);
        ManualTime.get(KIT.system()).timePasses(TIMEOUT);
        Page page = join(asked);
        assertThat(names(page)).containsExactly("a");
        assertThat(page.silentNodes()).containsExactly("10.0.0.1:25520");
    }

    @Test
    void whatNobodyHoldsIsUnknownAndNotWoken() {
        holds("a");
        assertThat(join(board.pool("typed by somebody"))).isEmpty();
        assertThat(lookedAt).isEmpty();
        assertThat(join(board.pool("a"))).contains(pool("a"));
    }

    @Test
    void whatASilentNodeMayHoldIsNotCalledUnknown() {
        holds("a");
        aSilentNode();
        CompletionStage<Optional<Pool>> asked = board.pool("b");
        ManualTime.get(KIT.system()).timePasses(TIMEOUT);
        assertThat(asked)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(TimeoutException.class);
        assertThat(lookedAt).isEmpty();
    }
}
