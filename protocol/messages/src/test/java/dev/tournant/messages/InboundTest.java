package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboundTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final byte[] BODY = {1, 2, 3};

    @Property(tries = 200)
    void readsWhatItWroteIntoHeaders(@ForAll("payloads") Inbound sent) throws Inbound.Malformed {
        Inbound read = Inbound.read(sent.merchant().value(), sent.headers(), sent.body(), NOW);
        assertThat(read).usingRecursiveComparison().isEqualTo(sent);
    }

    @Example
    void needsNoMoreThanKeyPartnerLinkAndBytes() throws Inbound.Malformed {
        Inbound read =
                Inbound.read("m-1", Map.of(Inbound.PARTNER_HEADER, "square", Inbound.LINK_HEADER, "sq-1"), BODY, NOW);
        assertThat(read.source()).isEqualTo(Inbound.Source.FEED);
        assertThat(read.receivedAt()).isEqualTo(NOW);
        assertThat(read.trace()).isEmpty();
        assertThat(read.page()).isNull();
        assertThat(read.body()).isSameAs(BODY);
    }

    @Example
    void refusesARecordWithoutKeyOrValue() {
        assertMalformed(Problem.MISSING_KEY, null, headers(), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", headers(), null);
    }

    @Example
    void refusesAFormatOfTheFuture() {
        assertMalformed(Problem.UNSUPPORTED_FORMAT, "m-1", with(Inbound.FORMAT_HEADER, "2"), BODY);
        assertMalformed(Problem.UNSUPPORTED_FORMAT, "m-1", with(Inbound.FORMAT_HEADER, ""), BODY);
        // The format is looked at first: of a newer one nothing else may be understood.
        assertMalformed(Problem.UNSUPPORTED_FORMAT, null, with(Inbound.FORMAT_HEADER, "2"), null);
    }

    @Example
    void refusesARecordWithoutAHeaderThatItNeeds() {
        assertMalformed(Problem.MISSING_HEADER, "m-1", with(Inbound.PARTNER_HEADER, null), BODY);
        assertMalformed(Problem.MISSING_HEADER, "m-1", with(Inbound.LINK_HEADER, null), BODY);
        assertMalformed(Problem.MISSING_HEADER, "m-1", with(Inbound.GENERATION_HEADER, null), BODY);
        assertMalformed(Problem.MISSING_HEADER, "m-1", with(Inbound.LAST_HEADER, null), BODY);
    }

    @Example
    void refusesHeadersThatHaveAnotherForm() {
        assertMalformed(Problem.UNREADABLE, "a/b", headers(), BODY);
        assertMalformed(Problem.UNREADABLE, "", headers(), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.PARTNER_HEADER, "a b"), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.LINK_HEADER, "x".repeat(65)), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.SOURCE_HEADER, "webhook"), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.RECEIVED_HEADER, "yesterday"), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.GENERATION_HEADER, "4.5"), BODY);
    }

    /** Where a fetch goes on only spares calls: a page is taken without it. */
    @Example
    void leavesOutAPlaceToGoOnThatIsTooLongOrOfALastPage() {
        String longest = "x".repeat(FeedPage.ONWARD_CHARS_MAX);
        assertThat(new FeedPage("catalog", 4, false, null, null, longest).onward())
                .isEqualTo(longest);
        assertThat(new FeedPage("catalog", 4, false, null, null, longest + "x").onward())
                .isNull();
        assertThat(new FeedPage("catalog", 4, true, null, null, "x").onward()).isNull();
    }

    /** A last page that is not known for the last one would leave its fetch open for ever. */
    @Example
    void refusesAnythingButTrueAndFalseForTheLastPage() {
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.LAST_HEADER, "yes"), BODY);
        assertMalformed(Problem.UNREADABLE, "m-1", with(Inbound.LAST_HEADER, "TRUE"), BODY);
    }

    @Example
    void cutsATraceThatIsTooLongRatherThanRefuseThePayload() throws Inbound.Malformed {
        Inbound read = Inbound.read("m-1", with(Inbound.TRACE_HEADER, "t".repeat(1000)), BODY, NOW);
        assertThat(read.trace()).hasSize(Inbound.TRACE_CHARS_MAX);
    }

    private static void assertMalformed(
            Problem expected, @Nullable String key, Map<String, String> headers, byte @Nullable [] body) {
        assertThatExceptionOfType(Inbound.Malformed.class)
                .isThrownBy(() -> Inbound.read(key, headers, body, NOW))
                .satisfies(malformed -> assertThat(malformed.problem()).isEqualTo(expected))
                .withMessageMatching(".+");
    }

    private static Map<String, String> headers() {
        return new Inbound(
                        new MerchantId("m-1"),
                        new PartnerName("square"),
                        new LinkId("sq-1"),
                        Inbound.Source.POLL,
                        NOW,
                        "trace",
                        new FeedPage("catalog", 4, true, "u"),
                        BODY)
                .headers();
    }

    private static Map<String, String> with(String name, @Nullable String value) {
        Map<String, String> headers = new HashMap<>(headers());
        if (value == null) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return headers;
    }

    @Provide
    Arbitrary<Inbound> payloads() {
        Arbitrary<String> id = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(32);
        Arbitrary<FeedPage> page = Combinators.combine(
                        id,
                        Arbitraries.longs(),
                        Arbitraries.of(true, false),
                        id.injectNull(0.5),
                        leaves().injectNull(0.5),
                        id.injectNull(0.5))
                .as(FeedPage::new);
        return Combinators.combine(
                        id.map(MerchantId::new),
                        id.map(PartnerName::new),
                        id.map(LinkId::new),
                        Arbitraries.of(Inbound.Source.class),
                        Arbitraries.longs().map(n -> NOW.plusNanos(n)),
                        Arbitraries.strings().ofMaxLength(64),
                        page.injectNull(0.5))
                .as((merchant, partner, link, source, at, trace, p) ->
                        new Inbound(merchant, partner, link, source, at, trace, p, BODY));
    }

    private static Arbitrary<FeedPage.Leaf> leaves() {
        return Combinators.combine(
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(FeedPage.Leaf.READ_CHARS_MAX),
                        Arbitraries.integers().greaterOrEqual(1))
                .as(FeedPage.Leaf::new);
    }

    @Test
    void refusesAPageOfAReadingThatHasNoNumberFromOne() {
        Map<String, String> headers = with(Inbound.READ_HEADER, "r-1");
        assertMalformed(Problem.MISSING_HEADER, "m-1", headers, BODY);
        headers.put(Inbound.PAGE_HEADER, "0");
        assertMalformed(Problem.UNREADABLE, "m-1", headers, BODY);
    }

    @Test
    void refusesAPayloadOfAnUnknownAccountByItsName() {
        Unclaimed unclaimed = new Unclaimed(
                new PartnerName("square"), "M404", Instant.parse("2026-01-31T12:00:00Z"), "trace", new byte[] {1});
        assertThatThrownBy(() -> Inbound.read(null, unclaimed.headers(), unclaimed.body(), Instant.EPOCH))
                .isInstanceOfSatisfying(Inbound.Malformed.class, malformed -> {
                    assertThat(malformed.problem()).isEqualTo(Problem.UNKNOWN_ACCOUNT);
                    assertThat(malformed).hasMessage("no link leads to account \"M404\" of square");
                });
    }
}
