package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConfigTest {
    @Test
    void readsKeysFromListsAndFromText() {
        String hash = TestServer.sha256("k");
        HttpConfig config = HttpConfig.read(
                TestServer.config("keys = [{name = listed, sha256 = \"" + hash + "\", scopes = [read, write]}]"));

        assertThat(config.keys()).extracting(ApiKey::name).containsExactly("listed", "reader", "writer", "both");
        assertThat(config.keys().get(0).scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.WRITE);
        assertThat(config.keys().get(1).scopes()).containsExactly(Scope.READ);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port = 70000                        | tournant.http.port",
                "port = x                            | port",
                "public-url = \"ftp://x\"            | tournant.http.public-url",
                "public-url = \"http://x/\"          | tournant.http.public-url",
                "keys-text = \"a:b:read\"            | tournant.http.keys-text",
                "keys = [{name = x}]                 | sha256",
                "json-bytes-max = 0                  | tournant.http.json-bytes-max",
                "hook-bytes-max = 3 GiB              | tournant.http.hook-bytes-max",
                "answer-within = 1 h                 | tournant.http.answer-within",
                "heartbeat = 1 h                     | tournant.http.heartbeat",
                "ask-within = 0 s                    | tournant.http.ask-within",
                "in-flight-max = 0                   | tournant.http.in-flight-max",
                "key-rate.per-second = 0             | tournant.http.key-rate: per-second",
                "hook-rate.burst = 0                 | tournant.http.hook-rate: burst",
                "address-rate.callers-max = 0        | tournant.http.address-rate: callers-max",
                "bulk.links-max = 0                  | tournant.http.bulk.links-max",
                "bulk.at-once = 0                    | tournant.http.bulk.at-once",
                "trusted-proxies = -1                | tournant.http.trusted-proxies",
            })
    void namesTheKeyThatIsWrong(String override, String key) {
        assertThatThrownBy(() -> HttpConfig.read(TestServer.config(override))).hasMessageContaining(key);
    }
}
