package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A manifest of a partner whose webhooks are about several merchants at once, and of several objects of each. */
class CloverConformanceTest extends AdapterConformance {
    private static final ManifestAdapter CLOVER = clover();
    private static final Webhooks HOOKS = CLOVER.webhooks().orElseThrow();
    private static final Clover BY_HAND = new Clover();
    private static final Samples SAMPLES = Samples.onClassPath(CloverConformanceTest.class, "/clover/samples");
    private static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");

    @Override
    protected Subject subject() {
        return Subject.of(CLOVER, link("M1"), SAMPLES);
    }

    private static Link link(String account) {
        return new Link(new LinkId("cl-" + account), CLOVER.partner(), account, null, "main");
    }

    private static ManifestAdapter clover() {
        try (InputStream yaml = CloverConformanceTest.class.getResourceAsStream("/clover/clover.yaml")) {
            byte[] text = Objects.requireNonNull(yaml, "the manifest").readAllBytes();
            return ManifestAdapter.of("clover.yaml", new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    /** One merchant's part of a webhook. */
    private static Payload payload(Webhooks.Part part) {
        Link link = link(Objects.requireNonNull(part.account()));
        return new Payload(link, Currency.getInstance("USD"), null, RECEIVED, part.body());
    }

    @Property(tries = 200)
    void theManifestSaysWhatJavaWouldSay(@ForAll("bodies") String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        List<Webhooks.Part> parts = HOOKS.parts(body);
        List<Webhooks.Part> byHand = BY_HAND.parts(body);

        assertThat(parts)
                .extracting(Webhooks.Part::account)
                .isEqualTo(byHand.stream().map(Webhooks.Part::account).toList());
        assertThat(parts).extracting(Webhooks.Part::location).containsOnlyNulls();
        for (int i = 0; i < parts.size(); i++) {
            Reading read = CLOVER.read(payload(parts.get(i)));
            assertThat(read).isEqualTo(BY_HAND.read(payload(byHand.get(i))));
            if (parts.size() > 1) {
                assertThat(Documents.object(parts.get(i).body()))
                        .isEqualTo(Documents.object(byHand.get(i).body()));
            }
        }
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> event = Combinators.combine(
                        Arbitraries.of("I", "IC", "IS", "IG", "O"),
                        Arbitraries.strings().withCharRange('A', 'Z').numeric().ofLength(13),
                        Arbitraries.of("CREATE", "UPDATE", "DELETE"),
                        Arbitraries.longs().between(1_794_900_000_000L, 1_795_000_000_000L))
                .as((sort, id, type, ts) ->
                        String.format("{\"objectId\":\"%s:%s\",\"type\":\"%s\",\"ts\":%d}", sort, id, type, ts));
        Arbitrary<Map<String, List<String>>> merchants = Arbitraries.maps(
                        Arbitraries.of("M1", "M2", "M3", "M~4", "M.5"),
                        event.list().ofMaxSize(5))
                .filter(each -> each.values().stream().anyMatch(events -> !events.isEmpty()));
        return merchants.map(each -> {
            List<String> shares = each.entrySet().stream()
                    .map(one -> "\"" + one.getKey() + "\":[" + String.join(",", one.getValue()) + "]")
                    .toList();
            return "{\"appId\":\"APP\",\"merchants\":{" + String.join(",", shares) + "}}";
        });
    }
}
