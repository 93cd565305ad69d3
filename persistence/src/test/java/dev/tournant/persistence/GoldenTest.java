package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tournant.messages.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What was ever written must still be read. The files are written once, by {@code mvn -pl persistence -am test
 * -Dtest=GoldenTest -Dsurefire.failIfNoSpecifiedTests=false -Dtournant.golden.write=true}, which leaves those alone
 * that are there.
 */
class GoldenTest {
    private static final Path FILES = Path.of("src/test/resources/golden");
    private final StoredSerializer serializer = new StoredSerializer();

    @BeforeAll
    static void writesTheFilesThatAreNewWhenItIsTold() throws IOException {
        if (!Boolean.getBoolean("tournant.golden.write")) {
            return;
        }
        StoredSerializer serializer = new StoredSerializer();
        write("commit-2.cbor", serializer.toBinary(StoredValues.COMMIT_2));
        write("merchant-snapshot-1.cbor.deflate", serializer.toBinary(StoredValues.SNAPSHOT_1));
        write("commit-2-links.cbor", serializer.toBinary(StoredValues.COMMIT_2_LINKS));
        write("merchant-snapshot-1-links.cbor.deflate", serializer.toBinary(StoredValues.SNAPSHOT_1_LINKS));
        write("commit-2-unkept.cbor", serializer.toBinary(StoredValues.COMMIT_2_UNKEPT));
        write("commit-2-ends.cbor", serializer.toBinary(StoredValues.COMMIT_2_ENDS));
        write("commit-2-anew.cbor", serializer.toBinary(StoredValues.COMMIT_2_ANEW));
        write("commit-2-again.cbor", serializer.toBinary(StoredValues.COMMIT_2_AGAIN));
        write("commit-2-gone.cbor", serializer.toBinary(StoredValues.COMMIT_2_GONE));
        write("merchant-snapshot-1-former.cbor.deflate", serializer.toBinary(StoredValues.SNAPSHOT_1_FORMER));
        write("gate-ledger-1.cbor", serializer.toBinary(StoredValues.GATE_LEDGER_1));
        write("gate-ledger-1-told.cbor", serializer.toBinary(StoredValues.GATE_LEDGER_1_TOLD));
        write("gate-ledger-1-lowered.cbor", serializer.toBinary(StoredValues.GATE_LEDGER_1_LOWERED));
        // No code writes version 1 any more: it is version 2 with the one mark that it knew.
        ObjectMapper cbor = Json.mapper(new CBORFactory());
        ObjectNode first = cbor.valueToTree(StoredValues.COMMIT_1);
        first.remove("marks");
        first.putObject("mark").put("sequence", "topic/0").put("offset", 7L);
        write("commit-1.cbor", cbor.writeValueAsBytes(first));
    }

    private static void write(String name, byte[] bytes) throws IOException {
        if (!Files.exists(FILES.resolve(name))) {
            Files.createDirectories(FILES);
            Files.write(FILES.resolve(name), bytes);
        }
    }

    private static byte[] golden(String name) throws IOException {
        return Files.readAllBytes(FILES.resolve(name));
    }

    @Test
    void stillReadsACommitOfVersion1() throws IOException {
        assertThat(serializer.fromBinary(golden("commit-1.cbor"), "commit/1")).isEqualTo(StoredValues.COMMIT_1);
    }

