package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CassandraPollMemoriesTest {
    private final String pool = "square:calls:" + UUID.randomUUID();
    private final PollMemories memories = new CassandraPollMemories(
            CompletableFuture.completedFuture(StoresKeyspace.session()),
            StoresKeyspace.NAME,
            ForkJoinPool.commonPool());

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(join(memories.read(pool))).isEmpty();
    }

    @Test
    void readsWhatWasWrittenLastWhateverItsLength() {
        int piece = CassandraPollMemories.PIECE_BYTES;
        long generation = 1;
        for (int length : new int[] {1, 3 * piece + 17, piece, 0, 40}) {
            join(memories.write(pool, generation++, bytes(length)));
            assertThat(join(memories.read(pool))).as(length + " bytes").isEqualTo(bytes(length));
        }
    }

    @Test
    void keepsOneGenerationOnly() {
        join(memories.write(pool, 1, bytes(2 * CassandraPollMemories.PIECE_BYTES)));
        join(memories.write(pool, 2, bytes(10)));
        assertThat(StoresKeyspace.session()
                        .execute("SELECT piece FROM " + StoresKeyspace.NAME + ".poll_memories WHERE pool = '" + pool
                                + "'")
                        .all())
                .hasSize(1);
    }

    /** As two writers can leave it whose clocks differ: one names what the other has cleared away. */
    @Test
    void ofWhatIsNotWholeNothingIsLeft() {
        join(memories.write(pool, 1, bytes(3 * CassandraPollMemories.PIECE_BYTES)));
        StoresKeyspace.session()
                .execute("DELETE FROM " + StoresKeyspace.NAME + ".poll_memories WHERE pool = '" + pool
                        + "' AND generation = 1 AND piece = 2");

        assertThat(join(memories.read(pool))).isEmpty();
        join(memories.write(pool, 2, bytes(7)));
        assertThat(join(memories.read(pool))).isEqualTo(bytes(7));
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> join(memories.write(pool, 1, new byte[PollMemories.BYTES_MAX + 1])))
                .hasMessageContaining("more than " + PollMemories.BYTES_MAX);
    }
}
