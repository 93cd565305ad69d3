package dev.tournant.adapter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook as it arrived.
 *
 * @param url the notification URL as it is registered at the partner, which may differ from the one seen here
 * @param headers by lower-case name
 * @param body the raw bytes
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Hook(String url, Map<String, String> headers, byte[] body) {
    public Hook {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The same with one more header; it takes the place of one that has this name. */
    public Hook with(String lowerCaseName, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(lowerCaseName, value);
        return new Hook(url, more, body);
    }
}
