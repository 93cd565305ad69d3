package dev.tournant.cluster.poll;

import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.persistence.PollMemories;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What the pollers of a node share.
 *
 * @param subscribed whether a feed's partner sends webhooks
 * @param send tells a merchant to read
 */
record PollerSetup(
        PollSettings settings,
        PollMemories memories,
        Predicate<Feed> subscribed,
        Consumer<Timetable.Order> send,
        InstantSource wall,
        PollMetrics metrics) {}
