package dev.tournant.messages;

import dev.tournant.model.Instants;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code tournant.inbound}: the merchant's id is its key, the partner's bytes are its value, untouched,
 * and the rest stands in text headers.
 *
 * @param trace follows the payload through the system; at most {@value #TRACE_CHARS_MAX} characters
 * @param page set where we fetched the payload ourselves
 */
@SuppressWarnings("ArrayRecordComponent") // up to megabytes: handed on as they are, never compared
public record Inbound(
        MerchantId merchant,
        PartnerName partner,
        LinkId link,
        Source source,
        Instant receivedAt,
        String trace,
        @Nullable FeedPage page,
        byte[] body) {
    /** The version of these headers; a reader refuses a newer one rather than guess. */
    public static final int FORMAT = 1;

    public static final int TRACE_CHARS_MAX = 64;

    public static final String FORMAT_HEADER = "tournant-format";
    public static final String PARTNER_HEADER = "tournant-partner";
    public static final String LINK_HEADER = "tournant-link";
    /** Of an {@link Unclaimed} payload only. */
    public static final String ACCOUNT_HEADER = "tournant-account";

    public static final String SOURCE_HEADER = "tournant-source";
    public static final String RECEIVED_HEADER = "tournant-received-at";
    public static final String TRACE_HEADER = "tournant-trace";
    public static final String RESOURCE_HEADER = "tournant-resource";
    public static final String GENERATION_HEADER = "tournant-generation";
    public static final String LAST_HEADER = "tournant-last";
    public static final String UNTIL_HEADER = "tournant-until";
    public static final String READ_HEADER = "tournant-read";
    public static final String PAGE_HEADER = "tournant-page";
    public static final String ONWARD_HEADER = "tournant-onward";
    /** The id of the request that put a stored record in again; it is read though its events are known. */
    public static final String REPLAY_HEADER = "tournant-replay";

    /** How the payload came to us. */
    public enum Source {
        WEBHOOK,
        POLL,
        FEED
    }

    /** Everything but key and value. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(FORMAT_HEADER, Integer.toString(FORMAT));
        headers.put(PARTNER_HEADER, partner.value());
        headers.put(LINK_HEADER, link.value());
        headers.put(SOURCE_HEADER, source.name());
        headers.put(RECEIVED_HEADER, Instants.print(receivedAt));
        headers.put(TRACE_HEADER, trace);
        if (page != null) {
            headers.put(RESOURCE_HEADER, page.resource());
            headers.put(GENERATION_HEADER, Long.toString(page.generation()));
            headers.put(LAST_HEADER, Boolean.toString(page.last()));
            if (page.until() != null) {
                headers.put(UNTIL_HEADER, page.until());
            }
            FeedPage.Leaf leaf = page.leaf();
            if (leaf != null) {
                headers.put(READ_HEADER, leaf.read());
                headers.put(PAGE_HEADER, Integer.toString(leaf.number()));
            }
            if (page.onward() != null) {
                headers.put(ONWARD_HEADER, page.onward());
            }
        }
        return headers;
    }

    /** Why a Kafka record is no {@link Inbound}. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final Problem problem;

        Malformed(Problem problem, String detail) {
            super(detail, null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }

    /**
     * Reads a Kafka record.
     *
     * @param key the record's key; null where it has none
     * @param receivedAt counts where the header is missing: other producers need not send it
     */
    public static Inbound read(
            @Nullable String key, Map<String, String> headers, byte @Nullable [] body, Instant receivedAt)
            throws Malformed {
        String format = headers.getOrDefault(FORMAT_HEADER, Integer.toString(FORMAT));
        if (!format.equals(Integer.toString(FORMAT))) {
            throw new Malformed(
                    Problem.UNSUPPORTED_FORMAT, FORMAT_HEADER + " is " + format + "; this version reads " + FORMAT);
        }
        String account = headers.get(ACCOUNT_HEADER);
        if (key == null && account != null) {
            throw new Malformed(
                    Problem.UNKNOWN_ACCOUNT,
                    "no link leads to account \"" + account + "\" of " + headers.get(PARTNER_HEADER));
        }
        if (key == null) {
            throw new Malformed(Problem.MISSING_KEY, "the record has no key");
        }
        if (body == null) {
            throw new Malformed(Problem.UNREADABLE, "the record has no value");
        }
        try {
            String received = headers.get(RECEIVED_HEADER);
            return new Inbound(
                    new MerchantId(key),
                    new PartnerName(need(headers, PARTNER_HEADER)),
                    new LinkId(need(headers, LINK_HEADER)),
                    source(headers.getOrDefault(SOURCE_HEADER, Source.FEED.name())),
                    received == null ? receivedAt : Instants.parse(received),
                    trace(headers.getOrDefault(TRACE_HEADER, "")),
                    page(headers),
                    body);
        } catch (InvalidValue | DateTimeException | IllegalArgumentException e) {
            throw new Malformed(Problem.UNREADABLE, "key or headers: " + e.getMessage());
        }
    }

    private static String need(Map<String, String> headers, String name) throws Malformed {
        String value = headers.get(name);
        if (value == null) {
            throw new Malformed(Problem.MISSING_HEADER, "the record has no header " + name);
        }
        return value;
    }

    /** No reason to refuse a payload: a trace that is too long is cut. */
    private static String trace(String trace) {
        return trace.length() <= TRACE_CHARS_MAX ? trace : trace.substring(0, TRACE_CHARS_MAX);
    }

    private static boolean last(String value) throws Malformed {
        if (!value.equals("true") && !value.equals("false")) {
            throw new Malformed(Problem.UNREADABLE, LAST_HEADER + " is " + value + "; use true or false");
        }
        return value.equals("true");
    }

    private static Source source(String name) throws Malformed {
        for (Source source : Source.values()) {
            if (source.name().equals(name)) {
                return source;
            }
        }
        throw new Malformed(Problem.UNREADABLE, SOURCE_HEADER + " is " + name + "; use WEBHOOK, POLL or FEED");
    }

    private static @Nullable FeedPage page(Map<String, String> headers) throws Malformed {
        String resource = headers.get(RESOURCE_HEADER);
        return resource == null
                ? null
                : new FeedPage(
                        resource,
                        Long.parseLong(need(headers, GENERATION_HEADER)),
                        last(need(headers, LAST_HEADER)),
                        headers.get(UNTIL_HEADER),
                        leaf(headers),
                        headers.get(ONWARD_HEADER));
    }

    private static FeedPage.@Nullable Leaf leaf(Map<String, String> headers) throws Malformed {
        String read = headers.get(READ_HEADER);
        return read == null ? null : new FeedPage.Leaf(read, Integer.parseInt(need(headers, PAGE_HEADER)));
    }
}