    @Test
    void stillReadsACommitOfVersion2AndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2);
        assertThat(serializer.manifest(StoredValues.COMMIT_2)).isEqualTo("commit/2");
        assertThat(serializer.toBinary(StoredValues.COMMIT_2)).isEqualTo(stored);
    }

    /** Another zlib may deflate to other bytes; what is inside them has to be the same. */
    @Test
    void stillReadsASnapshotOfVersion1AndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("merchant-snapshot-1.cbor.deflate");
        assertThat(serializer.fromBinary(stored, "merchant-snapshot/1+deflate")).isEqualTo(StoredValues.SNAPSHOT_1);
        assertThat(serializer.fromBinary(inflated(stored), "merchant-snapshot/1"))
                .isEqualTo(StoredValues.SNAPSHOT_1);
        assertThat(serializer.manifest(StoredValues.SNAPSHOT_1)).isEqualTo("merchant-snapshot/1+deflate");
        assertThat(inflated(serializer.toBinary(StoredValues.SNAPSHOT_1))).isEqualTo(inflated(stored));
    }

    @Test
    void stillReadsACommitOfLinksAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-links.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_LINKS);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_LINKS)).isEqualTo(stored);
    }

    @Test
    void stillReadsACommitOfWhatIsNotKeptAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-unkept.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_UNKEPT);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_UNKEPT)).isEqualTo(stored);
    }

    @Test
    void stillReadsACommitOfEarlyEndsAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-ends.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_ENDS);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_ENDS)).isEqualTo(stored);
    }

    @Test
    void stillReadsACommitOfWhatIsDecidedAnewAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-anew.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_ANEW);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_ANEW)).isEqualTo(stored);
    }

    @Test
    void stillReadsACommitOfLinksThatAreToldAgainAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-again.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_AGAIN);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_AGAIN)).isEqualTo(stored);
    }

    @Test
    void stillReadsASnapshotWithLinksAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("merchant-snapshot-1-links.cbor.deflate");
        assertThat(serializer.fromBinary(stored, "merchant-snapshot/1+deflate"))
                .isEqualTo(StoredValues.SNAPSHOT_1_LINKS);
        assertThat(inflated(serializer.toBinary(StoredValues.SNAPSHOT_1_LINKS))).isEqualTo(inflated(stored));
    }

    @Test
    void stillReadsACommitOfALinkThatIsGoneAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("commit-2-gone.cbor");
        assertThat(serializer.fromBinary(stored, "commit/2")).isEqualTo(StoredValues.COMMIT_2_GONE);
        assertThat(serializer.toBinary(StoredValues.COMMIT_2_GONE)).isEqualTo(stored);
    }

    @Test
    void stillReadsASnapshotWithFormerNamesAndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("merchant-snapshot-1-former.cbor.deflate");
        assertThat(serializer.fromBinary(stored, "merchant-snapshot/1+deflate"))
                .isEqualTo(StoredValues.SNAPSHOT_1_FORMER);
        assertThat(inflated(serializer.toBinary(StoredValues.SNAPSHOT_1_FORMER)))
                .isEqualTo(inflated(stored));
    }

    @Test
    void stillReadsALedgerWithWhatThePartnerTold() throws IOException {
        byte[] stored = golden("gate-ledger-1-told.cbor");
        assertThat(serializer.fromBinary(stored, "gate-ledger/1")).isEqualTo(StoredValues.GATE_LEDGER_1_TOLD);
        assertThat(serializer.toBinary(StoredValues.GATE_LEDGER_1_TOLD)).isEqualTo(stored);
    }

    @Test
    void stillReadsWhatLowersAnOpenPool() throws IOException {
        byte[] stored = golden("gate-ledger-1-lowered.cbor");
        assertThat(serializer.fromBinary(stored, "gate-ledger/1")).isEqualTo(StoredValues.GATE_LEDGER_1_LOWERED);
        assertThat(serializer.toBinary(StoredValues.GATE_LEDGER_1_LOWERED)).isEqualTo(stored);
    }

    @Test
    void stillReadsALedgerOfVersion1AndWritesExactlyThoseBytes() throws IOException {
        byte[] stored = golden("gate-ledger-1.cbor");
        assertThat(serializer.fromBinary(stored, "gate-ledger/1")).isEqualTo(StoredValues.GATE_LEDGER_1);
        assertThat(serializer.manifest(StoredValues.GATE_LEDGER_1)).isEqualTo("gate-ledger/1");
        assertThat(serializer.toBinary(StoredValues.GATE_LEDGER_1)).isEqualTo(stored);
    }

    private static byte[] inflated(byte[] bytes) throws IOException {
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    @Test
    void hasTheIdentifierThatStandsInEveryRow() {
        assertThat(serializer.identifier()).isEqualTo(7_340_001);
        assertThat(Objects.requireNonNull(getClass().getResource("/tournant-persistence.conf")))
                .satisfies(conf -> {
                    try (InputStream in = conf.openStream()) {
                        assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                                .contains("\"dev.tournant.persistence.StoredSerializer\" = 7340001");
                    }
                });
    }
}
