package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Expiry;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.RequestPart;
import dev.tournant.adapter.auth.SelfSignedJwt;
import dev.tournant.adapter.auth.SignedRequest;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.HmacAlgorithm;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code authentication}: one scheme by its name. */
final class Authentications {
    private static final Duration BEFORE = Duration.ofMinutes(5);

    private Authentications() {}

    static AuthScheme read(Yaml part) {
        part.only("static-header", "client-credentials", "authorization-code", "signed-request", "signed-jwt");
        Map<String, Yaml> members = part.members();
        if (members.size() != 1) {
            throw part.wrong("must name one scheme, such as client-credentials");
        }
        Map.Entry<String, Yaml> scheme = members.entrySet().iterator().next();
        Yaml inside = scheme.getValue();
        return switch (scheme.getKey()) {
            case "static-header" -> {
                inside.only("header", "prefix", "secret");
                yield new StaticHeader(header(inside), inside.need("secret").text());
            }
            case "client-credentials" -> clientCredentials(inside);
            case "authorization-code" -> authorizationCode(inside);
            case "signed-request" -> signedRequest(inside);
            default -> jwt(inside);
        };
    }

    /** {@code header} and {@code prefix} of a part. */
    static PrefixedHeader header(Yaml part) {
        return new PrefixedHeader(part.need("header").text(), part.text("prefix", ""));
    }

    private static PrefixedHeader bearer(Yaml part) {
        return part.get("header").isPresent() ? header(part) : PrefixedHeader.bearer();
    }

    private static AuthScheme clientCredentials(Yaml part) {
        part.only("token", "answer", "renew", "header", "prefix");
        Yaml token = part.need("token");
        return new ClientCredentials(
                call(token, TokenCall.clientCredentials(path(token), format(token))),
                fields(part),
                renewal(part),
                bearer(part));
    }

    private static AuthScheme authorizationCode(Yaml part) {
        part.only("token", "refresh", "answer", "renew", "header", "prefix");
        Yaml token = part.need("token");
        Yaml refresh = part.get("refresh").orElse(token);
        return new AuthorizationCode(
                call(token, TokenCall.authorizationCode(path(token), format(token))),
                call(refresh, TokenCall.refreshToken(path(refresh), format(refresh))),
                fields(part),
                renewal(part),
                bearer(part));
    }

    private static String path(Yaml token) {
        return token.need("path").text();
    }

    private static TokenCall.Format format(Yaml token) {
        return token.get("format")
                .map(format -> format.oneOf(TokenCall.Format.class))
                .orElse(TokenCall.Format.FORM);
    }

    /** The fields of RFC 6749 where the manifest names none; those that it has are added to them with {@code more}. */
    private static TokenCall call(Yaml token, TokenCall standard) {
        token.only("path", "format", "fields", "more", "headers");
        Map<String, Value> fields =
                token.get("fields").map(Authentications::values).orElse(standard.fields());
        Map<String, Value> all = new LinkedHashMap<>(fields);
        token.get("more").map(Authentications::values).ifPresent(all::putAll);
        Map<String, Value> headers =
                token.get("headers").map(Authentications::values).orElse(Map.of());
        return token.make(() -> new TokenCall(standard.path(), standard.format(), all, headers));
    }

    private static Map<String, Value> values(Yaml part) {
        Map<String, Value> values = new LinkedHashMap<>();
        part.members().forEach((name, each) -> values.put(name, value(each)));
        return values;
    }

    /** A text, {@code {secret: client-id}}, {@code {basic: [client-id, client-secret]}} or {@code {given: code}}. */
    private static Value value(Yaml part) {
        if (part.isText()) {
            return new Value.Text(part.text());
        }
        part.only("secret", "basic", "given");
        if (part.get("basic").isPresent()) {
            List<String> names = part.need("basic").texts();
            if (names.size() != 2) {
                throw part.need("basic").wrong("must be the names of two secrets");
            }
            return new Value.Basic(names.get(0), names.get(1));
        }
        return part.get("given")
                .<Value>map(given -> given.oneOf(Value.Given.class))
                .orElseGet(() -> new Value.Secret(part.need("secret").text()));
    }

