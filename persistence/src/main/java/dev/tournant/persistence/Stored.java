package dev.tournant.persistence;

/** Marks what is written to the journal and the snapshot store; bound to {@link StoredSerializer}. */
public interface Stored {}
