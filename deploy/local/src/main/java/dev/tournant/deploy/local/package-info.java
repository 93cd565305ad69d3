/**
 * Starts real Cassandra and real Kafka from their Maven jars as child processes, and other JVMs in the same way.
 *
 * <p>Everything listens on loopback. A child never outlives the JVM that started it. Linux and macOS only: signals are
 * sent with the shell's {@code kill}.
 */
@NullMarked
package dev.tournant.deploy.local;

import org.jspecify.annotations.NullMarked;
