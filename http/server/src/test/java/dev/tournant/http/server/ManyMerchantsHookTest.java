package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.messages.Unclaimed;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** One webhook about several merchants, of a partner that is a manifest. */
class ManyMerchantsHookTest {
    private static final String MANIFEST = """
            manifest: 1
            partner: tabs
            environments: {production: https://api.tabs.example}
            authentication: {static-header: {header: Authorization, secret: access-token}}
            resources: {items: {request: GET /items, records: {items: item}}}
            records: {item: {id: id, fields: {name: name}}}
            webhooks:
              signature: {static-token: {header: X-Token}}
              handshake: verificationCode
              each: {path: merchants, by: account}
              id: [object, ts]
              type: {path: object, before: ":"}
              events: {I: {signals: items}}
            """;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = server();
        server.put("grill", """
                {"name": "Grill", "currency": "USD", "zone": "America/New_York", "links": [
                  {"id": "ta-1", "partner": "tabs", "account": "M1", "credentials": "main"}]}
                """);
        server.put("bar", """
                {"name": "Bar", "currency": "USD", "zone": "America/New_York", "links": [
                  {"id": "ta-2", "partner": "tabs", "account": "M2", "location": "L2", "credentials": "main"},
                  {"id": "sq-1", "partner": "square", "account": "M3", "credentials": "main"}]}
                """);
    }

    private static TestServer server(String... overrides) throws Exception {
        String[] all = Arrays.copyOf(overrides, overrides.length + 1);
        all[overrides.length] = "hook-credentials { tabs = main }";
        return new TestServer(List.of(ManifestAdapter.of("tabs.yaml", MANIFEST)), all);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String token, String body) {
        return post(server, "/v1/hooks/tabs", token, body);
    }

    private static HttpResponse<String> post(TestServer to, String path, String token, String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return to.sendBytes("", "POST", path, bytes, "X-Token", token);
    }

    private List<String> stored() {
        return server.inbox.taken.stream()
                .map(each -> each.merchant() + " " + each.link() + " " + text(each.body()))
                .toList();
    }

    private List<String> unclaimed() {
        return server.inbox.unclaimed.stream()
                .map(each -> each.account() + " " + text(each.body()))
                .toList();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).replace('"', '\'');
    }

    @Test
    void eachMerchantIsToldWhatIsItsOwn() {
        HttpResponse<String> answer = post(
                TestServer.SIGNATURE_KEY,
                "{'app':'A','merchants':{'M1':[{'object':'I:1','ts':1}],'M3':[{'object':'I:3','ts':3}],"
                        + "'M2':[{'object':'I:2','ts':2},{'object':'I:4','ts':4}]}}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "grill ta-1 {'merchants':{'M1':[{'object':'I:1','ts':1}]}}",
                        "bar ta-2 {'merchants':{'M2':[{'object':'I:2','ts':2},{'object':'I:4','ts':4}]}}");
        assertThat(unclaimed())
                .as("an account of another partner only")
                .containsExactly("M3 {'merchants':{'M3':[{'object':'I:3','ts':3}]}}");
    }

    @Test
    void whatCannotBeToldApartIsKeptWhole() {
        for (String body : List.of("{'merchants':{}}", "{'merchants':[7]}", "nonsense")) {
            server.inbox.unclaimed.clear();
            assertThat(post(TestServer.SIGNATURE_KEY, body).statusCode()).isEqualTo(200);
            assertThat(server.inbox.unclaimed).extracting(Unclaimed::account).containsExactly("");
            assertThat(unclaimed()).containsExactly(" " + body);
        }
        assertThat(stored()).isEmpty();
    }

    @Test
    void aPartnerThatAsksWhetherTheUrlIsOursIsAnsweredAndNothingIsStored() {
        Logger logger = (Logger) LoggerFactory.getLogger(HookRoutes.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
        try {
            assertThat(post("", "{'verificationCode':'5f2c-11'}").statusCode()).isEqualTo(200);
            assertThat(post(server, "/v1/hooks/tabs/ta-1", "", "{'verificationCode':'5f2c-12'}")
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        all -> assertThat(all).contains("all of tabs").contains("tell it the code 5f2c-11"),
                        one -> assertThat(one)
                                .contains("merchant grill link ta-1")
                                .contains("tell it the code 5f2c-12"));
        assertThat(stored()).isEmpty();
        assertThat(unclaimed()).isEmpty();
        assertThat(server.registry
                        .counter(HttpMetrics.HOOKS, "partner", "tabs", "outcome", "handshake")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void onlyACodeThatAPersonCouldTypeIsOne() {
        for (String body :
                List.of("{'verificationCode':'a\\nb'}", "{'verificationCode':[]}", "{'code':'x'}", "nonsense")) {
            assertThat(code(post("another", body))).isEqualTo("bad-signature 401");
        }
        String long5k = "{'verificationCode':'x','more':'" + "y".repeat(5_000) + "'}";
        assertThat(code(post("another", long5k))).isEqualTo("bad-signature 401");
    }

    @Test
    void whoAsksIsBoundedByAddress() throws Exception {
        try (TestServer strict = server("address-rate { per-second = 0.001, burst = 2 }")) {
            String asked = "{'verificationCode':'5f2c-11'}";
            assertThat(post(strict, "/v1/hooks/tabs", "", asked).statusCode()).isEqualTo(200);
            assertThat(post(strict, "/v1/hooks/tabs", "", asked).statusCode()).isEqualTo(200);
            assertThat(code(post(strict, "/v1/hooks/tabs", "", asked))).isEqualTo("slow-down 429");
        }
    }

    @Test
    void aForgedOneIsRefusedBeforeItIsRead() {
        assertThat(code(post("another", "{'merchants':{'M1':[{'object':'I:1'}]}}")))
                .isEqualTo("bad-signature 401");
        assertThat(stored()).isEmpty();
        assertThat(unclaimed()).isEmpty();
    }
}
