package dev.tournant.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.adapters.square.SquareAdapter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningTest {
    private static final Path POTLUCK = Path.of("..", "..", "protocol", "examples", "potluck");
    private static final Path BUILT_IN = Path.of("..", "..", "protocol", "adapters", "src", "test", "resources");

    private static final String BEARER =
            "static-header: {header: Authorization, prefix: \"Bearer \", secret: access-token}";

    @TempDir
    Path folder;

    private Path changes(String json) throws IOException {
        return Files.writeString(folder.resolve("changes.json"), json);
    }

    private Shell.Done plan(Path adapter, String json) throws IOException {
        return Shell.run("adapter", "plan", adapter, "--put", changes(json));
    }

    /** One in Java that is built in, with the samples that it is checked by. */
    private Shell.Done plan(Adapter adapter, String json) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), false, 60);
        Path samples = BUILT_IN.resolve(adapter.partner().value()).resolve("conformance");
        Target target = new Target(adapter, getClass().getClassLoader(), SampleFolder.in(samples), "");
        int exit = new Planning(console).show(target, changes(json));
        return new Shell.Done(exit, out.toString(), err.toString());
    }

    @Test
    void showsTheCallsOfAManifestAsTheGuideHasThem() throws IOException {
        String guide = Files.readString(Path.of("..", "..", "protocol", "GUIDE.md"));
        Shell.Done done = plan(POTLUCK, """
                {"category/c2": {"name": "Warm"}, "category/c1": "removed"}
                """);
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.err()).isEmpty();
        assertThat(done.out())
                .contains("PUT https://api.potluck.example/v1/locations/LOC/categories/c2")
                .contains("Authorization: Bearer {{access-token}}")
                .isEqualToNormalizingNewlines(guide.split("```http\n", 2)[1].split("```", 2)[0]);
    }

    @Test
    void showsTheStepsOfAnAdapterInJava() throws IOException {
        Shell.Done done = plan(new SquareAdapter(), """
                {"item/BURGER-S": {"name": "Little", "quantity": 4}}
                """);
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out().lines())
                .containsSubsequence(
                        "### step 1: item/BURGER-S",
                        "POST {{base-url}}/v2/catalog/batch-upsert",
                        "Authorization: Bearer {{access-token}}",
                        "  \"idempotency_key\" : \"nonce-u0\",",
                        "### step 2: item/BURGER-S",
                        "POST {{base-url}}/v2/inventory/changes/batch-create");
    }

    @Test
    void tellsAPartnerOfWholeDocumentsAllThatThereIs() throws IOException {
        Shell.Done done = plan(new DoorDashAdapter(), "{\"item/burger\": {\"name\": \"Bigger\"}}");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out())
                .startsWith("### menu/dinner, item/burger" + System.lineSeparator() + "PATCH {{base-url}}/marketplace/")
                .contains("Authorization: Bearer {{jwt}}", "\"name\" : \"Bigger\"", "\"name\" : \"Soup\"");
    }

    @Test
    void saysWhatNoCallTells() throws IOException {
        Shell.Done done = plan(POTLUCK, """
                {"category/c2": {"name": "Hot"}, "category/fish": {"name": "Fish"}, "item/cod": {"name": "Cod",
                 "categories": [{"in": "fish"}]}, "store/store": {"zone": "UTC"}, "tax/vat": {"name": "VAT"}}
                """);
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.out()).contains("### category/fish (new)").containsOnlyOnce("###");
        assertThat(done.err().lines())
                .containsExactly(
                        "not told: store/store: zone can only be read",
                        "no call: category/c2: it is so already",
                        "not told: tax/vat: this partner takes no such tax (unsupported)",
                        "waits: item/cod: its call is made of the answer to one above");
    }

    @Test
    void namesInPlaceOfASecretWhatItIs() throws IOException {
        assertThat(headers("static-header: {header: X-Key, prefix: \"Key \", secret: api-key}"))
                .containsExactly("X-Key: Key {{api-key}}");
        assertThat(headers("client-credentials: {token: {path: /oauth/token}, renew: {before: 60s}}"))
                .containsExactly("Authorization: Bearer {{access-token}}");
        assertThat(headers("signed-jwt: {key: signing-key, lifetime: 5m}"))
                .containsExactly("Authorization: Bearer {{jwt}}");
        assertThat(headers("signed-request: {header: X-Mac, form: hex, key: signing-key, before: [{secret: client-id}],"
                        + " parts: [verb, date], date-header: X-Date}"))
                .containsExactly("X-Date: {{date}}", "X-Mac: {{signature}}");
    }

    /** Those that hold something that is not known here. */
    private List<String> headers(String scheme) throws IOException {
        Path home = Shell.manifest(Files.createTempDirectory(folder, "home"));
        Path manifest = home.resolve("stall.yaml");
        String text = Files.readString(manifest);
        assertThat(text).contains(BEARER);
        Files.writeString(
                manifest, text.replace(BEARER, scheme) + "writing: {records: {item: {update: \"PUT /items/{id}\"}}}\n");
        Shell.Done done = plan(home, "{\"item/tea\": {\"name\": \"Chai\"}}");
        assertThat(done.exit()).as(done.err()).isZero();
        return done.out().lines().filter(line -> line.contains("{{")).toList();
    }

    @Test
    void saysWhatIsWrongWithTheChanges() throws IOException {
        assertThat(plan(POTLUCK, "{\"tea\": {}}"))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(2))
                .satisfies(done -> assertThat(done.err()).contains("changes.json: tea: must be KIND/ID"));
        assertThat(plan(POTLUCK, "{\"item/i1\": {\"pirce\": 1}}").err()).contains("changes.json: item/i1.pirce");
        assertThat(plan(POTLUCK, "{}"))
                .satisfies(done -> assertThat(done.exit()).isEqualTo(2))
                .satisfies(done -> assertThat(done.err()).contains("changes.json: has no record; give it one such as"));
        assertThat(Shell.run("adapter", "plan", POTLUCK, "--put", folder.resolve("none.json"))
                        .err())
                .contains("none.json: there is no such file");
        assertThat(Shell.run("adapter", "plan", POTLUCK).err()).contains("Missing required option: '--put=FILE'");
    }

    @Test
    void saysWhatAnAdapterLacksToBePlannedWith() throws IOException {
        Path home = Shell.manifest(folder);
        Shell.Done silent = plan(home, "{\"item/tea\": {\"name\": \"Chai\"}}");
        assertThat(silent.exit()).isEqualTo(2);
        assertThat(silent.err())
                .contains("nothing can be written to stall: say how in the manifest's part writing, or implement");
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.copy(POTLUCK.resolve("potluck.yaml"), alone.resolve("potluck.yaml"));
        Shell.Done bare = plan(alone, "{\"item/tea\": {\"name\": \"Chai\"}}");
        assertThat(bare.exit()).isEqualTo(1);
        assertThat(bare.err()).contains("there are no samples in " + alone.resolve("samples"));
    }
}
