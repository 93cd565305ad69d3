package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9000/hooks?for=test&x=1", "https://example.org", "http://[::1]:80/"})
    void takesWhatCanBeCalled(String url) {
        assertThat(HttpUrl.of(url).toString()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "ftp://x", "http:///x", "http://a b/", "http://a_b/", "http://x:99999/", "mailto:a@b"})
    void refusesWhatCannot(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpUrl.of(url));
    }
}
