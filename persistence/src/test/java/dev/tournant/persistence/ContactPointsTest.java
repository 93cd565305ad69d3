package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigResolveOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPointsTest {
    /** As it is shipped, with what the environment gives. */
    private static Config shipped(Map<String, String> environment) {
        // A substitution looks at the root before it looks at the environment.
        return ConfigFactory.parseMap(environment)
                .withFallback(ConfigFactory.parseResources("tournant-persistence.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve(ConfigResolveOptions.defaults().setUseSystemEnvironment(false));
    }

    private static Config set(String value) {
        return ConfigFactory.parseString(ContactPoints.PATH + " = " + value).withFallback(shipped(Map.of()));
    }

    @Test
    void isTheDocumentedOneWhereNothingIsSet() {
        assertThat(ContactPoints.of(shipped(Map.of()))).containsExactly("127.0.0.1:9042");
    }

    @Test
    void areSeveralInOneVariable() {
        assertThat(ContactPoints.of(shipped(Map.of("TOURNANT_CASSANDRA", "one:9042, two.example:9043,[::1]:9042"))))
                .containsExactly("one:9042", "two.example:9043", "[::1]:9042");
    }

    @Test
    void mayBeAList() {
        assertThat(ContactPoints.of(set("[\"one:9042\", \"two:9042\"]"))).containsExactly("one:9042", "two:9042");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "[]",
                "one",
                "\"one:9042,\"",
                "\"one:9042 two:9042\"",
                "\"one:0\"",
                "\"one:65536\"",
                "\"::1:9042\"",
                "[\"one:9042\", \"two\"]"
            })
    void areRefusedWithTheNameOfTheKey(String value) {
        Config config = set(value);
        assertThatThrownBy(() -> ContactPoints.of(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(ContactPoints.PATH)
                .hasMessageContaining("HOST:PORT");
    }

    @Test
    void areWhatTheDriverIsToldWhateverItsOwnSectionSays() {
        Config config = ConfigFactory.parseString("datastax-java-driver.basic.contact-points = [\"else:1\"]")
                .withFallback(set("\"one:9042,two:9042\""));
        assertThat(Sessions.driver(config).getStringList("basic.contact-points"))
                .containsExactly("one:9042", "two:9042");
    }
}
