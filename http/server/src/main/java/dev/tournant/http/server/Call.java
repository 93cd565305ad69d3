package dev.tournant.http.server;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import dev.tournant.messages.Problem;
import dev.tournant.model.Kind;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request that was let in.
 *
 * @param names what stood for each variable segment of the path
 * @param trace the request's id, and the trace it belongs to
 * @param address whom it comes from, as {@link ClientAddress} says
 */
record Call(HttpRequest request, Map<String, String> names, String trace, String address) {
    MerchantId merchant() {
        return new MerchantId(name("id"));
    }

    LinkId link() {
        return new LinkId(name("link"));
    }

    Kind kind() {
        return Kind.of(name("kind"));
    }

    RecordKey key() {
        return new RecordKey(kind(), new RecordId(name("recordId")));
    }

    String name(String variable) {
        String value = names.get(variable);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + variable + "}");
        }
        return value;
    }

    /** The query's parameters; one that nobody knows, or that stands there twice, is refused. */
    Map<String, String> query(String... known) {
        Map<String, String> query = new LinkedHashMap<>();
        request.getUri().query().toMultiMap().forEach((name, values) -> {
            if (!List.of(known).contains(name)) {
                throw new Refusal(
                        Problem.BAD_REQUEST,
                        "query parameter " + shown(name) + " is unknown here; "
                                + (known.length == 0 ? "there are none" : "use " + String.join(", ", known)));
            }
            if (values.size() > 1) {
                throw new Refusal(Problem.BAD_REQUEST, "query parameter " + name + " stands there twice");
            }
            query.put(name, values.get(0));
        });
        return query;
    }

    /** All values that a header was sent with. */
    List<String> header(String name) {
        return header(request, name);
    }

    /** Whether the caller names plain text in {@code Accept}, and before JSON if it names that too. */
    boolean wantsText() {
        for (String value : header("Accept")) {
            for (String range : value.split(",", -1)) {
                String type = range.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
                if (type.equals("text/plain") || type.equals("application/json")) {
                    return type.equals("text/plain");
                }
            }
        }
        return false;
    }

    static List<String> header(HttpRequest request, String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>(1);
        for (HttpHeader header : request.getHeaders()) {
            if (header.is(lowerCase)) {
                values.add(header.value());
            }
        }
        return values;
    }

    /** Text of the caller's, short enough to be sent back. */
    static String shown(String text) {
        return '"' + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
    }
}
