package dev.tournant.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tournant.deploy.stack.Stack;
import dev.tournant.messages.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/**
 * Keys, tokens and secrets of partners stand in no topic, in no log, and in nothing that was written to the journal. What
 * partners were sent and what they sent passed through all of these.
 */
class SecretsTest {
    /** Values, and not the names of credentials, which links bear. */
    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\s]{16,})\"(?!\\s*\\{)");

    private final LiveStack live = LiveStack.get();
    private final Path home = live.stack().logs().getParent();

    @Test
    void standNowhere() throws Exception {
        live.awaitQuiet();
        Set<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(8);
        Set<String> obtained = obtained();
        assertThat(obtained).as("tokens that the nodes got").isNotEmpty();
        secrets.addAll(obtained);
        String name = "written-" + System.nanoTime();
        Stack.Merchant merchant = live.merchant(1);
        live.web()
                .send(
                        "PATCH",
                        live.url(merchant, "/records/item/" + name),
                        "{\"name\":\"" + name + "\"}",
                        Map.of("If-None-Match", "*"))
                .ok();
        // Every row of the last minutes, as it was sent to Cassandra; the parts of its tables are compressed.
        Path writes = home.resolve("cassandra").resolve("commitlog");
        // Else nothing would follow from what is not found there.
        await().atMost(LiveStack.SOON)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> !found(Set.of(name), writes).isEmpty());
        assertThat(found(secrets, writes)).as("in Cassandra's log of writes").isEmpty();
        for (String topic : List.of(Topics.INBOUND, Topics.CHANGES, Topics.MERCHANTS, Topics.QUARANTINE)) {
            List<ConsumerRecord<String, byte[]>> records = live.everything(topic);
            StringBuilder all = new StringBuilder();
            records.forEach(record -> {
                all.append(record.key()).append(text(record.value())).append('\n');
                record.headers()
                        .forEach(header -> all.append(text(header.value())).append('\n'));
            });
            assertThat(found(secrets, all.toString())).as("in " + topic).isEmpty();
        }
        assertThat(found(secrets, live.stack().logs())).as("in logs").isEmpty();
    }

    /** All that the stack was configured with. */
    private Set<String> secrets() throws IOException {
        Set<String> secrets = new TreeSet<>();
        Matcher quoted = QUOTED.matcher(Files.readString(home.resolve("credentials.conf")));
        while (quoted.find()) {
            secrets.add(quoted.group(1));
        }
        for (String own : List.of("api-key", "signature-key", "tokens-key")) {
            secrets.add(live.stack().secret(own));
        }
        return secrets;
    }

    /** What partners gave us since: of these Toast alone gives tokens, the others' are configured or made by ourselves. */
    private Set<String> obtained() throws IOException {
        Set<String> tokens = new TreeSet<>();
        live.stack().toast().look("tokens").path("issued").forEach(token -> tokens.add(token.asText()));
        return tokens;
    }

    private static List<String> found(Set<String> wanted, String in) {
        return wanted.stream().filter(in::contains).toList();
    }

    /** One file after another: those of Cassandra have 32 MiB each. */
    private static List<String> found(Set<String> wanted, Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            found(wanted, text(Files.readAllBytes(file))).forEach(each -> found.add(each + " in " + file));
        }
        return found;
    }

    /** Byte by byte, so that nothing is lost where it is no text. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
