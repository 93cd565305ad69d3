package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.signature.AllOf;
import dev.tournant.adapter.signature.BodyShape;
import dev.tournant.adapter.signature.Freshness;
import dev.tournant.adapter.signature.HmacKey;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import java.util.List;
import java.util.Map;

/** Reads {@code webhooks.signature}: {@code hmac}, {@code static-token}, or a list of schemes that all must fit. */
final class SignatureSchemes {
    private SignatureSchemes() {}

    static WebhookScheme read(Yaml part) {
        if (part.isList()) {
            return new AllOf(part.list().stream().map(SignatureSchemes::read).toList());
        }
        part.only("hmac", "static-token");
        return part.get("hmac")
                .map(hmac -> hmac.make(() -> hmac(hmac)))
                .orElseGet(() -> token(part.need("static-token")));
    }

    private static WebhookScheme token(Yaml part) {
        part.only("header", "prefix", "secret");
        return part.make(
                () -> new StaticToken(Authentications.header(part), part.text("secret", Keyring.SIGNATURE_KEY)));
    }

    private static WebhookScheme hmac(Yaml part) {
        part.only(
                "header",
                "prefix",
                "form",
                "algorithm",
                "secret",
                "key-form",
                "key-in",
                "parts",
                "form-field",
                "fresh");
        HmacKey key = new HmacKey(
                part.text("secret", Keyring.SIGNATURE_KEY),
                Authentications.keyForm(part),
                part.get("key-in").map(path -> FieldPath.of(path.text())).orElse(null));
        List<SignedPart> parts = part.need("parts").oneOrMore().stream()
                .map(SignatureSchemes::part)
                .toList();
        return new HmacScheme(
                Authentications.header(part),
                part.need("form").oneOf(SignatureForm.class),
                Authentications.algorithm(part),
                key,
                parts,
                part.get("form-field")
                        .map(field -> BodyShape.form(field.text()))
                        .orElse(BodyShape.JSON),
                part.get("fresh").map(SignatureSchemes::freshness).orElse(null));
    }

    /** {@code url}, {@code body}, {@code newline}, {@code {header: name}}, {@code {field: path}} or {@code {text: …}}. */
    private static SignedPart part(Yaml part) {
        if (part.isText()) {
            return part.oneOf(Map.of("url", SignedPart.URL, "body", SignedPart.BODY, "newline", SignedPart.NEWLINE));
        }
        part.only("header", "field", "text");
        if (part.get("header").isPresent()) {
            return SignedPart.header(part.need("header").text());
        }
        return part.get("field")
                .map(path -> SignedPart.bodyField(path.text()))
                .orElseGet(() -> new SignedPart.Text(part.need("text").text()));
    }

    private static Freshness freshness(Yaml part) {
        part.only("header", "field", "form", "tolerance");
        SignedPart from = part.get("header")
                .map(name -> SignedPart.header(name.text()))
                .orElseGet(() -> SignedPart.bodyField(part.need("field").text()));
        return part.make(() -> new Freshness(
                from,
                part.need("form").oneOf(TimeForm.class),
                part.need("tolerance").duration()));
    }
}
