/**
 * What a merchant is told and answers, the Kafka envelopes, and the ports through which {@code http} calls the cluster.
 */
@NullMarked
package dev.tournant.messages;

import org.jspecify.annotations.NullMarked;
