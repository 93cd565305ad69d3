package dev.tournant.deploy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Set<String> KNOWN = Set.of("--rounds", "--keys", "--data");

    @Test
    void takesWhatIsGivenAndElseTheDefault() {
        Options options = Options.parse(new String[] {"ingest", "--rounds", "7"}, 1, KNOWN);
        assertThat(options.number("--rounds", 2, 1, 20)).isEqualTo(7);
        assertThat(options.word("--keys", "uniform", Set.of("uniform", "zipf"))).isEqualTo("uniform");
        assertThat(options.data("ingest")).isAbsolute().endsWithRaw(java.nio.file.Path.of("target/ingest"));
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--loops", "7"}, 0, KNOWN))
                .hasMessageContaining("--loops");
        assertThatThrownBy(() -> Options.parse(new String[] {"--rounds"}, 0, KNOWN))
                .hasMessageContaining("a value");
        Options options = Options.parse(new String[] {"--rounds", "99", "--keys", "x"}, 0, KNOWN);
        assertThatThrownBy(() -> options.number("--rounds", 2, 1, 20)).hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> options.word("--keys", "uniform", Set.of("uniform")))
                .hasMessageContaining("uniform");
    }
}
