package dev.tournant.adapter;

import java.util.Optional;

/** Looks up secrets by the name under which the node's configuration holds them. */
public interface Credentials {
    Optional<Keyring> named(String name);
}
