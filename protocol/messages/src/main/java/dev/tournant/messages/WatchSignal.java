package dev.tournant.messages;

import java.util.List;

/** What a watcher of a merchant is told. */
public interface WatchSignal {
    /**
     * The watch has begun.
     *
     * @param head the newest revision
     * @param liveFrom revisions from this one on come as {@link Revised}; older ones are in the journal
     * @param journalFrom the sequence number of a journal row at or before the first one wanted
     */
    record Watching(boolean known, long head, long liveFrom, long journalFrom) implements WatchSignal, WireMessage {}

    /** Newly committed revisions, in order. */
    record Revised(List<Revision> revisions) implements WatchSignal, WireMessage {
        public Revised {
            revisions = List.copyOf(revisions);
        }
    }

    /** The merchant has as many watchers as it may have, and this is none of them. */
    record Full(int watchersMax) implements WatchSignal, WireMessage {}

    /** The merchant will send no more; watch again to go on. */
    record Ended(String why) implements WatchSignal, WireMessage {}
}
