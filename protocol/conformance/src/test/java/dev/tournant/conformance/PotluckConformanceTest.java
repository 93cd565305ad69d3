package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The example of a manifest: a partner without a line of Java, and what its author would write to check it. */
class PotluckConformanceTest extends AdapterConformance {
    /** With its mapping and its comments. */
    private static final int LINES_MAX = 150;

    private static final ManifestAdapter POTLUCK = potluck();
    private static final Link LINK = new Link(new LinkId("pl-1"), POTLUCK.partner(), "ACC", "LOC", "main");
    private static final Samples SAMPLES = Samples.onClassPath(PotluckConformanceTest.class, "/potluck/samples");

    @Override
    protected Subject subject() {
        return Subject.of(POTLUCK, LINK, SAMPLES)
                .excusing(
                        "blamed-record-found",
                        "a group is told with its options in one object, which Potluck takes or refuses as one");
    }

    @Test
    void aSimplePartnerIsToldInAtMost150Lines() {
        assertThat(yaml().lines().count()).isLessThanOrEqualTo(LINES_MAX);
    }

    private static ManifestAdapter potluck() {
        try {
            return ManifestAdapter.of("potluck.yaml", yaml());
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static String yaml() {
        try (InputStream yaml = PotluckConformanceTest.class.getResourceAsStream("/potluck/potluck.yaml")) {
            return new String(Objects.requireNonNull(yaml, "the example").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
