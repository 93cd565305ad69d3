package dev.tournant.http.server;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one link should show, and what its partner holds, page by page. A merchant that changes meanwhile is read
 * again, so that no record is missed that moved between two pages.
 */
final class LinkReading {
    /** Pages of one link; a merchant may hold fewer records than fill them. */
    private static final int PAGES_MAX = 200;
    /** How often a merchant that keeps changing is read; then the last reading counts. */
    private static final int TRIES_MAX = 3;

    private final Asking asking;
    private final Executor executor;
    private final MerchantId merchant;
    private final LinkId link;

    LinkReading(Asking asking, Executor executor, MerchantId merchant, LinkId link) {
        this.asking = asking;
        this.executor = executor;
        this.merchant = merchant;
        this.link = link;
    }

    /** The records that the link should show, as it should show them, as of one revision. */
    CompletionStage<List<FlatRecord>> records() {
        return records(1);
    }

    private CompletionStage<List<FlatRecord>> records(int attempt) {
        return records(null, new ArrayList<>(), 1, null, attempt);
    }

    private CompletionStage<List<FlatRecord>> records(
            @Nullable RecordKey after, List<FlatRecord> found, int number, @Nullable Long revision, int attempt) {
        return asking.ask(merchant, new MerchantQuery.Shown(link, after), MerchantReply.Records.class)
                .thenComposeAsync(page -> follow(page, found, number, revision, attempt), executor);
    }

    private CompletionStage<List<FlatRecord>> follow(
            MerchantReply.Records page, List<FlatRecord> found, int number, @Nullable Long revision, int attempt) {
        boolean moved = revision != null && revision != page.merchantRevision();
        if (moved && attempt < TRIES_MAX) {
            return records(attempt + 1);
        }
        found.addAll(page.values());
        if (!page.more() || page.values().isEmpty()) {
            return CompletableFuture.completedFuture(found);
        }
        RecordKey last = page.values().get(page.values().size() - 1).key();
        return records(last, found, next(number), page.merchantRevision(), attempt);
    }

    /** What the partner holds, by our keys. */
    CompletionStage<Map<RecordKey, Remote>> remotes() {
        return remotes(null, new HashMap<>(), 1);
    }

    private CompletionStage<Map<RecordKey, Remote>> remotes(
            @Nullable RecordKey after, Map<RecordKey, Remote> found, int number) {
        return asking.ask(merchant, new MerchantQuery.Held(link, after), MerchantReply.Held.class)
                .thenComposeAsync(
                        page -> {
                            page.values().forEach(each -> found.put(each.key(), remote(each)));
                            if (!page.more() || page.values().isEmpty()) {
                                return CompletableFuture.completedFuture(found);
                            }
                            RecordKey last =
                                    page.values().get(page.values().size() - 1).key();
                            return remotes(last, found, next(number));
                        },
                        executor);
    }

    private static Remote remote(RemoteRecord held) {
        String json = held.document();
        return new Remote(
                held.id(),
                held.version(),
                json == null ? null : Documents.object(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static int next(int number) {
        if (number == PAGES_MAX) {
            throw new Refusal(
                    Problem.TOO_MANY_RECORDS, "the merchant's records fill more than " + PAGES_MAX + " pages");
        }
        return number + 1;
    }
}
