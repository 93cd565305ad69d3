package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslationTest {
    @TempDir
    Path folder;

    private Path home;
    private Path page;

    @BeforeEach
    void make() {
        home = Shell.manifest(folder);
        page = home.resolve("samples/menu/page-1.json");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void showsRecordsAsOurJson() throws IOException {
        Shell.Done done = Shell.run("adapter", "map", home, "--in", page);
        assertThat(done.exit()).isZero();
        assertThat(done.err()).isEmpty();
        JsonNode tea = Json.text().readTree(done.out()).get(0).path("deltas").get(1);
        assertThat(tea.path("kind").asText()).isEqualTo("item");
        assertThat(tea.at("/fields/price/amount").asText()).isEqualTo("2.50");
    }

    @Test
    void namesWhatCannotBeReadByItsPathAndFails() {
        Shell.Done done = Shell.run("adapter", "map", home, "--in", home.resolve("samples/menu/odd-price.json"));
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.err()).contains("odd-price.json: items[0].price_cents (item soup): must be a whole number");
    }

    @Test
    void readsWebhooksByTheirFolderOrByWord() throws IOException {
        Path webhook = home.resolve("samples/webhooks/menu-changed.json");
        assertThat(Shell.run("adapter", "map", home, "--in", webhook).out()).contains("signals", "menu");
        Path elsewhere = file("hook.json", Files.readString(webhook));
        assertThat(Shell.run("adapter", "map", home, "--in", elsewhere, "--webhook")
                        .out())
                .contains("event-1");
        Shell.Done both = Shell.run("adapter", "map", home, "--in", elsewhere, "--webhook", "--resource", "menu");
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("one or the other");
    }

    @Test
    void showsOfAWebhookForManyWhatIsOurs() throws IOException {
        Path manifest = home.resolve(home.getFileName() + ".yaml");
        Files.writeString(
                manifest,
                Files.readString(manifest).replace("  account: account", "  each: {path: shops, by: account}"));
        Path webhook = file("many.json", """
                {"shops": {"account-1": [{"id": "ours", "type": "menu.changed"}], "other": [{"id": "theirs", "type": "x"}]}}
                """);
        Shell.Done done = Shell.run("adapter", "map", home, "--in", webhook, "--webhook");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("ours").doesNotContain("theirs");
        Path others = file("others.json", "{\"shops\": {\"other\": [{\"id\": \"theirs\", \"type\": \"x\"}]}}");
        assertThat(Shell.run("adapter", "map", home, "--in", others, "--webhook")
                        .err())
                .contains("shops.other[0]: is of account other, but the link's account is account-1");
    }

    @Test
    void showsWhatIsWrittenAsADifference() throws IOException {
        Path changes = file("changes.json", """
                {"item/tea": {"price": {"amount": "2.75", "currency": "USD"}, "description": null}, "item/cake": "removed"}
                """);
        Shell.Done done = Shell.run("adapter", "map", home, "--in", page, "--put", changes);
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out().lines())
                .contains("--- " + page, "-    \"price_cents\" : 250,", "+    \"price_cents\" : 275,")
                .contains("-    \"description\" : \"A pot of it.\",", "-    \"name\" : \"Cake\",")
                .contains("     \"colour\" : \"green\"");
        Path same = file("same.json", "{\"item/tea\": {\"name\": \"Tea\"}}");
        assertThat(Shell.run("adapter", "map", home, "--in", page, "--put", same)
                        .out())
                .isEmpty();
    }

    @Test
    void saysWhatCannotBeWritten() throws IOException {
        assertThat(put("{\"menu/main\": {\"name\": \"Main\"}}"))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(1))
                .satisfies(done -> assertThat(done.err()).contains("not written: menu/main"));
        assertThat(put("{\"item/tea\": {\"price\": {\"amount\": \"2.75\", \"currency\": \"EUR\"}}}"))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(1))
                .satisfies(done -> assertThat(done.err()).contains("cannot be written", "EUR"));
        assertThat(put("{\"item/tea\": {\"pirce\": 1}}"))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(2))
                .satisfies(done -> assertThat(done.err()).contains("changes.json: item/tea.pirce"));
        assertThat(put("{\"tea\": {}}").err()).contains("tea: must be KIND/ID");
        assertThat(put("{\"item/tea\": 7}").err()).contains("item/tea: must be an object of fields, or \"removed\"");
        assertThat(put("[]").err()).contains("must be a JSON object");
    }

    private Shell.Done put(String changes) throws IOException {
        return Shell.run("adapter", "map", home, "--in", page, "--put", file("changes.json", changes));
    }

    @Test
    void saysWhichResourcesThereAre() throws IOException {
        Shell.Done done = Shell.run("adapter", "map", home, "--in", page, "--resource", "menus");
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).contains("has no resource menus; use one of [menu]");
        Shell.Done missing = Shell.run("adapter", "map", home, "--in", folder.resolve("nowhere.json"));
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("nowhere.json: there is no such file");
        Path hook = home.resolve("samples/webhooks/menu-changed.json");
        assertThat(Shell.run("adapter", "map", home, "--in", hook, "--put", page)
                        .err())
                .contains("a webhook is not written to");
    }
}
