package dev.tournant.http.client;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Details;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.Token;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of an answer what its request was authorised with. Partners echo what they were sent, in errors above all,
 * and answers go into Kafka, outcomes, logs and reports; none of these gets to see a secret.
 */
final class Redaction {
    /**
     * Shorter values are left where they stand: they are words of documents too. No partner gives out such secrets.
     */
    static final int SECRET_CHARS_MIN = 8;

    private static final int DERIVED_CHARS_MIN = 24;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T");
    private static final byte[] LEFT_OUT = Details.LEFT_OUT.getBytes(StandardCharsets.UTF_8);

    /** From long to short, as one may hold another. */
    private final List<byte[]> secrets = new ArrayList<>();

    /**
     * What is not to be repeated.
     *
     * @param bare the request before it was authorised: what is new in its headers is taken out too, signatures and
     *     self-made tokens among it
     */
    Redaction(Keyring keys, @Nullable Token token, Request bare, Request authorised) {
        Set<String> all = new TreeSet<>(keys.secrets());
        if (token != null) {
            all.add(token.access());
            all.add(token.refresh() == null ? "" : token.refresh());
        }
        authorised.headers().forEach((name, value) -> {
            if (!value.equals(bare.headers().get(name))) {
                all.addAll(derived(name, value));
            }
        });
        Set<String> forms = new TreeSet<>();
        all.stream().filter(each -> each.length() >= SECRET_CHARS_MIN).forEach(each -> forms.addAll(forms(each)));
        forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(each -> secrets.add(each.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Signatures and tokens of our own making in a header, without the name of the scheme: Bearer, Basic. Other headers
     * than {@code Authorization} bear times too, which stand in documents as well.
     */
    private static List<String> derived(String header, String value) {
        boolean sure = header.equalsIgnoreCase("authorization");
        return Arrays.stream(value.split(" ", -1))
                .filter(part -> sure
                        || (part.length() >= DERIVED_CHARS_MIN
                                && !DATE.matcher(part).lookingAt()))
                .toList();
    }

    /** As it may be echoed: itself, in JSON, in a URL, in Base64. */
    private static List<String> forms(String secret) {
        String json = Documents.text(TextNode.valueOf(secret));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return List.of(
                secret,
                json.substring(1, json.length() - 1),
                FormBody.percent(secret),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The same answer, or one without the secrets; {@value Details#LEFT_OUT} stands in their place. */
    Answer of(Answer answer) {
        byte[] body = without(answer.body());
        Map<String, String> headers = new HashMap<>();
        boolean changed = body != answer.body();
        for (Map.Entry<String, String> each : answer.headers().entrySet()) {
            byte[] value = each.getValue().getBytes(StandardCharsets.UTF_8);
            byte[] clean = without(value);
            changed |= clean != value;
            headers.put(each.getKey(), clean == value ? each.getValue() : new String(clean, StandardCharsets.UTF_8));
        }
        return changed ? new Answer(answer.status(), headers, body, answer.at()) : answer;
    }

    /** The very array where there is nothing to take out. */
    private byte[] without(byte[] text) {
        byte[] clean = text;
        for (byte[] secret : secrets) {
            clean = without(clean, secret);
        }
        return clean;
    }

    private static byte[] without(byte[] text, byte[] secret) {
        int at = indexOf(text, secret, 0);
        if (at < 0) {
            return text;
        }
        ByteArrayOutputStream clean = new ByteArrayOutputStream(text.length);
        int from = 0;
        while (at >= 0) {
            clean.write(text, from, at - from);
            clean.writeBytes(LEFT_OUT);
            from = at + secret.length;
            at = indexOf(text, secret, from);
        }
        clean.write(text, from, text.length - from);
        return clean.toByteArray();
    }

    private static int indexOf(byte[] text, byte[] secret, int from) {
        int last = text.length - secret.length;
        for (int at = from; at <= last; at++) {
            if (text[at] == secret[0] && isAt(text, secret, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(byte[] text, byte[] secret, int at) {
        for (int i = 1; i < secret.length; i++) {
            if (text[at + i] != secret[i]) {
                return false;
            }
        }
        return true;
    }
}
