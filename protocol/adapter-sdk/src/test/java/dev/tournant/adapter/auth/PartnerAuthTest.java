package dev.tournant.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartnerAuthTest {
    private static final Instant NOW = Instant.parse("2026-02-01T09:05:00.750Z");
    private static final Token TOKEN = new Token("access-1", "refresh-1", NOW, NOW.plusSeconds(60));
    private static final Keyring KEYS = Keyring.of(
            "client-id", "client-1",
            "client-secret", "olo secret",
            "developer-id", "dev-1",
            "key-id", "key-1",
            "signing-secret", "yMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5uc",
            "location-key", "loc-1",
            "access-token", "uuid-1");
    private static final Request GET = new Request("GET", "/v1.1/x?key=1", Map.of("X-Store-Id", "s"), null, true);
    private static final Request POST = new Request("POST", "/v1.1/x?key=1", Map.of(), "{\"a\":1}", false);

    private static Map<String, String> headers(AuthScheme scheme, Request request) {
        return scheme.authorise(request, KEYS, TOKEN, NOW).headers();
    }

    @Test
    void bearStaticSecrets() {
        assertThat(headers(PartnerAuth.GLORIAFOOD, GET)).isEqualTo(Map.of("X-Store-Id", "s", "Authorization", "loc-1"));
        assertThat(headers(PartnerAuth.CLOVER, GET)).containsEntry("Authorization", "Bearer uuid-1");
    }

    @Test
    void bearTheTokenThatWasObtained() {
        for (AuthScheme scheme : PartnerAuth.ALL) {
            if (scheme instanceof OAuth2) {
                assertThat(headers(scheme, POST)).isEqualTo(Map.of("Authorization", "Bearer access-1"));
                assertThatThrownBy(() -> scheme.authorise(POST, KEYS, null, NOW))
                        .isInstanceOf(InvalidValue.class)
                        .hasMessage("token: is not there: obtain one first");
            }
        }
    }

    /** The expected signatures were made with Python's hmac. */
    @Test
    void signRequestsWithTheirDate() {
        String id = "OloSignature client-1:";
        assertThat(headers(PartnerAuth.OLO, POST))
                .isEqualTo(Map.of(
                        "Authorization",
                        id + "clnu/UzXoHOGMev4czcGe0shwzvwIsdGh9p2iaY94os=",
                        "Date",
                        "Sun, 01 Feb 2026 09:05:00 GMT"));
        assertThat(headers(PartnerAuth.OLO, GET))
                .containsEntry("Authorization", id + "eE02pqQgjxBWEg8KJSS8ZajCol+yA/W3rXb0giz+qCU=");
    }

    @Test
    void signEveryPartOfARequest() {
        List<Request> others = List.of(
                new Request("PUT", POST.path(), Map.of(), POST.json(), false),
                new Request("POST", "/v1.1/x?key=2", Map.of(), POST.json(), false),
                new Request("POST", POST.path(), Map.of(), "{\"a\":2}", false),
                POST.with("content-type", "text/plain"));
        List<String> signatures = new ArrayList<>();
        Stream.concat(Stream.of(POST), others.stream())
                .forEach(each -> signatures.add(headers(PartnerAuth.OLO, each).get("Authorization")));
        signatures.add(PartnerAuth.OLO
                .authorise(POST, KEYS, null, NOW.plusSeconds(1))
                .headers()
                .get("Authorization"));
        assertThat(signatures).doesNotHaveDuplicates().hasSize(6);
    }

    /** The expected token was made with Python's hmac. */
    @Test
    void makeTheirOwnTokens() {
        assertThat(headers(PartnerAuth.DOORDASH, POST).get("Authorization"))
                .isEqualTo("Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImRkLXZlciI6IkRELUpXVC1WMSJ9"
                        + ".eyJhdWQiOiJkb29yZGFzaCIsImlzcyI6ImRldi0xIiwia2lkIjoia2V5LTEi"
                        + "LCJpYXQiOjE3Njk5MzY3MDAsImV4cCI6MTc2OTkzNzAwMH0"
                        + ".y5qpTbF0Dvidx4TfkxS1yX-9AWjpZ4TcNodoQ5u0eAQ");
    }

    @Test
    void askForTokensInThePartnersWords() {
        Request toast = PartnerAuth.TOAST.renew(KEYS, TOKEN).orElseThrow();
        assertThat(toast.path()).isEqualTo("/authentication/v1/authentication/login");
        assertThat(toast.headers()).isEqualTo(Map.of("Content-Type", "application/json", "Accept", "application/json"));
        assertThat(toast.json())
                .isEqualTo("{\"clientId\":\"client-1\",\"clientSecret\":\"olo secret\","
                        + "\"userAccessType\":\"TOAST_MACHINE_CLIENT\"}");
        assertThat(toast.repeatable()).isFalse();
        Request uber = PartnerAuth.UBER.renew(KEYS, null).orElseThrow();
        assertThat(uber.headers()).containsEntry("Content-Type", "application/x-www-form-urlencoded");
        assertThat(uber.json())
                .isEqualTo("client_id=client-1&client_secret=olo+secret&grant_type=client_credentials"
                        + "&scope=eats.store+eats.order");
    }

    @Test
    void exchangeTheCodeAndGoOnWithRefreshTokens() {
        Request exchange = PartnerAuth.SQUARE.exchange(KEYS, "code-1", "https://us.example/back");
        assertThat(exchange.headers()).containsEntry("Square-Version", "2025-01-23");
        assertThat(Documents.object(bytes(exchange)))
                .isEqualTo(Documents.empty()
                        .put("client_id", "client-1")
                        .put("client_secret", "olo secret")
                        .put("code", "code-1")
                        .put("grant_type", "authorization_code")
                        .put("redirect_uri", "https://us.example/back"));
        Request refresh = PartnerAuth.SQUARE.renew(KEYS, TOKEN).orElseThrow();
        assertThat(Documents.object(bytes(refresh)))
                .isEqualTo(Documents.empty()
                        .put("client_id", "client-1")
                        .put("client_secret", "olo secret")
                        .put("grant_type", "refresh_token")
                        .put("refresh_token", "refresh-1"));
        assertThat(PartnerAuth.SQUARE.renew(KEYS, null)).isEmpty();
        assertThat(PartnerAuth.SQUARE.renew(KEYS, new Token("a", null, NOW, NOW.plusSeconds(1))))
                .isEmpty();
    }

    private static byte[] bytes(Request request) {
        return String.valueOf(request.json()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void sendTheClientAsBasicCredentialsWhereThePartnerWantsIt() {
        TokenCall call = new TokenCall(
                "/v1/auth/token",
                TokenCall.Format.FORM,
                Map.of("grant_type", new Value.Text("client_credentials")),
                Map.of("Authorization", new Value.Basic("client-id", "client-secret")));
        Request request = new ClientCredentials(
                        call, TokenFields.standard(), PartnerAuth.UBER.renewal(), PartnerAuth.UBER.header())
                .obtain(KEYS);
        assertThat(request.headers()).containsEntry("Authorization", "Basic Y2xpZW50LTE6b2xvIHNlY3JldA==");
        assertThat(request.json()).isEqualTo("grant_type=client_credentials");
    }

    @Test
    void nameTheSecretThatIsMissing() {
        for (AuthScheme scheme : PartnerAuth.ALL) {
            assertThatThrownBy(() -> {
                        if (scheme instanceof OAuth2 oauth) {
                            oauth.renew(Keyring.of(), TOKEN);
                        }
                        scheme.authorise(POST, Keyring.of(), null, NOW);
                    })
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageMatching("[a-z-]+: is not configured");
        }
    }

    @Test
    void refuseSecretsThatWouldBreakOutOfTheirHeader() {
        Keyring broken = Keyring.of("access-token", "x\r\nEvil: 1", "signing-secret", "%%%", "client-id", "a");
        assertThatThrownBy(() -> PartnerAuth.CLOVER.authorise(GET, broken, null, NOW))
                .hasMessageStartingWith("access-token: must be printable ASCII")
                .hasMessageNotContaining("Evil");
        Keyring key = Keyring.of("developer-id", "d", "key-id", "k", "signing-secret", "%secret%");
        assertThatThrownBy(() -> PartnerAuth.DOORDASH.authorise(GET, key, null, NOW))
                .hasMessage("signing-secret: is not BASE64URL");
    }

    @Test
    void showNoSecrets() {
        for (AuthScheme scheme : PartnerAuth.ALL) {
            assertThat(scheme.toString() + scheme.authorise(POST, KEYS, TOKEN, NOW) + TOKEN)
                    .doesNotContain("access-1", "refresh-1", "olo secret", "loc-1", "uuid-1", "yMnKy8");
        }
        assertThat(PartnerAuth.TOAST.obtain(KEYS).toString()).doesNotContain("olo secret");
        assertThat(new TokenReply.Granted(TOKEN).toString()).doesNotContain("access-1", "refresh-1");
    }

    @Test
    void areAllTheKindsThereAre() {
        assertThat(Stream.of(AuthScheme.class, OAuth2.class)
                        .flatMap(each -> Stream.of(each.getPermittedSubclasses()))
                        .filter(each -> each != OAuth2.class))
                .containsExactlyInAnyOrderElementsOf(PartnerAuth.ALL.stream()
                        .map(Object::getClass)
                        .distinct()
                        .toList());
    }

    @Test
    void sayWhichFieldOfASchemeIsWrong() {
        assertThatThrownBy(() -> TokenCall.clientCredentials("oauth", TokenCall.Format.FORM))
                .hasMessage("path: must be a path that begins with /, such as /oauth/token");
        TokenCall refresh = TokenCall.refreshToken("/t", TokenCall.Format.FORM);
        assertThatThrownBy(() -> new ClientCredentials(
                        refresh, TokenFields.standard(), PartnerAuth.UBER.renewal(), PartnerAuth.UBER.header()))
                .hasMessage("call.fields: must not ask for REFRESH_TOKEN, which nobody has here");
        assertThatThrownBy(() -> new AuthorizationCode(
                        refresh,
                        refresh,
                        TokenFields.standard(),
                        PartnerAuth.UBER.renewal(),
                        PartnerAuth.UBER.header()))
                .hasMessage("exchange.fields: must have the code among them");
        assertThatThrownBy(() -> refresh.withHeader("a b", new Value.Text("x")))
                .hasMessageStartingWith("headers: must be the name of a header");
        assertThatThrownBy(() -> jwt(Map.of("exp", new Value.Text("never"))))
                .hasMessage("claims.exp: is set for every token and cannot be configured");
        assertThatThrownBy(() -> jwt(Map.of("sub", Value.Given.CODE)))
                .hasMessage("claims.sub: must be a text or a secret, not CODE");
        assertThatThrownBy(() -> new SignedRequest(
                        "Authorization",
                        List.of(),
                        PartnerAuth.OLO.form(),
                        PartnerAuth.OLO.algorithm(),
                        "client-secret",
                        PartnerAuth.OLO.keyForm(),
                        PartnerAuth.OLO.parts(),
                        null))
                .hasMessage("date-header: must be there exactly if the date is one of the parts");
    }

    private static SelfSignedJwt jwt(Map<String, Value> claims) {
        return new SelfSignedJwt(
                PartnerAuth.DOORDASH.header(),
                Map.of(),
                claims,
                "signing-secret",
                PartnerAuth.DOORDASH.keyForm(),
                PartnerAuth.DOORDASH.lifetime());
    }
}
