package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.stack.Run;
import dev.tournant.deploy.stack.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/run} as a process of its own: what it survives, what it says, and that it leaves nothing behind. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class RunTest {
    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofSeconds(60);

    /** merchant-1 is read from Square (catalog, inventory, locations) and from DoorDash (menus). */
    private static final int FEEDS = 4;

    @TempDir
    private Path temp;

    @Test
    void restartsANodeStopsInOrderAndGoesOnUntilAServerDies() throws Exception {
        Path log = temp.resolve("run.log");
        long revision;
        try (ChildProcess run = run(log, "--data", data())) {
            await(log, "oldest change", UP_WITHIN);
            await(() -> isImported(merchant(log)), "imported", SOON);
            revision = merchant(log).path("revision").asLong();
            ProcessHandle node = child(log, "node-1");

            node.destroyForcibly();

            await(log, "node-1 died with exit code 137 and is started again", SOON);
            String text = Files.readString(log);
            assertThat(refused(temp.resolve("second.log"), 1, "--data", data()))
                    .contains("another deploy/run is running on " + data());
            await(log, "1/1 nodes", text.length(), UP_WITHIN);
            await(() -> isReady(log), "ready", SOON);
            stopsInOrder(run);
        }
        Path again = temp.resolve("again.log");
        try (ChildProcess run = run(again, "--data", data())) {
            await(again, "oldest change", UP_WITHIN);
            await(() -> isImported(merchant(again)), "imported", SOON);
            // What was imported by the first run is there, and nothing was imported again.
            assertThat(merchant(again).path("revision").asLong()).isEqualTo(revision);
            await(() -> showsAnEdit(again), "an edit, by the command that it prints", SOON);
            List<ProcessHandle> all = family(run);

            child(again, "Kafka").destroyForcibly();

            assertThat(exit(run)).isEqualTo(1);
            assertThat(Files.readString(again)).contains("kafka died with exit code 137; its last lines, from");
            assertThat(all).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void takesItsChildrenAlongWhenItIsKilled() throws Exception {
        Path log = temp.resolve("run.log");
        try (ChildProcess run = run(log, "--data", data())) {
            await(log, "applying the schema", UP_WITHIN);
            List<ProcessHandle> all = family(run);

            run.kill9();

            assertThat(all).hasSizeGreaterThanOrEqualTo(2);
            await(() -> all.stream().noneMatch(ProcessHandle::isAlive), "children gone", SOON);
        }
    }

    @Test
    void saysWhatItCannotUse() throws Exception {
        assertThat(refused(temp.resolve("1.log"), 2, "--nodes", "none")).contains("--nodes needs a whole number");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            assertThat(refused(temp.resolve("2.log"), 1, "--data", data(), "--http-port", Integer.toString(port)))
                    .contains("port " + port + " is taken");
        }
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThat(refused(temp.resolve("3.log"), 1, "--data", file.toString()))
                .contains("the data directory " + file + " cannot be used");
    }

    private String data() {
        return temp.resolve("data").toString();
    }

    private static ChildProcess run(Path log, String... args) {
        return ChildProcess.named("run")
                .ownClasspath()
                .mainClass(Run.class.getName())
                .jvmFlags("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto")
                .jvmFlags("-Dlogback.configurationFile=logback-run.xml")
                .args("--quick", "--nodes", "1", "--merchants", "1", "--items", "5", "--edits-per-second", "0")
                .args(args)
                // Other tests want the machine as well.
                .env("TOURNANT_PAUSE_TOLERATED", "9s")
                // What failed before the kill is tried again while the test waits.
                .env("TOURNANT_POLL_RETRY_MOST", "10s")
                .log(log)
                .start();
    }

    /** What it says when it ends at once with this code. */
    private static String refused(Path log, int code, String... args) throws Exception {
        try (ChildProcess run = run(log, args)) {
            assertThat(exit(run)).isEqualTo(code);
        }
        return Files.readString(log);
    }

    private static void stopsInOrder(ChildProcess run) throws Exception {
        List<ProcessHandle> all = family(run);
        assertThat(run.terminate(SOON)).isTrue();
        assertThat(exit(run)).isEqualTo(143);
        assertThat(all).hasSizeGreaterThanOrEqualTo(4).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.readString(run.log())).endsWith("stopping ..." + System.lineSeparator());
    }

    private static int exit(ChildProcess run) throws Exception {
        return run.onExit().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<ProcessHandle> family(ChildProcess run) {
        return ProcessHandle.of(run.pid()).orElseThrow().descendants().toList();
    }

    private static ProcessHandle child(Path log, String name) throws IOException {
        return ProcessHandle.of(Long.parseLong(found(log, 0, name + " +pid (\\d+)")))
                .orElseThrow();
    }

    private static JsonNode merchant(Path log) {
        try {
            String url = found(log, 0, "API (http://\\S+)");
            String key = found(log, 0, "API key +(\\S+)");
            WebClient web = new WebClient(Map.of("Authorization", "Bearer " + key));
            return web.get(url + "/v1/merchants/merchant-1").ok().json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReady(Path log) {
        try {
            return new WebClient(Map.of())
                            .get(found(log, 0, "management (http://\\S+)") + "/ready")
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs what is printed: the answer of the stand-in to the edit, and the record as the API has it a second later. */
    private static boolean showsAnEdit(Path log) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", found(log, 0, "  (ID=.*)"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher edit = Pattern.compile("\"value\":\"([^\"]+)\"").matcher(said);
            return edit.find() && said.indexOf("\"" + edit.group(1) + "\"", edit.end()) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isImported(JsonNode merchant) {
        return merchant.path("feeds").size() == FEEDS
                && merchant.path("records").path("item").asInt() > 0
                && merchant.path("records").path("store").asInt() > 0
                && merchant.path("feeds").findValues("wanted").stream().noneMatch(JsonNode::asBoolean);
    }

    private static String found(Path log, int from, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(log).substring(from));
        assertThat(found.find()).as(pattern).isTrue();
        return found.group(1);
    }

    private static void await(Path log, String text, Duration within) throws Exception {
        await(log, text, 0, within);
    }

    private static void await(Path log, String text, int from, Duration within) throws Exception {
        await(() -> read(log).indexOf(text, from) >= 0, text, within);
    }

    private static String read(Path log) {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier holds, String what, Duration within) throws TimeoutException {
        long end = System.nanoTime() + within.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("not within " + within + ": " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
