package dev.tournant.http.server;

import akka.http.javadsl.model.HttpRequest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id under which a request is found again: the trace id of W3C Trace Context, 32 hexadecimal digits. */
final class Trace {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String NONE = "0".repeat(32);

    private Trace() {}

    /** The caller's trace id, or a new one. */
    static String of(HttpRequest request) {
        List<String> parents = Call.header(request, "traceparent");
        if (parents.size() == 1) {
            Matcher parent = TRACEPARENT.matcher(parents.get(0));
            if (parent.matches() && !parent.group(1).equals(NONE)) {
                return parent.group(1);
            }
        }
        byte[] random = new byte[16];
        ThreadLocalRandom.current().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
