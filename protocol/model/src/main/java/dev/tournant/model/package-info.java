/**
 * The unified model: one merchant is one store, and its state is flat records of typed fields.
 *
 * <p>Values are plain Java; their JSON form is written by {@link dev.tournant.model.Codec}s as JDK maps, lists,
 * strings, numbers and booleans, so that HTTP, Kafka and the journal share one form and this module needs no JSON
 * library.
 */
@NullMarked
package dev.tournant.model;

import org.jspecify.annotations.NullMarked;
