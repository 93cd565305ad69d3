package dev.tournant.adapter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to a partner.
 *
 * @param path with query, below the partner's base URL: {@code /v2/catalog/search}
 * @param headers without the authorisation, which is added when it is sent; never logged
 * @param json the body as text, null for none; JSON unless a {@code Content-Type} among the headers says otherwise; never
 *     logged
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

    /** The same with one more header; it takes the place of one that has this name in the same case. */
    public Request with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Request(method, path, more, json, repeatable);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
