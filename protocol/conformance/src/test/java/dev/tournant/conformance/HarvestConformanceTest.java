package dev.tournant.conformance;

import static dev.tournant.conformance.Finder.bodies;
import static dev.tournant.conformance.Finder.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manifest of a partner that can be told the price and the status of what it has, and nothing else. */
class HarvestConformanceTest extends AdapterConformance {
    private static final String YAML = yaml();
    private static final Link LINK = new Link(new LinkId("ha-1"), new PartnerName("harvest"), "venue-1", null, "main");
    private static final Samples SAMPLES = Samples.onClassPath(HarvestConformanceTest.class, "/harvest/samples");

    @Override
    protected Subject subject() {
        return Subject.of(by(YAML), LINK, SAMPLES);
    }

    private static ManifestAdapter by(String yaml) {
        try {
            return ManifestAdapter.of("harvest.yaml", yaml);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static String yaml() {
        try (InputStream yaml = HarvestConformanceTest.class.getResourceAsStream("/harvest/harvest.yaml")) {
            return new String(Objects.requireNonNull(yaml, "the manifest").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String changed(String from, String to) {
        assertThat(YAML).contains(from);
        return YAML.replace(from, to);
    }

    @Test
    void whatItCanBeToldIsTried() {
        Report report = Conformance.run(subject(), Finder.EFFORT);
        Set<String> tried = report.lines().stream()
                .filter(line -> line.verdict() instanceof Verdict.Passed)
                .map(line -> line.check().id())
                .collect(Collectors.toSet());
        assertThat(tried)
                .contains(
                        "changes-are-told",
                        "patches-bear-what-changed",
                        "refused-writes-as-declared",
                        "waits-as-declared",
                        "garbage-is-no-success",
                        "echoed-secrets-not-repeated",
                        "plans-account-for-all");
    }

    /** New items, in categories of which there can be no new ones; a status and no price. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: {path: name, read-only: true}|name: name",
                "patch: PATCH /v2/products/{id}|patch: PATCH /v2/products/{id}\n      create: POST /v2/products",
                "price: {path: price, |price: {path: price, read-only: true, ",
                "category_ids, read-only: true,|category_ids,"
            })
    void itsKinPassAsWell(String change) {
        String[] parts = change.split("\\|");
        Report report = Conformance.run(Subject.of(by(changed(parts[0], parts[1])), LINK, SAMPLES), Finder.EFFORT);
        assertThat(report.passed()).as(report.text()).isTrue();
    }

    @Test
    void aPatchWithoutThePriceIsFound() {
        ManifestAdapter right = by(YAML);
        Adapter faulty = new Passing(right, right.writing().orElseThrow()) {
            @Override
            public Plan plan(Difference difference) {
                return bodies(super.plan(difference), ObjectNode::removeAll);
            }
        };
        found(Subject.of(faulty, LINK, SAMPLES), "changes-are-told", "item/prod_1 price", "neither in a call");
    }

    @Test
    void newItemsThatAreLookedForAmongCategoriesAreFound() {
        ManifestAdapter right = by(changed("patch: PATCH", "create: POST /v2/products\n      patch: PATCH"));
        Adapter faulty = new Passing(right, right.writing().orElseThrow()) {
            @Override
            public List<String> madeIn() {
                return List.of("categories");
            }
        };
        found(Subject.of(faulty, LINK, SAMPLES), "made-in-shows-what-is-held", "leaves out products");
    }

    @Test
    void writingOfWhatIsReadOnlyIsFound() {
        String nothing = changed("price: {path: price, ", "price: {path: price, read-only: true, ")
                .replace("status: {path: available, ", "status: {path: available, read-only: true, ");
        found(
                Subject.of(by(nothing), LINK, SAMPLES),
                "refused-writes-as-declared",
                "hold no call",
                "in a manifest: every field of theirs is read-only");
    }

    @Test
    void aMisspeltTypeOfWebhookIsFound() {
        String misspelt = changed("product.updated:", "product.updatd:");
        found(
                Subject.of(by(misspelt), LINK, SAMPLES),
                "samples-read-wholly",
                "webhooks/product-updated.json",
                "means nothing",
                "webhooks.events",
                "webhooks/product-updated.expected.json: {}");
    }

    @Test
    void aWebhookThatIsMeantToSayNothingMay() {
        Sample ping = new Sample(
                "webhooks/ping.json",
                null,
                "{\"id\":\"evt_2\",\"event\":\"ping\"}".getBytes(StandardCharsets.UTF_8),
                Map.of(),
                Documents.empty(),
                null);
        Report report =
                Conformance.run(Subject.of(by(YAML), LINK, SAMPLES.and(new Samples(List.of(ping)))), Finder.EFFORT);
        assertThat(report.passed()).as(report.text()).isTrue();
    }

    @Test
    void aFieldThatIsNoneIsNamedWithTheFileThatExpectsIt() {
        expecting(
                "{\"item/prod_3\":{\"prise\":{\"amount\":\"1\",\"currency\":\"USD\"}}}",
                "item/prod_3 prise",
                "is no field");
        expecting("{\"item/prod_3\":{\"price\":\"1\"}}", "item/prod_3 price", "must be");
        expecting("{\"item/prod_3\":{\"status\":\"forsale\"}}", "item/prod_3 status", "use one of for-sale");
    }

    private static void expecting(String json, String... words) {
        ObjectNode expected = Documents.object(json.getBytes(StandardCharsets.UTF_8));
        List<Sample> wrong = SAMPLES.all().stream()
                .map(each -> each.name().equals("products/page-2.json")
                        ? new Sample(each.name(), each.resource(), each.body(), each.headers(), expected, null)
                        : each)
                .toList();
        Subject subject = Subject.of(by(YAML), LINK, new Samples(wrong));
        found(subject, "samples-say-what-is-expected", words);
        found(subject, "samples-say-what-is-expected", "products/page-2.expected.json");
    }
}
