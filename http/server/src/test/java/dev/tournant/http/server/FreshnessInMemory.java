package dev.tournant.http.server;

import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells what it was given, and remembers what it was asked. */
final class FreshnessInMemory implements FreshnessBoard {
    final Map<String, Pool> pools = new HashMap<>();
    final Map<String, Outlook> outlooks = new HashMap<>();
    final List<Resource> resources = new ArrayList<>();
    final List<String> silentPools = new ArrayList<>();
    final List<Supposition> supposed = new ArrayList<>();
    final List<String> refreshed = new ArrayList<>();

    @Override
    public CompletionStage<Optional<Pool>> pool(String name) {
        return CompletableFuture.completedFuture(Optional.ofNullable(pools.get(name)));
    }

    @Override
    public CompletionStage<Optional<Outlook>> suppose(String name, Supposition supposition) {
        supposed.add(supposition);
        return CompletableFuture.completedFuture(Optional.ofNullable(outlooks.get(name)));
    }

    @Override
    public CompletionStage<Merchant> merchant(MerchantId merchant, MerchantProfile profile) {
        return CompletableFuture.completedFuture(new Merchant(resources, silentPools));
    }

    @Override
    public CompletionStage<Integer> refresh(MerchantId merchant, MerchantProfile profile, @Nullable LinkId link) {
        refreshed.add(merchant + (link == null ? "" : "/" + link));
        return CompletableFuture.completedFuture(link == null ? profile.links().size() : 1);
    }
}