    private static TokenFields fields(Yaml scheme) {
        Optional<Yaml> found = scheme.get("answer");
        if (found.isEmpty()) {
            return TokenFields.standard();
        }
        Yaml part = found.get()
                .only(
                        "access-token",
                        "refresh-token",
                        "expiry",
                        "expiry-form",
                        "lifetime",
                        "error",
                        "passing",
                        "lasting");
        TokenFields standard = TokenFields.standard();
        Expiry expiry = new Expiry(
                path(part, "expiry", standard.expiry().field()),
                part.get("expiry-form").map(form -> form.oneOf(TimeForm.class)).orElse(null),
                part.get("lifetime")
                        .map(Yaml::duration)
                        .orElse(standard.expiry().otherwise()));
        return new TokenFields(
                path(part, "access-token", standard.accessToken()),
                part.get("refresh-token").map(name -> FieldPath.of(name.text())).orElse(standard.refreshToken()),
                expiry,
                path(part, "error", standard.error()),
                words(part, "passing", standard.passing()),
                words(part, "lasting", standard.lasting()));
    }

    private static FieldPath path(Yaml part, String name, FieldPath absent) {
        return part.get(name).map(path -> FieldPath.of(path.text())).orElse(absent);
    }

    private static Set<String> words(Yaml part, String name, Set<String> absent) {
        return part.get(name)
                .<Set<String>>map(words -> new HashSet<>(words.texts()))
                .orElse(absent);
    }

    private static Renewal renewal(Yaml scheme) {
        return scheme.get("renew")
                .map(part -> {
                    part.only("before", "every");
                    return part.make(() -> new Renewal(
                            part.get("before").map(Yaml::duration).orElse(BEFORE),
                            part.get("every").map(Yaml::duration).orElse(null)));
                })
                .orElse(new Renewal(BEFORE, null));
    }

    private static AuthScheme signedRequest(Yaml part) {
        part.only("header", "before", "form", "algorithm", "key", "key-form", "parts", "date-header");
        return new SignedRequest(
                part.need("header").text(),
                part.get("before").map(before -> parts(before)).orElse(List.of()),
                part.need("form").oneOf(SignatureForm.class),
                algorithm(part),
                part.need("key").text(),
                keyForm(part),
                parts(part.need("parts")),
                part.get("date-header").map(Yaml::text).orElse(null));
    }

    static HmacAlgorithm algorithm(Yaml part) {
        return part.get("algorithm")
                .map(name -> name.oneOf(HmacAlgorithm.class))
                .orElse(HmacAlgorithm.SHA256);
    }

    static KeyForm keyForm(Yaml part) {
        return part.get("key-form").map(form -> form.oneOf(KeyForm.class)).orElse(KeyForm.TEXT);
    }

    private static List<RequestPart> parts(Yaml part) {
        return part.oneOrMore().stream().map(Authentications::requestPart).toList();
    }

    private static RequestPart requestPart(Yaml part) {
        if (part.isText()) {
            return part.oneOf(Map.of(
                    "verb", new RequestPart.Verb(),
                    "path-and-query", new RequestPart.PathAndQuery(),
                    "content-type", new RequestPart.ContentType(),
                    "date", new RequestPart.Date(),
                    "newline", new RequestPart.Text("\n")));
        }
        part.only("text", "secret", "body-sha256");
        if (part.get("text").isPresent()) {
            return new RequestPart.Text(part.need("text").text());
        }
        return part.get("secret")
                .<RequestPart>map(name -> new RequestPart.Secret(name.text()))
                .orElseGet(() ->
                        new RequestPart.BodySha256(part.need("body-sha256").oneOf(SignatureForm.class)));
    }

    private static AuthScheme jwt(Yaml part) {
        part.only("header", "prefix", "jose-header", "claims", "key", "key-form", "lifetime");
        return new SelfSignedJwt(
                bearer(part),
                part.get("jose-header").map(Authentications::values).orElse(new HashMap<>()),
                part.get("claims").map(Authentications::values).orElse(new HashMap<>()),
                part.need("key").text(),
                keyForm(part),
                part.get("lifetime").map(Yaml::duration).orElse(Duration.ofMinutes(5)));
    }
}
