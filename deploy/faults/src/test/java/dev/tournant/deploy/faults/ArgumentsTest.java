package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void readsWhatIsGivenAndKeepsTheRest() {
        Arguments arguments =
                Arguments.parse(new String[] {"pause", "--seconds", "40", "--victim", "oldest", "--lease", "off"});

        assertThat(arguments.faults()).containsExactly(new Fault.Pause(Duration.ofSeconds(40), true));
        assertThat(arguments.settings().timesJudged()).isTrue();
        assertThat(Arguments.parse(new String[] {"kill", "--times", "off"})
                        .settings()
                        .timesJudged())
                .isFalse();
        assertThat(arguments.settings().nodeEnvironment()).containsEntry("TOURNANT_LEASE_ENFORCED", "off");
        assertThat(Arguments.parse(new String[] {"pause"}).settings().nodeEnvironment())
                .doesNotContainKeys("TOURNANT_LEASE_ENFORCED", "TOURNANT_PAUSE_TOLERATED");
    }

    @Test
    void hasEveryFaultInAll() {
        assertThat(Arguments.parse(new String[] {"all", "--seed", "7"}).faults())
                .extracting(Object::getClass)
                .contains(
                        Fault.Pause.class,
                        Fault.Kill.class,
                        Fault.Rolling.class,
                        Fault.PauseCassandra.class,
                        Fault.CutOff.class);
    }

    @Test
    void saysWhatIsWrong() {
        refuses("there is no fault \"flood\"", "flood");
        refuses("there is no option --second", "pause", "--second", "3");
        refuses("--seconds needs a value", "pause", "--seconds");
        refuses("--seconds must be from 1 to 60, not 0", "pause", "--seconds", "0");
        refuses("--seconds must be from 1 to 60, not 61", "cassandra", "--seconds", "61");
        refuses("--seconds must be from 1 to 120, not 121", "partition", "--seconds", "121");
        refuses("--seconds means nothing to kill", "kill", "--seconds", "3");
        refuses("--times must be one of", "kill", "--times", "late");
        refuses("--lease must be one of", "pause", "--lease", "maybe");
    }

    private static void refuses(String message, String... args) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(args))
                .withMessageContaining(message);
    }
}
