package dev.tournant.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StackOptionsTest {
    @Test
    void readsWhatIsGivenAndKeepsTheRest() {
        StackOptions options = StackOptions.parse(
                new String[] {"--nodes", "2", "--quick", "--edits-per-second", "0.5", "--data", "there"});

        assertThat(options.nodes()).isEqualTo(2);
        assertThat(options.merchants()).isEqualTo(10);
        assertThat(options.editsPerSecond()).isEqualTo(0.5);
        assertThat(options.data()).isEqualTo(Path.of("there"));
        assertThat(options.quickStart()).isTrue();
        assertThat(StackOptions.parse(new String[0]).quickStart()).isFalse();
    }

    @Test
    void saysWhatIsWrong() {
        refuses("there is no option --node", "--node", "3");
        refuses("--nodes needs a value", "--nodes");
        refuses("--nodes must be from 1 to 9, not 10", "--nodes", "10");
        refuses("--nodes needs a whole number, not \"2.5\"", "--nodes", "2.5");
        refuses("--edits-per-second needs a number, not \"many\"", "--edits-per-second", "many");
        refuses("--edits-per-second must be from 0 to 10000, not -0.5", "--edits-per-second", "-0.5");
        refuses("--everywhere must be from 0 to 10, not 11", "--everywhere", "11");
        refuses("--http-port must be from 1024 to 65000, not 80", "--http-port", "80");
    }

    private static void refuses(String message, String... args) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StackOptions.parse(args))
                .withMessageContaining(message);
    }
}
