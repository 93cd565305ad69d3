package dev.tournant.deploy.standins.core;

import java.net.URI;
import java.util.Set;

/** URLs that others give us to call them by. */
public final class HttpUrl {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int PORT_MAX = 65_535;

    private HttpUrl() {}

    /**
     * Throws {@link IllegalArgumentException} for what cannot be called, so that this shows when the URL is given and not at
     * each call.
     */
    public static URI of(String text) {
        URI url = URI.create(text);
        if (url.getScheme() == null
                || !SCHEMES.contains(url.getScheme())
                || url.getHost() == null
                || url.getPort() > PORT_MAX) {
            throw new IllegalArgumentException("no http URL: " + text);
        }
        return url;
    }
}
