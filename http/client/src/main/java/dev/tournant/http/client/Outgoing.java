package dev.tournant.http.client;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.Uri;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.IllegalUriException;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes an HTTP request of an adapter's, and refuses one that could leave the partner's base URL or smuggle a second
 * request. What it says of a refusal never holds the path, a header or the body.
 */
final class Outgoing {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    /** Printable ASCII but space, quotes, #, angle and curly brackets, backslash, caret, backtick and bar. */
    private static final Pattern PATH = Pattern.compile("/[!$-&'()*+,\\-./0-9:;=?@A-Z\\[\\]_a-z~]*");

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,16384}");
    /** These belong to the connection. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization");

    private Outgoing() {}

    static HttpRequest of(URI base, Request request) {
        List<HttpHeader> headers = new ArrayList<>();
        ContentType type = ContentTypes.APPLICATION_JSON;
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("content-type")) {
                type = type(header.getValue());
            } else {
                headers.add(header(header.getKey(), header.getValue()));
            }
        }
        HttpRequest out = HttpRequest.create()
                .withMethod(method(request.method()))
                .withUri(uri(base, request.path()))
                .addHeaders(headers);
        return request.json() == null
                ? out
                : out.withEntity(HttpEntities.create(type, request.json().getBytes(StandardCharsets.UTF_8)));
    }

    private static ContentType type(String text) {
        try {
            return ContentTypes.parse(text);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw Unreachable.unsent("refused to send: the Content-Type is malformed");
        }
    }

    private static HttpMethod method(String name) {
        if (!METHODS.contains(name)) {
            throw Unreachable.unsent("refused to send: the method is none of " + METHODS);
        }
        return HttpMethods.lookup(name).orElseThrow();
    }

    private static Uri uri(URI base, String path) {
        String lowerCase = path.toLowerCase(Locale.ROOT);
        int query = lowerCase.indexOf('?');
        // Dots lead nowhere in a query, and a partner's cursors may have them.
        String place = query < 0 ? lowerCase : lowerCase.substring(0, query);
        boolean stays = PATH.matcher(path).matches()
                && !path.startsWith("//")
                && !path.contains("://")
                && !place.contains("..")
                && !place.contains("%2e")
                && !lowerCase.contains("%0d")
                && !lowerCase.contains("%0a");
        if (!stays) {
            throw Unreachable.unsent("refused to send: the path could lead away from the partner");
        }
        try {
            String prefix = base.getRawPath() == null ? "" : base.getRawPath();
            return Uri.create(prefix + path);
        } catch (IllegalUriException e) {
            throw Unreachable.unsent("refused to send: the path is malformed");
        }
    }

    private static HttpHeader header(String name, String value) {
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw Unreachable.unsent("refused to send: a header is malformed");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw Unreachable.unsent("refused to send: an adapter may not set the header " + name);
        }
        return RawHeader.create(name, value);
    }
}
