package dev.tournant.adapter.auth;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.signature.HmacAlgorithm;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Partners' ways to authorise requests, as manifests would say them. */
public final class PartnerAuth {
    private static final RequestPart NEWLINE = new RequestPart.Text("\n");

    /** Field names of its own, JSON, a token that is nested; at most two tokens an hour. */
    public static final ClientCredentials TOAST = new ClientCredentials(
            new TokenCall(
                    "/authentication/v1/authentication/login",
                    TokenCall.Format.JSON,
                    Map.of(
                            "clientId", new Value.Secret("client-id"),
                            "clientSecret", new Value.Secret("client-secret"),
                            "userAccessType", new Value.Text("TOAST_MACHINE_CLIENT")),
                    Map.of()),
            TokenFields.of(
                    "token.accessToken", null, new Expiry(FieldPath.of("token.expiresIn"), null, Duration.ofHours(12))),
            new Renewal(Duration.ofMinutes(1), null),
            PrefixedHeader.bearer());

    /** RFC 6749 with a form and scopes. */
    public static final ClientCredentials UBER = new ClientCredentials(
            TokenCall.clientCredentials("/oauth/v2/token", TokenCall.Format.FORM)
                    .with("scope", new Value.Text("eats.store eats.order")),
            TokenFields.standard(),
            new Renewal(Duration.ofDays(1), null),
            PrefixedHeader.bearer());

    /** Says when a token expires in seconds of the epoch. */
    public static final ClientCredentials DELIVERECT = new ClientCredentials(
            TokenCall.clientCredentials("/oauth/token", TokenCall.Format.JSON)
                    .with("audience", new Value.Text("https://api.deliverect.com")),
            TokenFields.of(
                    "access_token",
                    null,
                    new Expiry(FieldPath.of("expires_at"), TimeForm.EPOCH_SECONDS, Duration.ofHours(1))),
            new Renewal(Duration.ofMinutes(10), null),
            PrefixedHeader.bearer());

    /** A token for each seller, to be renewed each week though it lives for thirty days. */
    public static final AuthorizationCode SQUARE = new AuthorizationCode(
            TokenCall.authorizationCode("/oauth2/token", TokenCall.Format.JSON)
                    .withHeader("Square-Version", new Value.Text("2025-01-23")),
            TokenCall.refreshToken("/oauth2/token", TokenCall.Format.JSON)
                    .withHeader("Square-Version", new Value.Text("2025-01-23")),
            TokenFields.of(
                    "access_token",
                    "refresh_token",
                    new Expiry(FieldPath.of("expires_at"), TimeForm.RFC3339, Duration.ofDays(30))),
            new Renewal(Duration.ofDays(1), Duration.ofDays(7)),
            PrefixedHeader.bearer());

    public static final SelfSignedJwt DOORDASH = new SelfSignedJwt(
            PrefixedHeader.bearer(),
            Map.of("dd-ver", new Value.Text("DD-JWT-V1")),
            Map.of(
                    "aud", new Value.Text("doordash"),
                    "iss", new Value.Secret("developer-id"),
                    "kid", new Value.Secret("key-id")),
            "signing-secret",
            KeyForm.BASE64URL,
            Duration.ofMinutes(5));

    public static final SignedRequest OLO = new SignedRequest(
            "Authorization",
            List.of(
                    new RequestPart.Text("OloSignature "),
                    new RequestPart.Secret("client-id"),
                    new RequestPart.Text(":")),
            SignatureForm.BASE64,
            HmacAlgorithm.SHA256,
            "client-secret",
            KeyForm.TEXT,
            List.of(
                    new RequestPart.Secret("client-id"),
                    NEWLINE,
                    new RequestPart.Verb(),
                    NEWLINE,
                    new RequestPart.ContentType(),
                    NEWLINE,
                    new RequestPart.BodySha256(SignatureForm.BASE64),
                    NEWLINE,
                    new RequestPart.PathAndQuery(),
                    NEWLINE,
                    new RequestPart.Date()),
            "Date");

    public static final StaticHeader GLORIAFOOD =
            new StaticHeader(PrefixedHeader.bare("Authorization"), "location-key");
    public static final StaticHeader CLOVER = new StaticHeader(PrefixedHeader.bearer(), "access-token");

    public static final List<AuthScheme> ALL =
            List.of(TOAST, UBER, DELIVERECT, SQUARE, DOORDASH, OLO, GLORIAFOOD, CLOVER);

    private PartnerAuth() {}
}
