package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Expiry;
import dev.tournant.adapter.auth.PartnerAuth;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.RequestPart;
import dev.tournant.adapter.auth.SignedRequest;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenCall.Format;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.HmacAlgorithm;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.PartnerSchemes;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a manifest says of signatures and authorisation is the value that Java would make. */
class ManifestSchemesTest {
    private static final Map<String, Yaml> AUTHENTICATION =
            Yaml.parse(Potluck.text("authentication.yaml")).members();
    private static final Map<String, Yaml> SIGNATURES =
            Yaml.parse(Potluck.text("signatures.yaml")).members();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Objects.requireNonNull(ManifestAdapter.class.getResourceAsStream("manifest.schema.json")));

    private static final AuthorizationCode ODD = new AuthorizationCode(
            new TokenCall(
                    "/token",
                    Format.FORM,
                    Map.of(
                            "grant", new Value.Text("code"),
                            "code", Value.Given.CODE,
                            "back", Value.Given.REDIRECT_URI),
                    Map.of("Authorization", new Value.Basic("client-id", "client-secret"))),
            new TokenCall("/refresh", Format.JSON, Map.of("again", Value.Given.REFRESH_TOKEN), Map.of()),
            new TokenFields(
                    FieldPath.of("t.a"),
                    FieldPath.of("t.r"),
                    Expiry.standard(),
                    FieldPath.of("fault"),
                    Set.of("busy"),
                    Set.of("gone", "revoked")),
            new Renewal(Duration.ofMinutes(5), null),
            new PrefixedHeader("X-Auth", "Token "));

    private static final SignedRequest ODD_SIGNED = new SignedRequest(
            "X-Signature",
            List.of(),
            SignatureForm.HEX_UPPER,
            HmacAlgorithm.SHA1,
            "signing-secret",
            KeyForm.BASE64,
            List.of(new RequestPart.Verb()),
            null);

    private static final Map<String, AuthScheme> IN_JAVA = Map.of(
            "toast", PartnerAuth.TOAST,
            "uber", PartnerAuth.UBER,
            "deliverect", PartnerAuth.DELIVERECT,
            "square", PartnerAuth.SQUARE,
            "doordash", PartnerAuth.DOORDASH,
            "olo", PartnerAuth.OLO,
            "gloriafood", PartnerAuth.GLORIAFOOD,
            "clover", PartnerAuth.CLOVER,
            "odd", ODD,
            "odd-signed", ODD_SIGNED);

    static Set<String> authentication() {
        return AUTHENTICATION.keySet();
    }

    static Set<String> signatures() {
        return SIGNATURES.keySet();
    }

    private static Yaml part(Map<String, Yaml> of, String name) {
        return Objects.requireNonNull(of.get(name), name);
    }

    @Test
    void everyPartnerIsSaid() {
        assertThat(signatures()).isEqualTo(PartnerSchemes.ALL.keySet());
        assertThat(authentication()).isEqualTo(IN_JAVA.keySet());
        assertThat(IN_JAVA.values()).containsAll(PartnerAuth.ALL);
    }

    @ParameterizedTest
    @MethodSource("authentication")
    void authenticationIsWhatJavaSays(String name) {
        assertThat(Authentications.read(part(AUTHENTICATION, name)))
                .isEqualTo(withRefreshToken(Objects.requireNonNull(IN_JAVA.get(name))));
    }

    /** Who needs no refresh token need not say so: one that is there is kept, and never used. */
    private static AuthScheme withRefreshToken(AuthScheme scheme) {
        if (!(scheme instanceof ClientCredentials ours) || ours.fields().refreshToken() != null) {
            return scheme;
        }
        TokenFields fields = ours.fields();
        return new ClientCredentials(
                ours.call(),
                new TokenFields(
                        fields.accessToken(),
                        TokenFields.standard().refreshToken(),
                        fields.expiry(),
                        fields.error(),
                        fields.passing(),
                        fields.lasting()),
                ours.renewal(),
                ours.header());
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void signaturesAreWhatJavaSays(String name) {
        assertThat(SignatureSchemes.read(part(SIGNATURES, name))).isEqualTo(PartnerSchemes.ALL.get(name));
    }

    @ParameterizedTest
    @MethodSource("authentication")
    void theSchemaKnowsAuthentication(String name) {
        ObjectNode manifest = manifest();
        manifest.set("authentication", Plains.node(part(AUTHENTICATION, name).plain()));
        assertThat(SCHEMA.validate(manifest)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void theSchemaKnowsSignatures(String name) {
        ObjectNode manifest = manifest();
        ((ObjectNode) manifest.path("webhooks"))
                .set("signature", Plains.node(part(SIGNATURES, name).plain()));
        assertThat(SCHEMA.validate(manifest)).isEmpty();
    }

    private static ObjectNode manifest() {
        return (ObjectNode) Plains.node(Yaml.parse(Potluck.YAML).plain());
    }
}
