package dev.tournant.adapter;

import java.util.Map;
import java.util.Optional;

/**
 * A partner's answer.
 *
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Answer(int status, Map<String, String> headers, byte[] body) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
