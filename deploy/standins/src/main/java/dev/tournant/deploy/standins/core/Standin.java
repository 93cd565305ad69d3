package dev.tournant.deploy.standins.core;

import java.net.URI;

/** A stand-in that runs. */
public interface Standin extends AutoCloseable {
    /** The base URL, without a slash at its end. */
    URI url();

    @Override
    void close();
}
