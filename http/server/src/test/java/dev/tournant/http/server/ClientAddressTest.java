package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import akka.http.javadsl.model.headers.RawHeader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    private static String of(int trustedProxies, String peer, String... forwarded) {
        HttpRequest request = HttpRequest.GET("/");
        try {
            request = request.addAttribute(
                    AttributeKeys.remoteAddress, RemoteAddress.create(InetAddress.getByName(peer)));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
        List<HttpHeader> headers = new ArrayList<>();
        for (String each : forwarded) {
            headers.add(RawHeader.create("X-Forwarded-For", each));
        }
        return new ClientAddress(trustedProxies).of(request.withHeaders(headers));
    }

    @Test
    void isThePeerWhateverTheHeaderSaysWithoutAProxy() {
        assertThat(of(0, "192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(of(0, "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
    }

    @Test
    void isWhatTheOutermostTrustedProxyWrote() {
        assertThat(of(1, "192.0.2.1", "203.0.113.9, 198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(of(1, "192.0.2.1", "203.0.113.9", "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(of(2, "192.0.2.1", "1.1.1.1, 203.0.113.9, 198.51.100.7")).isEqualTo("203.0.113.9");
    }

    @Test
    void isThePeerWhereTheProxiesDidNotSay() {
        assertThat(of(1, "192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(of(2, "192.0.2.1", "198.51.100.7")).isEqualTo("192.0.2.1");
        assertThat(of(1, "192.0.2.1", "198.51.100.7, unknown")).isEqualTo("192.0.2.1");
    }

    @Test
    void isOneForAllOfWhomNothingIsKnown() {
        assertThat(new ClientAddress(0).of(HttpRequest.GET("/"))).isEqualTo("unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:DB8:1:2::9, 2001:db8:1:2::/64",
        "[2001:db8:1:2::9], 2001:db8:1:2::/64",
        "[2001:db8:1:2::9]:4711, 2001:db8:1:2::/64",
        "::1, 0:0:0:0::/64",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void readsAddressesInDigits(String text, String name) {
        assertThat(ClientAddress.parse(text)).hasValue(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "localhost",
                "dead.beef",
                "999.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                ":",
                "1::2::3",
                "fe80::1%eth0",
                "_hidden",
                "192.0.2.1, 192.0.2.2"
            })
    void looksNothingElseUp(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }
}
