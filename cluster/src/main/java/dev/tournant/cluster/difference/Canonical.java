package dev.tournant.cluster.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of data that is the same for what means the same: members of objects count in the order of their names, numbers
 * by their worth. Each part goes in with its type and its length, so that no two different sequences look alike.
 */
final class Canonical {
    private static final int DIGEST_BYTES = 10;
    private static final int RADIX = 32;
    /** 80 bits, 5 a character. */
    private static final int NAME_CHARS = 16;

    private final MessageDigest digest;

    Canonical() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** {@value #NAME_CHARS} characters of 0-9 and a-v; nothing may be added after it. */
    String name() {
        String text = new BigInteger(1, digest.digest(), 0, DIGEST_BYTES).toString(RADIX);
        return "0".repeat(NAME_CHARS - text.length()) + text;
    }

    Canonical text(String value) {
        return part('t', value);
    }

    /** Text or nothing. */
    Canonical textOrNone(@Nullable String value) {
        return value == null ? part('z', "") : text(value);
    }

    Canonical number(long value) {
        return number(BigDecimal.valueOf(value));
    }

    /** Begins a list of so many parts. */
    Canonical list(int size) {
        return part('a', String.valueOf(size));
    }

    /** Plain JSON data: maps, lists, text, numbers, booleans, null. */
    Canonical plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put(String.valueOf(name), each));
            part('o', String.valueOf(sorted.size()));
            sorted.forEach((name, each) -> text(name).plain(each));
            return this;
        }
        if (value instanceof Collection<?> all) {
            list(all.size());
            all.forEach(this::plain);
            return this;
        }
        if (value instanceof Number number) {
            return number(new BigDecimal(number.toString()));
        }
        return value instanceof Boolean flag ? part('b', flag.toString()) : textOrNone((String) value);
    }

    /** A document, or none. */
    Canonical document(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return part('z', "");
        }
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.fields().forEachRemaining(member -> sorted.put(member.getKey(), member.getValue()));
            part('o', String.valueOf(sorted.size()));
            sorted.forEach((name, each) -> text(name).document(each));
            return this;
        }
        if (node.isArray()) {
            list(node.size());
            node.forEach(this::document);
            return this;
        }
        if (node.isNumber()) {
            return number(node.decimalValue());
        }
        return node.isBoolean() ? part('b', node.asText()) : text(node.asText());
    }

    /** Never written out: 1E999999999 would fill the memory. */
    private Canonical number(BigDecimal value) {
        return part('n', value.stripTrailingZeros().toString());
    }

    private Canonical part(char type, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) type);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }
}
