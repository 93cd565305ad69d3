package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DocumentsTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    @Example
    void refusesABombOfBracketsInNoTime() {
        assertRefused("[".repeat(100_000), "is no JSON");
        assertRefused("{\"a\":".repeat(100_000), "is no JSON");
        assertRefused("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}", "is no JSON");
    }

    @Example
    void readsADocumentAsDeepAsTheLimit() {
        String deep = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}";
        assertThat(Documents.object(deep.getBytes(StandardCharsets.UTF_8)).has("a"))
                .isTrue();
    }

    @Example
    void refusesWhatIsNoUtf8() {
        byte[] latin1 = "{\"name\":\"Cr\u00E8me\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Documents.object(latin1)).isInstanceOf(InvalidValue.class);
    }

    @Example
    void refusesEveryTruncationOfADocument() {
        byte[] whole = "{\"a\":[1,2,{\"b\":\"\u00E9\\u0041\"}],\"c\":null}".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Documents.object(part)).isInstanceOf(InvalidValue.class);
        }
        assertThat(Documents.object(whole).size()).isEqualTo(2);
    }

    @Example
    void saysWhereWhatWasNeverClosedBegins() {
        byte[] broken = "{\n  \"a\": [1".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Documents.object(broken))
                .hasMessageContaining("start marker at line 2, column 8)")
                .hasMessageNotContaining("Source");
    }

    @Example
    void refusesTrailingTokensAndOtherThingsThanObjects() {
        assertRefused("{} {}", "is no JSON");
        assertRefused("{} x", "is no JSON");
        for (String other : List.of("[{}]", "null", "7", "\"text\"", "")) {
            assertRefused(other, "must be a JSON object");
        }
    }

    @Example
    void readsAListAndNothingElseAsOne() {
        assertThat(Documents.list("[{},7]".getBytes(StandardCharsets.UTF_8))).hasSize(2);
        for (String other : List.of("{}", "null", "7", "")) {
            assertThatThrownBy(() -> Documents.list(other.getBytes(StandardCharsets.UTF_8)))
                    .hasMessage("must be a JSON list");
        }
    }

    @Example
    void refusesNumbersThatAreTooLongInNoTime() {
        assertRefused("{\"a\":" + "9".repeat(1_000_000) + "}", "is no JSON");
        assertRefused("{\"a\":0." + "9".repeat(1_000_000) + "}", "is no JSON");
    }

    @Example
    void doesNotWriteOutNumbersThatAreShortButGreat() {
        assertTimeoutPreemptively(SOON, () -> {
            ObjectNode bomb = Documents.object("{\"a\":1e999999999}".getBytes(StandardCharsets.UTF_8));
            assertThat(Documents.text(bomb).length()).isLessThan(100);
            assertThat(bomb.path("a").asText().length()).isLessThan(100);
        });
    }

    @Property(tries = 500)
    void neverThrowsAnythingElseForAnyBytes(@ForAll byte[] bytes) {
        try {
            Documents.object(bytes);
        } catch (InvalidValue e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private static void assertRefused(String json, String why) {
        assertTimeoutPreemptively(
                SOON,
                () -> assertThatThrownBy(() -> Documents.object(json.getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(InvalidValue.class)
                        .hasMessageStartingWith(why));
    }

    @Example
    void repeatsReasonsOfPartnersShortAndWellFormed() {
        Reading.Unreadable part = new Reading.Unreadable("objects[0]", "ITEM \uD800", "\0" + "x".repeat(1_000_000));
        assertThat(part.record()).isEqualTo("ITEM \uFFFD");
        assertThat(part.why()).hasSize(500).startsWith("\uFFFDxxx").endsWith("…");
        assertThat(new Outcome.GiveUp("refused", "🍔".repeat(400)).why()).hasSizeLessThanOrEqualTo(500);
        assertThat(new Outcome.TryLater(Duration.ZERO, "HTTP 500").why()).isEqualTo("HTTP 500");
    }

    @Example
    void showsNoSecrets() {
        assertThat(Keyring.of("access-token", "token-value").toString()).doesNotContain("value");
        Request request =
                new Request("GET", "/v2/x", java.util.Map.of("Authorization", "Bearer token-value"), null, true);
        assertThat(request.toString()).doesNotContain("token-value");
    }
}
