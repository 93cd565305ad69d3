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
 * @param send tells a merchant to read
 */
record PollerSetup(
        PollSettings settings,
        PollMemories memories,
        Predicate<PartnerName> subscribed,
        Consumer<Order> send,
        InstantSource wall,
        PollMetrics metrics) {}
