package dev.tournant.cluster.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.messages.Json;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether values are the same as they were, on any node and in any version: 64 bits of SHA-256 over their JSON. */
public final class Fingerprint {
    private static final int BYTES = 8;

    private Fingerprint() {}

    public static String of(Kind kind, FieldMap fields) {
        try {
            return of(Json.text().writeValueAsString(FieldMap.codec(kind).write(fields)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values of records can be written", e);
        }
    }

    static String of(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
