package dev.tournant.deploy.local;

import java.nio.file.Path;

/**
 * The folder of the sources, where what nobody gave a place is kept. Paths that somebody gives are those of the folder that
 * a launcher was called from, which is the working directory.
 */
public final class Checkout {
    private static final String PROPERTY = "tournant.checkout";

    private Checkout() {}

    /** A place in the checkout; in the working directory where no launcher says which folder that is. */
    public static Path path(String relative) {
        return Path.of(System.getProperty(PROPERTY, "")).resolve(relative);
    }
}
