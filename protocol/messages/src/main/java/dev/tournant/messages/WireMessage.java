package dev.tournant.messages;

/** Marks what travels between nodes; bound to the Jackson CBOR serializer in {@code tournant-cluster.conf}. */
public interface WireMessage {}
