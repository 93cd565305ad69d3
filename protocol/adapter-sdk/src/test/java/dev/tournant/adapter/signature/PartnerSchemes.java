package dev.tournant.adapter.signature;

import static dev.tournant.adapter.signature.SignatureForm.BASE64;
import static dev.tournant.adapter.signature.SignatureForm.BASE64URL;
import static dev.tournant.adapter.signature.SignatureForm.HEX;
import static dev.tournant.adapter.signature.SignatureForm.HEX_LOWER;
import static dev.tournant.adapter.signature.SignedPart.BODY;
import static dev.tournant.adapter.signature.SignedPart.NEWLINE;
import static dev.tournant.adapter.signature.SignedPart.URL;
import static dev.tournant.adapter.signature.SignedPart.bodyField;
import static dev.tournant.adapter.signature.SignedPart.header;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.TimeForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every partner's way to sign webhooks, as a manifest would say it. */
public final class PartnerSchemes {
    private static final HmacKey CLIENT_SECRET = HmacKey.text("client-secret");
    private static final HmacScheme OTTER = HmacScheme.sha256("X-HMAC-SHA256", BASE64, BODY);
    private static final HmacScheme DELIVERECT =
            HmacScheme.sha256("X-Server-Authorization-HMAC-SHA256", HEX_LOWER, BODY);

    public static final Map<String, WebhookScheme> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("square", HmacScheme.sha256("x-square-hmacsha256-signature", BASE64, URL, BODY)),
            Map.entry("square-legacy", sha1(PrefixedHeader.bare("x-square-signature"), BASE64, URL, BODY)),
            Map.entry(
                    "toast",
                    HmacScheme.sha256("Toast-Signature", BASE64, BODY, bodyField("timestamp"))
                            .withFreshness(
                                    new Freshness(bodyField("timestamp"), TimeForm.RFC3339, Duration.ofMinutes(20)))),
            Map.entry("otter", OTTER),
            Map.entry(
                    "otter-with-bearer",
                    new AllOf(List.of(OTTER, new StaticToken(PrefixedHeader.bearer(), "endpoint-token")))),
            Map.entry("otter-legacy", sha1(new PrefixedHeader("Authorization", "MAC "), HEX, BODY)),
            Map.entry("doordash", new StaticToken(PrefixedHeader.bearer(), "webhook-token")),
            Map.entry(
                    "uber",
                    HmacScheme.sha256("X-Uber-Signature", HEX_LOWER, BODY).withKey(CLIENT_SECRET)),
            Map.entry("deliverect", DELIVERECT),
            Map.entry(
                    "deliverect-staging",
                    DELIVERECT.withKey(new HmacKey("channel-link", KeyForm.TEXT, FieldPath.of("channelLinkId")))),
            Map.entry("clover", new StaticToken(PrefixedHeader.bare("X-Clover-Auth"), "clover-auth")),
            Map.entry(
                    "shopify",
                    HmacScheme.sha256("X-Shopify-Hmac-Sha256", BASE64, BODY).withKey(CLIENT_SECRET)),
            Map.entry(
                    "ifood",
                    HmacScheme.sha256("X-IFood-Signature", HEX_LOWER, BODY).withKey(CLIENT_SECRET)),
            Map.entry(
                    "olo",
                    HmacScheme.sha256(
                                    "X-Olo-Signature",
                                    BASE64,
                                    URL,
                                    NEWLINE,
                                    BODY,
                                    NEWLINE,
                                    header("X-Olo-Message-Id"),
                                    NEWLINE,
                                    header("X-Olo-Timestamp"))
                            .withFreshness(new Freshness(
                                    header("X-Olo-Timestamp"), TimeForm.DOTNET_TICKS, Duration.ofMinutes(5)))),
            Map.entry("gloriafood", new StaticToken(PrefixedHeader.bare("Authorization"), "master-key")),
            Map.entry(
                    "form-encoded",
                    new HmacScheme(
                            new PrefixedHeader("X-Signature", "sha256="),
                            BASE64URL,
                            HmacAlgorithm.SHA256,
                            new HmacKey("signature-key", KeyForm.BASE64, null),
                            List.of(BODY, bodyField("created_at")),
                            BodyShape.form("payload"),
                            new Freshness(bodyField("created_at"), TimeForm.EPOCH_MILLIS, Duration.ofMinutes(5))))));

    private PartnerSchemes() {}

    private static HmacScheme sha1(PrefixedHeader header, SignatureForm form, SignedPart... parts) {
        return new HmacScheme(
                header, form, HmacAlgorithm.SHA1, HmacKey.SIGNATURE_KEY, List.of(parts), BodyShape.JSON, null);
    }
}
