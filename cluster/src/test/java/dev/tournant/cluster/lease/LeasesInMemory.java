package dev.tournant.cluster.lease;

import dev.tournant.persistence.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store that answers at once, can be made to be silent, and to do a change without an answer. */
final class LeasesInMemory implements Leases {
    private final Map<Holder, NodeRow> nodes = new ConcurrentHashMap<>();
    private final Map<String, NamedRow> names = new ConcurrentHashMap<>();

    /** Nothing is done and nothing answered. */
    volatile boolean isSilent;
    /** The next change is done, and its answer is lost. */
    volatile boolean losesNextAnswer;
    /** The next changes of names are done when {@link #doLate} is called, and not answered but with a failure. */
    final AtomicInteger delaysNextChanges = new AtomicInteger();

    private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();

    private synchronized <T> CompletionStage<T> answer(Supplier<T> change) {
        if (isSilent) {
            return new CompletableFuture<>();
        }
        return CompletableFuture.completedFuture(change.get());
    }

    private synchronized <T> CompletionStage<T> change(Supplier<T> change) {
        CompletionStage<T> answer = answer(change);
        if (losesNextAnswer) {
            losesNextAnswer = false;
            return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        }
        return answer;
    }

    void put(NodeRow row) {
        nodes.put(row.holder(), row);
    }

    void put(NamedRow row) {
        names.put(row.name(), row);
    }

    @Override
    public CompletionStage<Set<String>> nodes() {
        return answer(() -> nodes.keySet().stream().map(Holder::node).collect(Collectors.toUnmodifiableSet()));
    }

    @Nullable
    NodeRow row(Holder holder) {
        return nodes.get(holder);
    }

    NamedRow name(String name) {
        return names.getOrDefault(name, new NamedRow(name, 0, null));
    }

    @Override
    public CompletionStage<List<NodeRow>> runs(String node) {
        return answer(() -> {
            List<NodeRow> all = new ArrayList<>(nodes.values());
            all.removeIf(row -> !row.holder().node().equals(node));
            all.sort(Comparator.comparing(row -> row.holder().epoch()));
            return all;
        });
    }

    @Override
    public CompletionStage<Optional<NodeRow>> run(Holder holder) {
        return answer(() -> Optional.ofNullable(nodes.get(holder)));
    }

    @Override
    public CompletionStage<Boolean> begin(Holder holder, Duration ttl) {
        return change(() -> nodes.putIfAbsent(holder, new NodeRow(holder, 1, ttl, State.HELD)) == null);
    }

    @Override
    public CompletionStage<Outcome> renew(Holder holder, long version) {
        return move(holder, version, version + 1, State.HELD);
    }

    @Override
    public CompletionStage<Outcome> end(Holder holder, long version) {
        return move(holder, version, version, State.ENDED);
    }

    private CompletionStage<Outcome> move(Holder holder, long from, long to, State state) {
        return change(() -> {
            NodeRow row = nodes.get(holder);
            if (row == null || !row.isHeld() || row.version() != from) {
                return new Outcome(false, row);
            }
            nodes.put(holder, new NodeRow(holder, to, row.ttl(), state));
            return new Outcome(true, null);
        });
    }

    @Override
    public CompletionStage<Boolean> release(Holder holder) {
        return change(() -> {
            NodeRow row = nodes.get(holder);
            boolean isHeld = row != null && row.isHeld();
            if (isHeld) {
                nodes.put(holder, new NodeRow(holder, row.version(), row.ttl(), State.RELEASED));
            }
            return isHeld;
        });
    }

    @Override
    public CompletionStage<Boolean> forget(Holder holder) {
        return change(() -> nodes.remove(holder) != null);
    }

    @Override
    public CompletionStage<NamedRow> named(String name) {
        return answer(() -> name(name));
    }

    @Override
    public CompletionStage<Boolean> assign(NamedRow was, @Nullable Holder to) {
        if (delaysNextChanges.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            late.add(() -> set(was, to));
            return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
        }
        return change(() -> set(was, to));
    }

    private synchronized boolean set(NamedRow was, @Nullable Holder to) {
        if (name(was.name()).version() != was.version()) {
            return false;
        }
        names.put(was.name(), new NamedRow(was.name(), was.version() + 1, to));
        return true;
    }

    /** As a coordinator that stood still does what it was asked for when it goes on. */
    void doLate() {
        for (Runnable each = late.poll(); each != null; each = late.poll()) {
            each.run();
        }
    }
}
