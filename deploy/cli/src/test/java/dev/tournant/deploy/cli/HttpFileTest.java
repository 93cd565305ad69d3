package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.signature.PrefixedHeader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpFileTest {
    private static final HttpFile FILE =
            HttpFile.of("https://partner.example", new StaticHeader(PrefixedHeader.bare("X-Key"), "api-key"));

    private static List<String> lines(Map<String, String> headers, String body) {
        return FILE.lines("title", new Request("POST", "/items", headers, body, true));
    }

    @Test
    void indentsJsonAndLeavesItsNumbersAsTheyAre() {
        assertThat(lines(Map.of(), "[{\"price\":2.50,\"stock\":10.0,\"id\":12345678901234567890}]"))
                .containsExactly(
                        "### title",
                        "POST https://partner.example/items",
                        "Content-Type: application/json",
                        "X-Key: {{api-key}}",
                        "",
                        "[ {",
                        "  \"price\" : 2.50,",
                        "  \"stock\" : 10.0,",
                        "  \"id\" : 12345678901234567890",
                        "} ]",
                        "");
    }

    @Test
    void leavesAFormAsItIs() {
        String type = "application/x-www-form-urlencoded";
        assertThat(lines(Map.of("content-type", type), "a=1&b=2"))
                .containsSequence("Content-Type: " + type, "X-Key: {{api-key}}", "", "a=1&b=2");
    }
}
