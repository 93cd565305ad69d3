package dev.tournant.cluster.poll;

import dev.tournant.model.PartnerName;
import dev.tournant.persistence.PollMemories;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the pollers of a node share.
 *
 * @param subscribed which partners send webhooks
 * @param webhooks of partners, as they are heard in all pools
 * @param send tells a merchant to read
 */
record PollerSetup(
        PollSettings settings,
        PollMemories memories,
        Predicate<PartnerName> subscribed,
        PartnerWebhooks webhooks,
        Consumer<Order> send,
        InstantSource wall,
        PollMetrics metrics) {}
