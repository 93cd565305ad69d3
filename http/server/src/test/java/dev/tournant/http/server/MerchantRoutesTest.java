package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MerchantRoutesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void createsAMerchantAndReplacesItsProfile() {
        HttpResponse<String> created = server.put("m-new", profile("m-new"));
        HttpResponse<String> replaced = server.put("m-new", profile("m-new").replace("Grill", "Bar"));

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("ETag")).hasValue("\"r1\"");
        assertThat(created.headers().firstValue("Location")).hasValue("/v1/merchants/m-new");
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.headers().firstValue("ETag")).hasValue("\"r2\"");
        assertThat(json(server.get("/v1/merchants/m-new")).at("/profile/name").asText())
                .isEqualTo("Bar");
    }

    @Test
    void showsWhatAMerchantIs() {
        server.put("m-show", profile("m-show"));

        HttpResponse<String> shown = server.get("/v1/merchants/m-show");

        assertThat(shown.headers().firstValue("ETag")).hasValue("\"r1\"");
        assertThat(json(shown).get("revision").asLong()).isEqualTo(1);
        assertThat(json(shown).get("profile-revision").asLong()).isEqualTo(1);
        assertThat(json(shown).at("/tally/applied").asLong()).isZero();
        assertThat(json(shown).at("/feeds/0/wanted").asBoolean()).isTrue();
        assertThat(json(shown).at("/feeds/0/pages").asInt())
                .as("of the first read, so far")
                .isEqualTo(7);
        assertThat(json(shown).at("/profile/links/0/id").asText()).isEqualTo("m-show-1");
    }

    @Test
    void createsOnlyWhatIsNotThereWhenAsked() {
        HttpResponse<String> first = put("m-once", "If-None-Match", "*");
        HttpResponse<String> second = put("m-once", "If-None-Match", "*");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(code(second)).isEqualTo("stale-revision 412");
    }

    @Test
    void replacesAProfileOnlyAtTheRevisionThatWasRead() {
        server.put("m-if", profile("m-if"));

        assertThat(put("m-if", "If-Match", "\"r1\"").statusCode()).isEqualTo(200);
        assertThat(code(put("m-if", "If-Match", "\"r1\""))).isEqualTo("stale-revision 412");
        assertThat(put("m-if", "If-Match", "*").statusCode()).isEqualTo(200);
        assertThat(code(put("m-absent", "If-Match", "*"))).isEqualTo("unknown-merchant 404");
        assertThat(code(put("m-if", "If-Match", "r1"))).isEqualTo("bad-request 400");
        assertThat(code(put("m-if", "If-Match", "\"abc\""))).isEqualTo("stale-revision 412");
    }

    /** With links of its own. */
    private static String profile(String merchant) {
        return TestServer.PROFILE.replace("sq-", merchant + "-");
    }

    private static HttpResponse<String> put(String merchant, String header, String value) {
        return server.send(
                "PUT",
                "/v1/merchants/" + merchant,
                profile(merchant),
                "Content-Type",
                "application/json",
                header,
                value);
    }

    @Test
    void refusesALinkThatAnotherMerchantHas() {
        server.put("m-first", profile("m-first"));

        HttpResponse<String> second = server.put("m-earlier", profile("m-first"));

        assertThat(code(second)).isEqualTo("link-taken 409");
        assertThat(json(second).get("detail").asText()).contains("m-first-1").contains("merchant m-first");
        assertThat(code(server.get("/v1/merchants/m-earlier"))).isEqualTo("unknown-merchant 404");
        assertThat(server.put("m-first", TestServer.PROFILE.replace("sq-", "m-other-"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.put("m-earlier", profile("m-first")).statusCode()).isEqualTo(201);
    }

    @Test
    void pagesThroughAllMerchantsInOrder() {
        try (TestServer many = new TestServer()) {
            for (int i = 0; i < 7; i++) {
                many.put("m" + i, profile("m" + i));
            }
            List<String> ids = new ArrayList<>();
            String next = "/v1/merchants?limit=3";
            int pages = 0;
            while (next != null) {
                JsonNode page = json(many.get(next));
                page.get("merchants").forEach(each -> ids.add(each.get("id").asText()));
                assertThat(page.get("complete").asBoolean()).isTrue();
                next = page.has("next") ? page.get("next").asText() : null;
                pages++;
            }
            assertThat(ids).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6");
            assertThat(pages).isEqualTo(3);
        }
    }

    @Test
    void namesTheFieldThatIsWrongInAProfile() {
        HttpResponse<String> unknown = server.put("m-bad", "{\"name\": \"x\", \"colour\": 1}");
        HttpResponse<String> currency =
                server.put("m-bad", "{\"name\": \"x\", \"currency\": \"XYZ\", \"zone\": \"UTC\"}");

        assertThat(code(unknown)).isEqualTo("invalid-value 400");
        assertThat(json(unknown).get("detail").asText()).contains("colour").contains("currency");
        assertThat(code(currency)).isEqualTo("invalid-value 400");
        assertThat(json(currency).get("detail").asText()).startsWith("currency: ");
    }

    @Test
    void saysWhichIdsAndPagesAreWrong() {
        assertThat(code(server.get("/v1/merchants/no%20spaces"))).isEqualTo("invalid-value 400");
        assertThat(code(server.get("/v1/merchants/" + "x".repeat(65)))).isEqualTo("invalid-value 400");
        assertThat(code(server.get("/v1/merchants/unknown"))).isEqualTo("unknown-merchant 404");
        assertThat(code(server.get("/v1/merchants?limit=0"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/merchants?limit=1001"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/merchants?after=%25"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/merchants?after=IA"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/merchants?limit=1&limit=2"))).isEqualTo("bad-request 400");
        assertThat(code(server.get("/v1/merchants?colour=1"))).isEqualTo("bad-request 400");
    }
}
