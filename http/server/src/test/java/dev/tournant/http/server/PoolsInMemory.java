package dev.tournant.http.server;

import dev.tournant.adapter.Lane;
import dev.tournant.messages.PoolBoard;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** As many pools as are put into it. */
final class PoolsInMemory implements PoolBoard {
    final TreeMap<String, Pool> all = new TreeMap<>();

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
    public CompletionStage<List<Pool>> pools(@Nullable String after, int limit) {
        Map<String, Pool> rest = after == null ? all : all.tailMap(after, false);
        return CompletableFuture.completedFuture(
                rest.values().stream().limit(limit).toList());
    }

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return CompletableFuture.completedFuture(Optional.ofNullable(all.get(name)));
    }
}
