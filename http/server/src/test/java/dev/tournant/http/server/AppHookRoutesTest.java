package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Unclaimed;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One URL for all merchants of an application. */
class AppHookRoutesTest {
    private static final String PATH = "/v1/hooks/square";

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer("hook-credentials { square = main }");
        server.createGrill();
        server.put("bar", """
                {"name": "Bar", "currency": "USD", "zone": "America/New_York", "links": [
                  {"id": "sq-9", "partner": "square", "account": "M9", "location": "L9", "credentials": "lost"}]}
                """);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = SignedAdapter.signature(TestServer.PUBLIC_URL + path, bytes, TestServer.SIGNATURE_KEY);
        return server.sendBytes("", "POST", path, bytes, "X-Signature", signature);
    }

    private List<String> stored() {
        return server.inbox.taken.stream()
                .map(AppHookRoutesTest::shown)
                .sorted()
                .toList();
    }

    private static String shown(Inbound each) {
        return each.merchant() + " " + each.link() + " " + new String(each.body(), StandardCharsets.UTF_8);
    }

    @Test
    void routesEachPartToTheMerchantsOfItsAccount() {
        assertThat(post(PATH, "M1,M9").statusCode()).isEqualTo(200);
        assertThat(stored()).containsExactly("bar sq-9 M9", "grill sq-1 M1", "grill sq-2 M1");
        assertThat(server.inbox.unclaimed).isEmpty();
    }

    @Test
    void keepsWhatIsForNobody() {
        assertThat(post(PATH, "M1,M404").statusCode()).isEqualTo(200);
        assertThat(stored()).hasSize(2);
        assertThat(server.inbox.unclaimed).hasSize(1).first().satisfies(each -> {
            assertThat(each.account()).isEqualTo("M404");
            assertThat(each.partner().value()).isEqualTo("square");
        });
    }

    @Test
    void keepsAGenuineWebhookThatNamesNoAccount() {
        assertThat(post(PATH, "{}").statusCode()).isEqualTo(200);
        assertThat(server.inbox.unclaimed).extracting(Unclaimed::account).containsExactly("");
    }

    @Test
    void refusesAForgedOne() {
        assertThat(code(server.sendBytes("", "POST", PATH, new byte[] {'M', '1'}, "X-Signature", "forged")))
                .isEqualTo("bad-signature 401");
        assertThat(server.inbox.taken).isEmpty();
    }

    @Test
    void takesPartnersWithoutCredentialsOfTheirOwnByLinkOnly() {
        HttpResponse<String> answer = post("/v1/hooks/toast", "M1");
        assertThat(code(answer)).isEqualTo("unknown-link 404");
        assertThat(answer.body()).contains("/v1/hooks/toast/{link}");
    }

    @Test
    void answersOnlyWhatIsStored() {
        server.inbox.failure = new IllegalStateException("down");
        assertThat(code(post(PATH, "M1"))).isEqualTo("unavailable 503");
        server.inbox.failure = null;
        assertThat(post(PATH, "M1").statusCode()).isEqualTo(200);
    }
}
