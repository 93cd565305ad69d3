package dev.tournant.http.server;

import dev.tournant.adapter.Lane;
import dev.tournant.messages.PoolBoard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** As many pools as are put into it. */
final class PoolsInMemory implements PoolBoard {
    final TreeMap<String, Pool> all = new TreeMap<>();
    /** Names of those that do not answer; if there are any, a node does not answer either. */
    final TreeSet<String> silent = new TreeSet<>();

    void put(Pool pool) {
        all.put(pool.name(), pool);
    }

    /** A window of 20 calls a second that was never used. */
    static Pool idle(String name) {
        Map<String, Integer> waiting = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            waiting.put(lane.text(), 0);
        }
        return new Pool(
                name, "square", "calls", "window", 20, Duration.ofSeconds(1), null, 0, 0, waiting, 0, null, null);
    }

    @Override
    public CompletionStage<Page> pools(@Nullable String after, int limit) {
        List<String> names = List.copyOf((after == null ? all : all.tailMap(after, false)).keySet());
        List<String> shown = names.subList(0, Math.min(limit, names.size()));
        return CompletableFuture.completedFuture(new Page(
                shown.stream()
                        .filter(name -> !silent.contains(name))
                        .map(all::get)
                        .toList(),
                shown.stream().filter(silent::contains).toList(),
                silent.isEmpty() ? List.of() : List.of("10.0.0.9:25520"),
                shown.size() < names.size() ? shown.get(shown.size() - 1) : null));
    }

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return CompletableFuture.completedFuture(Optional.ofNullable(all.get(name)));
    }
}
