package dev.tournant.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions that this was built of. */
public final class Versions implements IVersionProvider {
    private static final Properties BUILT = built();

    static String tournant() {
        return BUILT.getProperty("tournant", "unknown");
    }

    static String junit() {
        return BUILT.getProperty("junit", "unknown");
    }

    private static Properties built() {
        Properties built = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in != null) {
                built.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return built;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"tournant " + tournant()};
    }
}
