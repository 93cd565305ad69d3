package dev.tournant.persistence;

/** Marks what is written to the journal, the snapshot store and other rows; bound to {@link StoredSerializer}. */
public interface Stored {}
