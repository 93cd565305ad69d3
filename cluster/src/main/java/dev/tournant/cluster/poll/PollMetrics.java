package dev.tournant.cluster.poll;

import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.messages.FreshnessBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How fresh what this node's pollers watch is. By partner and resource, over all pools that are held here: there may be a pool
 * for each account, which are too many to have metrics of their own; {@code GET /v1/pools/{pool}/freshness} shows one.
 */
public final class PollMetrics {
    private final MeterRegistry registry;
    private final Map<String, FreshnessBoard.Pool> pools = new ConcurrentHashMap<>();
    private final Set<String> partners = ConcurrentHashMap.newKeySet();
    private final Set<Key> keys = ConcurrentHashMap.newKeySet();

    private record Key(String partner, String resource) {}

    public PollMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    OfPool of(String pool) {
        return new OfPool(pool);
    }

    /** Of one pool, until it is closed. */
    final class OfPool {
        private final String pool;

        private OfPool(String pool) {
            this.pool = pool;
        }

        void ordered(Order order) {
            count(
                    "tournant.poll.ordered",
                    order.name().feed(),
                    "lane",
                    order.lane().text());
        }

        void read(Feed feed, boolean changed) {
            count("tournant.poll.read", feed, "changed", String.valueOf(changed));
        }

        void broke(Feed feed, Trouble trouble) {
            count("tournant.poll.broke", feed, "trouble", trouble.name().toLowerCase(Locale.ROOT));
        }

        private void count(String name, Feed feed, String tag, String value) {
            registry.counter(name, "partner", feed.partner().value(), "resource", feed.resource(), tag, value)
                    .increment();
        }

        void measured(FreshnessBoard.@Nullable Pool now) {
            if (now == null) {
                pools.remove(pool);
                return;
            }
            pools.put(pool, now);
            now.sorts().forEach(sort -> show(new Key(sort.partner(), sort.resource())));
            now.sorts().stream().map(FreshnessBoard.Sort::partner).distinct().forEach(PollMetrics.this::show);
        }

        void close() {
            pools.remove(pool);
        }
    }

    private void show(Key key) {
        if (!keys.add(key)) {
            return;
        }
        Tags tags = Tags.of("partner", key.partner, "resource", key.resource);
        gauge(
                "tournant.poll.resources",
                "resources that are polled",
                tags,
                () -> sum(key, FreshnessBoard.Sort::resources));
        gauge(
                "tournant.poll.fresh",
                "the share of them that is believed fresh",
                tags,
                () -> mean(key, FreshnessBoard.Sort::fresh));
        gauge(
                "tournant.poll.failing",
                "those that cannot be read now",
                tags,
                () -> sum(key, FreshnessBoard.Sort::failing));
        gauge(
                "tournant.poll.parked",
                "those of them that have failed for long",
                tags,
                () -> sum(key, FreshnessBoard.Sort::parked));
        gauge(
                "tournant.poll.held",
                "those of them that need somebody to authorise us",
                tags,
                () -> sum(key, FreshnessBoard.Sort::held));
        gauge(
                "tournant.poll.newcomers",
                "those that wait for their first read",
                tags,
                () -> sum(key, FreshnessBoard.Sort::newcomers));
        gauge(
                "tournant.poll.starved",
                "those that were not read for longer than max-age",
                tags,
                () -> sum(key, FreshnessBoard.Sort::starved));
        gauge(
                "tournant.poll.error-budget-left",
                "what is left of the staleness that the objective allows; the least of all pools",
                tags,
                () -> least(key, FreshnessBoard.Sort::errorBudgetLeft));
        gauge(
                "tournant.poll.recall",
                "the share of changes that webhooks tell of",
                tags,
                () -> mean(key, FreshnessBoard.Sort::recall));
        gauge(
                "tournant.poll.precision",
                "the share of webhooks that tell of a change",
                tags,
                () -> mean(key, FreshnessBoard.Sort::precision));
        gauge(
                "tournant.poll.webhooks-silent",
                "pools whose webhooks seem to have broken down",
                tags,
                () -> sum(key, sort -> sort.webhooksSilent() ? 1 : 0));
        age(tags, "0.5", key, sort -> sort.ageP50().toMillis() / 1e3);
        age(tags, "0.9", key, sort -> sort.ageP90().toMillis() / 1e3);
        age(tags, "0.99", key, sort -> sort.ageP99().toMillis() / 1e3);
        age(tags, "1", key, sort -> sort.ageMax().toMillis() / 1e3);
    }

