package dev.tournant.deploy.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChildProcessTest {
    private static final Duration START = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void givesTheChildItsArgumentsAndItsEnvironment() {
        try (ChildProcess child = up(Mains.Polite.class)) {
            assertThat(child.lastLogLines(1)).containsExactly("up with a,b and kitchen");
        }
    }

    @Test
    void letsAChildEndInGoodOrder() {
        ChildProcess child = up(Mains.Polite.class);

        assertThat(child.terminate(START)).isTrue();

        assertThat(child.lastLogLines(1)).containsExactly("goodbye");
        assertThat(child.onExit().toCompletableFuture()).succeedsWithin(START).isEqualTo(128 + 15);
    }

    @Test
    void leavesCtrlCAndTheEndOfTheTerminalToTheParent() throws Exception {
        ChildProcess child = up(Mains.Polite.class);

        // The shell's own, as not every machine has the program.
        for (String signal : List.of("-INT", "-HUP")) {
            assertThat(new ProcessBuilder("sh", "-c", "kill " + signal + " " + child.pid())
                            .start()
                            .waitFor())
                    .isZero();
        }

        // Had it taken one of them as an order to end, its exit code would tell.
        assertThat(child.terminate(START)).isTrue();
        assertThat(child.onExit().toCompletableFuture()).succeedsWithin(START).isEqualTo(128 + 15);
    }

    @Test
    void killsAChildThatDoesNotEndWhenAsked() {
        ChildProcess child = up(Mains.Stubborn.class);

        assertThat(child.terminate(Duration.ofMillis(200))).isFalse();

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void pausesAndResumesAChild() throws IOException {
        try (ChildProcess child = up(Mains.Polite.class)) {
            Path stat = Path.of("/proc", String.valueOf(child.pid()), "stat");
            assumeTrue(Files.exists(stat), "the state of a process is read from Linux's /proc");

            child.pause();
            awaitStopped(stat, true);
            child.pause();
            child.resume();
            awaitStopped(stat, false);
        }
    }

    @Test
    void endsAPausedChildInGoodOrder() {
        ChildProcess child = up(Mains.Polite.class);
        child.pause();

        assertThat(child.terminate(START)).isTrue();
    }

    @Test
    void saysWhyAChildDiedAtItsStart() {
        ChildProcess child = child(Mains.Broken.class).start();

        assertThatThrownBy(() -> child.awaitReady(() -> false, START))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("ended with exit code 1 while it was starting")
                .hasMessageContaining(directory.resolve("child.log").toString())
                .hasMessageContaining("complaint 40")
                .hasMessageContaining("the oven is cold")
                .hasMessageNotContaining("complaint 3\n");
    }

    @Test
    void killsAChildThatIsNotReadyInTime() {
        ChildProcess child = child(Mains.Polite.class).start();

        assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(300)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("did not answer");
        assertThat(child.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNoChildBehindWhenTheParentIsKilled(boolean paused) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Mains.Parent.class.getName(),
                directory.toString()));
        if (paused) {
            command.add("pause");
        }
        Process parent = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = parent.inputReader()) {
            assertThat(out.readLine()).startsWith("child ");
            parent.destroyForcibly();
        }

        // The grandchild holds this lock while it lives: getting it is the proof.
        try (FileChannel channel = FileChannel.open(directory.resolve("grandchild.lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
        }
    }

    @Test
    void keepsTheLogOfTheRunBefore() {
        up(Mains.Polite.class).close();
        up(Mains.Polite.class).close();

        assertThat(directory.resolve("child.log.1")).content().contains("goodbye");
    }

    /** The kernel delivers a signal to all threads of a process in its own time; the class's time-out is the limit. */
    private static void awaitStopped(Path stat, boolean stopped) throws IOException {
        while (Files.readString(stat).contains(") T ") != stopped) {
            Thread.onSpinWait();
        }
    }

    private ChildProcess up(Class<?> main) {
        ChildProcess child = child(main).start();
        child.awaitReady(() -> !child.lastLogLines(1).isEmpty(), START);
        return child;
    }

    private ChildProcess.Builder child(Class<?> main) {
        return ChildProcess.named("child")
                .ownClasspath()
                .mainClass(main.getName())
                .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .args("a", "b")
                .env("TOURNANT_TEST", "kitchen")
                .log(directory.resolve("child.log"));
    }
}
