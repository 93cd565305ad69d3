/** Measures a node on real Cassandra and Kafka; see the README. */
@NullMarked
package dev.tournant.deploy.bench;

import org.jspecify.annotations.NullMarked;
