package dev.tournant.adapter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a partner.
 *
 * @param path with query, below the partner's base URL: {@code /v2/catalog/search}
 * @param headers with the authorisation; never logged
 * @param json the body as JSON text; null for none
 * @param repeatable whether sending it twice does no more than sending it once
 */
public record Request(
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String json,
        boolean repeatable) {
    public Request {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
