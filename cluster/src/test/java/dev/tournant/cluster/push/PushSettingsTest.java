package dev.tournant.cluster.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushSettingsTest {
    private static final Config SHIPPED =
            ConfigFactory.parseResources("tournant-cluster.conf").resolve();

    @Test
    void readsWhatIsShipped() {
        assertThat(PushSettings.of(SHIPPED).callsMax()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushes-max", "calls-max", "instead-max", "calls-per-push-max"})
    void namesTheKeyThatIsWrong(String key) {
        Config wrong = SHIPPED.withValue("tournant.push." + key, ConfigValueFactory.fromAnyRef(0));
        assertThatThrownBy(() -> PushSettings.of(wrong))
                .isInstanceOf(ConfigException.BadValue.class)
                .hasMessageContaining("tournant.push." + key);
    }
}
