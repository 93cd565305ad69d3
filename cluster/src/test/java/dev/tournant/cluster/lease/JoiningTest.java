package dev.tournant.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoiningTest {
    private static Config seeds(String text) {
        return ConfigFactory.parseMap(Map.of(Joining.SEEDS, text));
    }

    @Test
    void readsSeedsWithCommasBetweenThem() {
        assertThat(Joining.seeds(seeds(" a.example:1 , [::1]:65535 "))).containsExactly("a.example:1", "[::1]:65535");
        assertThat(Joining.seeds(seeds(" "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:65536", "a:0", "[::1]:99999", "a:123456", "a", "a:1,", "::1:2552", "a b:1"})
    void refusesWhatIsNoHostAndPort(String text) {
        assertThatThrownBy(() -> Joining.seeds(seeds(text)))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining(Joining.SEEDS)
                .hasMessageContaining("is no HOST:PORT");
    }
}
