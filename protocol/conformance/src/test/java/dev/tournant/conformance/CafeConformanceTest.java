package dev.tournant.conformance;

import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A manifest of a partner that has single values and bare ids where our fields are lists of objects. */
class CafeConformanceTest extends AdapterConformance {
    private static final ManifestAdapter CAFE = cafe();
    private static final Link LINK = new Link(new LinkId("ca-1"), CAFE.partner(), "ACC", "LOC", "main");
    private static final Samples SAMPLES = Samples.onClassPath(CafeConformanceTest.class, "/cafe/samples");

    @Override
    protected Subject subject() {
        return Subject.of(CAFE, LINK, SAMPLES);
    }

    private static ManifestAdapter cafe() {
        try (InputStream yaml = CafeConformanceTest.class.getResourceAsStream("/cafe/cafe.yaml")) {
            byte[] text = Objects.requireNonNull(yaml, "the manifest").readAllBytes();
            return ManifestAdapter.of("cafe.yaml", new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }
}
