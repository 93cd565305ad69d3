/** What operators see of a node: Kafka settings, health, lag. */
@NullMarked
package dev.tournant.cluster.ops;

import org.jspecify.annotations.NullMarked;