    private void age(Tags tags, String quantile, Key key, ToDoubleFunction<FreshnessBoard.Sort> of) {
        gauge(
                "tournant.poll.age",
                "seconds since a resource was read; the most of all pools",
                tags.and("quantile", quantile),
                () -> most(key, of));
    }

    private void show(String partner) {
        if (!partners.add(partner)) {
            return;
        }
        Tags tags = Tags.of("partner", partner);
        gauge(
                "tournant.poll.bound",
                "what no schedule of so many calls can exceed, as a share of resources",
                tags,
                () -> ofPartner(partner, FreshnessBoard.Pool::bound));
        gauge(
                "tournant.poll.ratio",
                "what is believed fresh beside that bound",
                tags,
                () -> ofPartner(partner, FreshnessBoard.Pool::ratio));
        gauge(
                "tournant.poll.price",
                "resources more that would be fresh with one more call a second",
                tags,
                () -> ofPartner(partner, FreshnessBoard.Pool::price));
        gauge(
                "tournant.poll.audited-fresh",
                "the share of polls drawn by lot that found nothing new",
                tags,
                () -> audited(partner));
    }

    private void gauge(String name, String what, Tags tags, java.util.function.Supplier<Number> value) {
        Gauge.builder(name, value).description(what).tags(tags).register(registry);
    }

    private java.util.stream.Stream<FreshnessBoard.Sort> sorts(Key key) {
        return pools.values().stream()
                .flatMap(pool -> pool.sorts().stream())
                .filter(sort ->
                        sort.partner().equals(key.partner) && sort.resource().equals(key.resource));
    }

    private double sum(Key key, ToDoubleFunction<FreshnessBoard.Sort> of) {
        return sorts(key).mapToDouble(of).sum();
    }

    private double mean(Key key, ToDoubleFunction<FreshnessBoard.Sort> of) {
        double resources = sum(key, FreshnessBoard.Sort::resources);
        return resources == 0 ? Double.NaN : sum(key, sort -> sort.resources() * of.applyAsDouble(sort)) / resources;
    }

    private double least(Key key, ToDoubleFunction<FreshnessBoard.Sort> of) {
        return sorts(key).mapToDouble(of).min().orElse(Double.NaN);
    }

    private double most(Key key, ToDoubleFunction<FreshnessBoard.Sort> of) {
        return sorts(key).mapToDouble(of).max().orElse(Double.NaN);
    }

    private double ofPartner(String partner, ToDoubleFunction<FreshnessBoard.Pool> of) {
        double resources = 0;
        double total = 0;
        for (FreshnessBoard.Pool pool : pools.values()) {
            if (pool.sorts().stream().anyMatch(sort -> sort.partner().equals(partner))) {
                resources += pool.resources();
                total += pool.resources() * of.applyAsDouble(pool);
            }
        }
        return resources == 0 ? Double.NaN : total / resources;
    }

    private double audited(String partner) {
        double polls = 0;
        double fresh = 0;
        for (FreshnessBoard.Pool pool : pools.values()) {
            Double share = pool.auditedFresh();
            if (share != null
                    && pool.sorts().stream().anyMatch(sort -> sort.partner().equals(partner))) {
                polls += pool.audited();
                fresh += pool.audited() * share;
            }
        }
        return polls == 0 ? Double.NaN : fresh / polls;
    }
}
