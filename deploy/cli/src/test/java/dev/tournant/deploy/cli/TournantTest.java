package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TournantTest {
    @Test
    void tellsItsVersionAndItsCommands() {
        assertThat(Shell.run("--version").out()).startsWith("tournant ").doesNotContain("unknown", "$");
        assertThat(Shell.run("--help").out()).contains("adapter");
        Shell.Done help = Shell.run("adapter", "--help");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("list", "new", "check", "map", "plan");
    }

    @Test
    void saysWhatIsWrongWithACommand() {
        Shell.Done unknown = Shell.run("adapter", "chekc");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("chekc");
        assertThat(Shell.run("adapter", "check").exit()).isEqualTo(2);
        assertThat(Shell.run("adapter", "check", "x", "--seed", "seven").err()).contains("--seed", "seven");
        assertThat(Shell.run().exit()).isEqualTo(2);
    }

    /** It would double the jar and the time to start. */
    @Test
    void needsNoAkka() {
        assertThatThrownBy(() -> Class.forName("akka.actor.typed.ActorRef")).isInstanceOf(ClassNotFoundException.class);
    }
}
