/** From merchants to Kafka: committed changes, and the directory that every node reads back. */
@NullMarked
package dev.tournant.cluster.publish;

import org.jspecify.annotations.NullMarked;
