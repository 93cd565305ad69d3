package dev.tournant.adapter;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A partner's answer.
 *
 * @param headers by lower-case name
 * @param at when it arrived, by our clock
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Answer(int status, Map<String, String> headers, byte[] body, Instant at) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
