package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults are found, and what is said leads to them. */
class CheckingTest {
    private static final String PRICE = "price: {path: price_cents, money: minor, currency: USD}";

    @TempDir
    Path folder;

    private Path home;
    private Path manifest;

    @BeforeEach
    void make() {
        home = Shell.manifest(folder);
        manifest = home.resolve("stall.yaml");
    }

    private void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    @Test
    void findsCentsThatAreTakenForDollars() throws IOException {
        change(manifest, PRICE, "price: {path: price_cents, money: exact, currency: USD}");
        Shell.Done done = Shell.run("adapter", "check", manifest);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.out())
                .contains("FAILED    samples-say-what-is-expected", "menu/page-1.json", "item/tea price")
                .contains("expected to be 2.50 USD, but is read as 250.00 USD")
                .contains("begin with the first one above: samples-say-what-is-expected");
    }

    @Test
    void passesTheExampleOfAManifest() {
        Shell.Done done = Shell.run("adapter", "check", Path.of("..", "..", "protocol", "examples", "potluck"));
        assertThat(done.exit()).as(done.out()).isZero();
        assertThat(done.out()).contains("1 excused");
    }

    @Test
    void findsASignatureThatIsMadeOfOtherParts() throws IOException {
        change(manifest, "parts: [{header: x-time}, newline, body]", "parts: [{header: x-time}, body]");
        Shell.Done done = Shell.run("adapter", "check", manifest);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.out()).contains("FAILED    published-signatures-accepted", "look at its parts, their order");
    }

    @Test
    void namesFileAndLineOfAManifestThatCannotBeRead() throws IOException {
        change(manifest, PRICE, "pirce: price_cents");
        change(manifest, "limits:", "limit:");
        int line = 1 + Files.readAllLines(manifest).indexOf("      pirce: price_cents");
        Shell.Done done = Shell.run("adapter", "check", home);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.err()).contains(manifest + ":").contains("limit");
        change(manifest, "limit:", "limits:");
        assertThat(Shell.run("adapter", "check", home).err())
                .startsWith(manifest + ":" + line
                        + ": records.item.fields.pirce: is no field; is price meant? Known are name");
    }

    @Test
    void wantsSamples() throws IOException {
        Path alone = Files.copy(
                manifest, Files.createDirectory(folder.resolve("alone")).resolve("stall.yaml"));
        Shell.Done done = Shell.run("adapter", "check", alone);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.err()).contains("there are no samples in " + folder.resolve("alone/samples"));
    }

    @Test
    void namesASampleThatCannotBeRead() throws IOException {
        Path expected = home.resolve("samples/menu/page-1.expected.json");
        Files.writeString(expected, "{");
        Shell.Done done = Shell.run("adapter", "check", home);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.err()).contains(expected.toString(), "is no JSON");
    }

    @Test
    void readsWhatTheSamplesAreAbout() throws IOException {
        Path subject = home.resolve("samples/subject.json");
        Files.writeString(subject, "{\"account\": \"another\"}");
        Shell.Done other = Shell.run("adapter", "check", home);
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.out()).contains("webhooks/menu-changed.json", "is about none of our accounts");

        Files.writeString(subject, "{\"acount\": \"another\"}");
        assertThat(Shell.run("adapter", "check", home).err())
                .contains("subject.json: acount: is unknown; known are [account");
        Files.writeString(subject, "{\"account\": 7}");
        assertThat(Shell.run("adapter", "check", home).err()).contains("subject.json: account: must be text");
        Files.writeString(subject, "{\"account\": \"account-1\", \"excuses\": {\"no-such-check\": \"why\"}}");
        Shell.Done unknown = Shell.run("adapter", "check", home);
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("excuses", "no-such-check");
    }

    @Test
    void excusesAFailureThatIsExplained() throws IOException {
        change(manifest, PRICE, "price: {path: price_cents, money: exact, currency: USD}");
        Files.writeString(
                home.resolve("samples/subject.json"),
                "{\"account\": \"account-1\", \"excuses\": {\"samples-say-what-is-expected\": \"a test\"}}");
        Shell.Done done = Shell.run("adapter", "check", home);
        assertThat(done.exit()).as(done.out()).isZero();
        assertThat(done.out()).contains("1 excused", "(a test)");
    }

    @Test
    void triesOtherCasesWithAnotherSeed() {
        Shell.Done done = Shell.run("adapter", "check", home, "--seed", "7", "--cases", "3");
        assertThat(done.exit()).isZero();
        assertThat(done.out()).contains("seed 7:", "put-get", "(3 cases)");
        Shell.Done none = Shell.run("adapter", "check", home, "--cases", "0");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("--cases", "from 1 to 100000");
    }

    @Test
    void showsABarOnATerminalAndTakesItAway() {
        Shell.Done done = Shell.onTerminal(true, "adapter", "check", home, "--cases", "1");
        assertThat(done.err()).contains("\r\033[K[", "1/", "samples-exist").endsWith("\r\033[K");
        assertThat(done.err().split("\r\033\\[K", -1)).allMatch(line -> line.length() < 60);
    }

    @Test
    void saysWhatAPathHasToBe() throws IOException {
        assertThat(Shell.run("adapter", "check", folder.resolve("nowhere")).err())
                .contains("there is no ", "nowhere");
        Path text = Files.writeString(folder.resolve("notes.txt"), "");
        assertThat(Shell.run("adapter", "check", text).err()).contains("neither a manifest");
        assertThat(Shell.run("adapter", "check", folder).err())
                .contains("holds neither a manifest (*.yaml) nor a pom.xml");
        Files.copy(manifest, home.resolve("second.yml"));
        Shell.Done several = Shell.run("adapter", "check", home);
        assertThat(several.exit()).isEqualTo(2);
        assertThat(several.err()).contains("several manifests", "second.yml", "stall.yaml");
        Path jar = Files.writeString(folder.resolve("bad.jar"), "no jar");
        Shell.Done broken = Shell.run("adapter", "check", jar);
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("bad.jar");
    }
}
