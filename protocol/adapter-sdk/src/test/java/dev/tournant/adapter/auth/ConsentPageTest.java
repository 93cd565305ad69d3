package dev.tournant.adapter.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.model.InvalidValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsentPageTest {
    private static final ConsentPage PAGE =
            ConsentPage.standard("/oauth2/authorize", "READ WRITE").with("session", new Value.Text("false"));
    private static final Keyring KEYS = Keyring.of("client-id", "id&1", "client-secret", "canary");

    private static AuthorizationCode scheme(ConsentPage page) {
        AuthorizationCode square = PartnerAuth.SQUARE;
        return new AuthorizationCode(
                square.exchange(), square.refresh(), square.fields(), square.renewal(), PrefixedHeader.bearer(), page);
    }

    @Test
    void leadsTheMerchantToThePartner() {
        assertThat(scheme(PAGE).consentPage(KEYS, "https://us.example/back?a=b", "s 1"))
                .hasValue("/oauth2/authorize?client_id=id%261&redirect_uri=https%3A%2F%2Fus.example%2Fback%3Fa%3Db"
                        + "&response_type=code&scope=READ+WRITE&session=false&state=s+1");
        assertThat(PartnerAuth.SQUARE.consentPage(KEYS, "https://us.example", "s"))
                .isEmpty();
        assertThatThrownBy(() -> scheme(PAGE).consentPage(Keyring.of("client-secret", "canary"), "x", "s"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("client-id: is not configured");
    }

    @Test
    void showsNoSecretThatMustNotBeSeen() {
        for (Value bad : new Value[] {new Value.Secret("client-secret"), Value.Given.CODE, Value.Given.REFRESH_TOKEN}) {
            assertThatThrownBy(() -> PAGE.with("more", bad))
                    .hasMessage("parameters.more: must be a text, the client's id or the redirect URI");
        }
        assertThatThrownBy(() -> new ConsentPage("/a", Map.of("state", new Value.Text("fixed"))))
                .hasMessageStartingWith("parameters.state:");
        assertThatThrownBy(() -> new ConsentPage("a", Map.of())).hasMessageStartingWith("path:");
    }
}
