package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Inbound;
import dev.tournant.messages.Inbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HookRoutesTest {
    private static final String PATH = "/v1/hooks/square/sq-1";
    /** No JSON, no UTF-8: nothing may look into it. */
    private static final byte[] BODY = {'{', (byte) 0xff, 0, '"', '\n'};

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer();
        server.createGrill();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(String path, byte[] body, String... headers) {
        String signature = SignedAdapter.signature(TestServer.PUBLIC_URL + path, body, TestServer.SIGNATURE_KEY);
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "X-Signature";
        all[headers.length + 1] = signature;
        return server.sendBytes("", "POST", path, body, all);
    }

    @Test
    void storesTheRawBytesOfAGenuineWebhook() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpResponse<String> answer = post(PATH, BODY, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(trace);
        assertThat(server.inbox.taken).hasSize(1);
        Inbound stored = server.inbox.taken.get(0);
        assertThat(stored.merchant().value()).isEqualTo("grill");
        assertThat(stored.partner().value()).isEqualTo("square");
        assertThat(stored.link().value()).isEqualTo("sq-1");
        assertThat(stored.source()).isEqualTo(Inbound.Source.WEBHOOK);
        assertThat(stored.receivedAt()).isEqualTo(TestServer.NOW);
        assertThat(stored.trace()).isEqualTo(trace);
        assertThat(stored.page()).isNull();
        assertThat(stored.body()).isEqualTo(BODY);
    }

    @Test
    void verifiesTheUrlAsThePartnerKnowsIt() {
        assertThat(post(PATH + "?tenant=%41", BODY).statusCode()).isEqualTo(200);
        assertThat(post("/v1/hooks/square/sq%2D1", BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsForgedAndStoresNothing() {
        byte[] tampered = BODY.clone();
        tampered[4] = 'x';
        String signature = SignedAdapter.signature(TestServer.PUBLIC_URL + PATH, BODY, TestServer.SIGNATURE_KEY);

        assertThat(code(server.sendBytes("", "POST", PATH, tampered, "X-Signature", signature)))
                .isEqualTo("bad-signature 401");
        assertThat(code(server.sendBytes("", "POST", PATH, BODY))).isEqualTo("bad-signature 401");
        assertThat(server.inbox.taken).isEmpty();
    }

    @Test
    void knowsPartnersAndLinks() {
        assertThat(code(post("/v1/hooks/clover/sq-1", BODY))).isEqualTo("unknown-partner 404");
        assertThat(code(post("/v1/hooks/no%20name/sq-1", BODY))).isEqualTo("unknown-partner 404");
        assertThat(code(post("/v1/hooks/square/none", BODY))).isEqualTo("unknown-link 404");
        assertThat(code(post("/v1/hooks/toast/sq-1", BODY))).isEqualTo("unknown-link 404");
        assertThat(server.inbox.taken).isEmpty();
    }

    @Test
    void doesNotDenyALinkThatItMayLearnOf() {
        server.merchants.complete = false;

        HttpResponse<String> early = post("/v1/hooks/square/none", BODY);

        assertThat(code(early)).isEqualTo("unavailable 503");
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void asksThePartnerToRepeatWhatCannotBeStored() {
        server.inbox.failure = new Inbox.Full("full");
        HttpResponse<String> full = post(PATH, BODY);
        server.inbox.failure = new IllegalStateException("canary");
        HttpResponse<String> broken = post(PATH, BODY);
        server.inbox.failure = null;

        assertThat(code(full)).isEqualTo("unavailable 503");
        assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(code(broken)).isEqualTo("unavailable 503");
        assertThat(broken.body()).doesNotContain("canary");
        assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void saysThatItCannotVerifyWithoutCredentials() {
        assertThat(code(post("/v1/hooks/square/sq-2", BODY))).isEqualTo("unavailable 503");
    }

    @Test
    void survivesABugInAnAdapter() {
        server.square.broken.set(true);
        HttpResponse<String> broken = post(PATH, BODY);
        server.square.broken.set(false);

        assertThat(code(broken)).isEqualTo("defect 500");
        assertThat(broken.body()).doesNotContain("adapter");
        assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void slowsDownALinkButLetsNoForgerUseUpItsRate() {
        server.close();
        server = new TestServer("hook-rate { per-second = 0.01, burst = 2 }");
        server.createGrill();
        for (int i = 0; i < 5; i++) {
            server.sendBytes("", "POST", PATH, BODY, "X-Signature", "forged");
        }

        assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
        assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
        assertThat(code(post(PATH, BODY))).isEqualTo("slow-down 429");
    }

    @Test
    void slowsDownAForgerButNoPartnerOnTheSameAddress() {
        restart("address-rate { per-second = 0.01, burst = 2 }");

        assertThat(code(forge())).isEqualTo("bad-signature 401");
        assertThat(code(forge())).isEqualTo("bad-signature 401");
        HttpResponse<String> third = forge();

        assertThat(code(third)).isEqualTo("slow-down 429");
        assertThat(third.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Long.parseLong(third.headers().firstValue("Retry-After").orElse("0")))
                .isBetween(90L, 100L);
        for (int i = 0; i < 20; i++) {
            assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
        }
        assertThat(server.inbox.taken).hasSize(20);
    }

    @Test
    void chargesWhatCannotBeAWebhookOfOursToItsAddress() {
        restart("address-rate { per-second = 0.01, burst = 3 }", "hook-bytes-max = 10");

        assertThat(code(post("/v1/hooks/clover/sq-1", BODY))).isEqualTo("unknown-partner 404");
        assertThat(code(post("/v1/hooks/square/none", BODY))).isEqualTo("unknown-link 404");
        assertThat(code(post(PATH, new byte[11]))).isEqualTo("too-large 413");

        assertThat(code(post("/v1/hooks/clover/sq-1", BODY))).isEqualTo("slow-down 429");
        assertThat(code(post("/v1/hooks/square/none", BODY))).isEqualTo("slow-down 429");
        assertThat(code(post(PATH, new byte[11]))).isEqualTo("slow-down 429");
        assertThat(post(PATH, BODY).statusCode()).isEqualTo(200);
    }

    @Test
    void chargesNobodyForWhatThisNodeCannotDo() {
        restart("address-rate { per-second = 0.01, burst = 1 }");
        server.merchants.complete = false;

        for (int i = 0; i < 3; i++) {
            assertThat(code(post("/v1/hooks/square/none", BODY))).isEqualTo("unavailable 503");
            assertThat(code(post("/v1/hooks/square/sq-2", BODY))).isEqualTo("unavailable 503");
        }
        assertThat(code(forge())).isEqualTo("bad-signature 401");
    }

    @Test
    void leavesPlacesForOthersWhenOneAddressSendsSlowly() throws IOException {
        restart("hooks-in-flight-max = 2", "trusted-proxies = 1");
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String begun = "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\n"
                    + "Content-Length: 100\r\n\r\n{";
            slow.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
            slow.getOutputStream().flush();
            Eventually.holds(() -> server.registry
                            .get(HttpMetrics.IN_FLIGHT)
                            .tag("kind", "hook")
                            .gauge()
                            .value()
                    == 1);
            Eventually.holds(() ->
                    code(post(PATH, BODY, "X-Forwarded-For", "198.51.100.7")).equals("slow-down 429"));

            assertThat(post(PATH, BODY, "X-Forwarded-For", "198.51.100.8").statusCode())
                    .isEqualTo(200);
        }
        Eventually.holds(
                () -> post(PATH, BODY, "X-Forwarded-For", "198.51.100.7").statusCode() == 200);
    }

    private HttpResponse<String> forge() {
        return server.sendBytes("", "POST", PATH, BODY, "X-Signature", "forged");
    }

    private void restart(String... overrides) {
        server.close();
        server = new TestServer(overrides);
        server.createGrill();
    }

    @Test
    void refusesAWebhookThatIsTooLarge() {
        server.close();
        server = new TestServer("hook-bytes-max = 10");
        server.createGrill();

        assertThat(code(post(PATH, new byte[11]))).isEqualTo("too-large 413");
        assertThat(post(PATH, new byte[10]).statusCode()).isEqualTo(200);
    }

    @Test
    void neverSaysASecret() {
        HttpResponse<String> forged =
                server.sendBytes("", "POST", PATH, "x".getBytes(StandardCharsets.UTF_8), "X-Signature", "no");

        assertThat(forged.body() + forged.headers()).doesNotContain(TestServer.SIGNATURE_KEY);
    }

    @Test
    void countsWebhooksByPartnerAndOutcome() {
        post(PATH, BODY);
        server.sendBytes("", "POST", PATH, BODY);

        assertThat(count("accepted")).isEqualTo(1);
        assertThat(count("bad-signature")).isEqualTo(1);
    }

    private double count(String outcome) {
        Eventually.holds(() -> server.registry
                        .find(HttpMetrics.HOOKS)
                        .tags("partner", "square", "outcome", outcome)
                        .counter()
                != null);
        return server.registry
                .get(HttpMetrics.HOOKS)
                .tags("partner", "square", "outcome", outcome)
                .counter()
                .count();
    }
}
