package dev.tournant.persistence;

import java.util.concurrent.CompletionStage;

/**
 * What the poll scheduler has learnt of each limit pool, kept beyond whoever schedules it. Losing it costs time to learn it again,
 * and nothing else; so the last one who writes is right, and no transaction is needed.
 *
 * <p>Every stage fails with whatever the store failed with.
 */
public interface PollMemories {
    /** The largest memory of one pool. */
    int BYTES_MAX = 256 << 20;

    /** What was written last; empty if nothing ever was, and if of that a part is missing. */
    CompletionStage<byte[]> read(String pool);

    /**
     * Replaces what was written before.
     *
     * @param generation larger than those before it, for example the milliseconds of a clock
     * @param bytes at most {@value #BYTES_MAX}
     */
    CompletionStage<Void> write(String pool, long generation, byte[] bytes);
}
