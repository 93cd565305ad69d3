package dev.tournant.deploy.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.OAuth2;
import dev.tournant.adapter.auth.SelfSignedJwt;
import dev.tournant.adapter.auth.SignedRequest;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.messages.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests as a file that editors can send ({@code .http}): each begins with a line {@code ### title}, and what is not known
 * here is a variable, {@code {{access-token}}}. So it holds no secret.
 */
final class HttpFile {
    private static final String CONTENT_TYPE = "Content-Type";

    private final String baseUrl;
    private final Map<String, String> authorising;

    private HttpFile(String baseUrl, Map<String, String> authorising) {
        this.baseUrl = baseUrl;
        this.authorising = authorising;
    }

    /** @param baseUrl of the partner, or a {@link #variable} */
    static HttpFile of(String baseUrl, AuthScheme scheme) {
        return new HttpFile(baseUrl, authorising(scheme));
    }

    static String variable(String name) {
        return "{{" + name + "}}";
    }

    /** The headers that are added to a request when it is sent. */
    private static Map<String, String> authorising(AuthScheme scheme) {
        if (scheme instanceof StaticHeader bare) {
            return bearing(bare.header(), bare.secret());
        }
        if (scheme instanceof OAuth2 oauth) {
            return bearing(oauth.header(), "access-token");
        }
        if (scheme instanceof SelfSignedJwt jwt) {
            return bearing(jwt.header(), "jwt");
        }
        if (scheme instanceof SignedRequest signed) {
            Map<String, String> headers = new TreeMap<>(Map.of(signed.header(), variable("signature")));
            if (signed.dateHeader() != null) {
                headers.put(signed.dateHeader(), variable("date"));
            }
            return headers;
        }
        throw new IllegalArgumentException("has no headers: " + scheme);
    }

    private static Map<String, String> bearing(PrefixedHeader header, String secret) {
        return Map.of(header.name(), header.prefix() + variable(secret));
    }

    /** A request as it is sent, but that JSON is indented. */
    List<String> lines(String title, Request request) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + title);
        lines.add(request.method() + " " + baseUrl + request.path());
        headers(request).forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("");
        if (request.json() != null) {
            body(request.json()).lines().forEach(lines::add);
            lines.add("");
        }
        return lines;
    }

    private Map<String, String> headers(Request request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (request.json() != null) {
            headers.put(CONTENT_TYPE, "application/json");
        }
        headers.putAll(request.headers());
        headers.putAll(authorising);
        return headers;
    }

    /** Token by token: 2.50 stays 2.50. */
    private static String body(String text) {
        JsonFactory json = Json.text().getFactory();
        StringWriter indented = new StringWriter();
        try (JsonParser from = json.createParser(text);
                JsonGenerator to = json.createGenerator(indented).useDefaultPrettyPrinter()) {
            while (from.nextToken() != null) {
                to.copyCurrentEventExact(from);
            }
        } catch (IOException e) {
            // A form, or what else the partner takes.
            return text;
        }
        return indented.toString();
    }
}
