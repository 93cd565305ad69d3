package dev.tournant.cluster.merchant;

import dev.tournant.messages.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.SeqOps;
import scala.collection.immutable.Vector;

/**
 * Revisions that are not known to be published, from old to new, without gaps. Immutable; adding at one end and dropping
 * at the other copy next to nothing, however long it is. Scala's vector does the work, as it does in {@link RecordTable}.
 */
final class Backlog {
    static final Backlog EMPTY = new Backlog(scala.collection.immutable.Vector$.MODULE$.empty());

    private final Vector<Revision> revisions;

    private Backlog(Vector<Revision> revisions) {
        this.revisions = revisions;
    }

    static Backlog of(List<Revision> oldToNew) {
        return EMPTY.plus(oldToNew);
    }

    Backlog plus(List<Revision> newer) {
        Vector<Revision> all = revisions;
        for (Revision each : newer) {
            all = appended(all, each);
        }
        return newer.isEmpty() ? this : new Backlog(all);
    }

    /** Seen from Java, a vector has this method twice; as a sequence it has it once. */
    @SuppressWarnings("unchecked")
    private static Vector<Revision> appended(Vector<Revision> all, Revision newest) {
        return (Vector<Revision>) ((SeqOps<Revision, ?, ?>) all).appended(newest);
    }

    /** What is newer than a revision. */
    Backlog after(long number) {
        int over = over(number);
        return over == 0 ? this : new Backlog(revisions.drop(over));
    }

    /** How many are newer than a revision. */
    int sizeAfter(long number) {
        return revisions.length() - over(number);
    }

    private int over(long number) {
        if (revisions.isEmpty()) {
            return 0;
        }
        long upTo = number - revisions.apply(0).number() + 1;
        return (int) Math.max(0, Math.min(revisions.length(), upTo));
    }

    int size() {
        return revisions.length();
    }

    boolean isEmpty() {
        return revisions.isEmpty();
    }

    /** The oldest, at most so many. */
    List<Revision> first(int max) {
        List<Revision> first = new ArrayList<>(Math.min(max, size()));
        Iterator<Revision> each = revisions.iterator();
        while (each.hasNext() && first.size() < max) {
            first.add(each.next());
        }
        return first;
    }

    List<Revision> list() {
        return first(size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Backlog that && revisions.equals(that.revisions);
    }

    @Override
    public int hashCode() {
        return revisions.hashCode();
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
