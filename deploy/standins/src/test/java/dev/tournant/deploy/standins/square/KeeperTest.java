package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeeperTest {
    @TempDir
    private Path data;

    @Test
    void goesOnWhereItStopped() throws Exception {
        List<JsonNode> before;
        try (SquareStandin standin = start(data, 2)) {
            editMuch(standin);
            standin.subscribe(standin.accounts().get(0).merchantId(), "http://127.0.0.1:9/hook", "key");
            before = everything(standin);
        }

        try (SquareStandin again = start(data, 2)) {
            assertThat(everything(again)).isEqualTo(before);
        }
    }

    @Test
    void givesNewerVersionsAndOtherIdsAfterAStart() throws Exception {
        Set<String> ids = new HashSet<>();
        Edit last = null;
        for (int start = 0; start < 3; start++) {
            try (SquareStandin standin = start(data, 1)) {
                for (int nth = 0; nth < 20; nth++) {
                    Edit edit = standin.edit(standin.accounts().get(0).merchantId(), EditKind.ADD_ITEM);
                    assertThat(ids.add(edit.objectId())).isTrue();
                    assertThat(edit.version()).isGreaterThan(last == null ? 0 : last.version());
                    last = edit;
                }
            }
        }
    }

    @Test
    void neverGoesBackBehindWhatItServedWhenItIsKilled(@TempDir Path killed) throws Exception {
        Edit last;
        try (SquareStandin standin = start(data, 1)) {
            String merchant = standin.accounts().get(0).merchantId();
            Edit saved = standin.edit(merchant, EditKind.RENAME);
            awaitSaved(saved.version());
            copy(data, killed);
            last = standin.edit(merchant, EditKind.RENAME);
        }

        try (SquareStandin again = start(killed, 1)) {
            JsonNode state =
                    new Caller(again.url(), "").get("/control/state").body().at("/sellers/0");
            assertThat(state.path("version").asLong()).isGreaterThanOrEqualTo(last.version());
            Edit next = again.edit(state.path("merchantId").asText(), EditKind.PRICE);
            assertThat(next.version()).isGreaterThan(last.version());
        }
    }

    @Test
    void addsTheSellersThatAreAskedForAndDropsNone() {
        List<SquareStandin.Account> one = accounts(1);
        List<SquareStandin.Account> three = accounts(3);

        assertThat(three).hasSize(3).startsWith(one.get(0));
        assertThat(accounts(2)).isEqualTo(three);
    }

    @Test
    void namesAFileThatIsNoSellerOfItsOwn() throws Exception {
        accounts(1);
        for (String text :
                List.of("", "{", "[]", "{}", "{\"format\":\"tournant-square-seller\",\"formatVersion\":2}")) {
            Files.writeString(data.resolve("seller-0.json"), text);
            assertThatIllegalStateException()
                    .isThrownBy(() -> start(data, 1))
                    .withMessageContaining("seller-0.json")
                    .withMessageContaining("move it away");
        }
    }

    @Test
    void refusesADirectoryThatAnotherOneUsesAndOneThatIsAFile() throws Exception {
        try (SquareStandin standin = start(data, 1)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> start(data, 1))
                    .withMessageContaining("another stand-in is running on " + data);
            assertThat(standin.accounts()).hasSize(1);
        }
        Path file = Files.writeString(data.resolve("file"), "");
        assertThatIllegalStateException().isThrownBy(() -> start(file, 1)).withMessageContaining("cannot use");
    }

    private static SquareStandin start(Path data, int sellers) {
        return SquareStandin.start(
                SquareSettings.defaults().withSellers(sellers).withItems(30).withData(data));
    }

    private List<SquareStandin.Account> accounts(int sellers) {
        try (SquareStandin standin = start(data, sellers)) {
            return standin.accounts();
        }
    }

    private static void editMuch(SquareStandin standin) {
        for (SquareStandin.Account account : standin.accounts()) {
            for (EditKind kind : EditKind.values()) {
                for (int nth = 0; nth < 10; nth++) {
                    standin.edit(account.merchantId(), kind);
                }
            }
        }
    }

    /** What the control API tells, and what a client reads, tombstones included. */
    private static List<JsonNode> everything(SquareStandin standin) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        Caller control = new Caller(standin.url(), "");
        all.add(control.get("/control/state").body());
        for (SquareStandin.Account account : standin.accounts()) {
            all.add(control.get("/control/truth?seller=" + account.merchantId()).body());
            Caller client = new Caller(standin.url(), account.token());
            all.add(client.post(
                            "/v2/catalog/search",
                            "{'include_deleted_objects':true,'begin_time':'2025-01-01T00:00:00Z','limit':1000}")
                    .body());
            all.add(client.get("/v2/locations").body());
        }
        return all;
    }

    private void awaitSaved(long version) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.readString(data.resolve("seller-0.json"), StandardCharsets.UTF_8)
                .contains("\"latest\":" + version)) {
            assertThat(System.nanoTime()).as("saved in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
