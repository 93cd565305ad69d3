package dev.tournant.cluster.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Directory.Route;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LinkClaimsTest {
    private static final MerchantId ASH = new MerchantId("ash");
    private static final MerchantId BAY = new MerchantId("bay");
    private static final MerchantId ELM = new MerchantId("elm");
    private static final Currency USD = Currency.getInstance("USD");
    private static final LinkId ONE = new LinkId("one");

    private final LinkClaims claims = new LinkClaims();

    private static Link link(String id, String account) {
        return new Link(new LinkId(id), new PartnerName("square"), account, null, "main");
    }

    @Test
    void givesALinkToTheFirstClaimantByIdInWhateverOrderTheyCome() {
        claims.replace(BAY, USD, List.of(), List.of(link("one", "B")));
        assertThat(claims.holder(ONE)).hasValue(new Route(BAY, link("one", "B"), USD));

        claims.replace(ASH, USD, List.of(), List.of(link("one", "A")));
        claims.replace(ELM, USD, List.of(), List.of(link("one", "E")));

        assertThat(claims.holder(ONE)).hasValue(new Route(ASH, link("one", "A"), USD));
        assertThat(claims.claimants(ONE)).containsExactly(ASH, BAY, ELM);
    }

    @Test
    void fallsBackToTheNextWhenTheFirstDropsTheLink() {
        claims.replace(ASH, USD, List.of(), List.of(link("one", "A")));
        claims.replace(ELM, USD, List.of(), List.of(link("one", "E")));
        claims.replace(BAY, USD, List.of(), List.of(link("one", "B")));

        claims.replace(ASH, USD, List.of(link("one", "A")), List.of());
        assertThat(claims.holder(ONE)).hasValue(new Route(BAY, link("one", "B"), USD));

        claims.replace(BAY, USD, List.of(link("one", "B")), List.of());
        claims.replace(ELM, USD, List.of(link("one", "E")), List.of());
        assertThat(claims.holder(ONE)).isEmpty();
        assertThat(claims.links()).isEmpty();
    }

    @Test
    void takesTheNewFormOfALinkThatStays() {
        claims.replace(ASH, USD, List.of(), List.of(link("one", "A")));
        claims.replace(ASH, USD, List.of(link("one", "A")), List.of(link("one", "A2")));

        assertThat(claims.holder(ONE)).hasValue(new Route(ASH, link("one", "A2"), USD));
        assertThat(claims.claimants(ONE)).containsExactly(ASH);
    }

    @Test
    void findsTheLinksToAnAccountAsTheyStandNow() {
        PartnerName square = new PartnerName("square");
        claims.replace(ASH, USD, List.of(), List.of(link("one", "A"), link("two", "A")));
        claims.replace(BAY, USD, List.of(), List.of(link("three", "A"), link("one", "A")));
        assertThat(claims.holders(square, "A"))
                .extracting(route -> route.merchant() + " " + route.link().id())
                .containsExactly("ash one", "bay three", "ash two");

        claims.replace(ASH, USD, List.of(link("one", "A"), link("two", "A")), List.of(link("two", "B")));
        assertThat(claims.holders(square, "A"))
                .extracting(route -> route.merchant() + " " + route.link().id())
                .containsExactly("bay one", "bay three");
        assertThat(claims.holders(square, "B")).hasSize(1);
        assertThat(claims.holders(new PartnerName("toast"), "A")).isEmpty();
    }

    /** What one merchant's profile says at some time. */
    private record Said(MerchantId merchant, Set<String> links) {}

    @Provide
    private Arbitrary<List<Said>> histories() {
        Arbitrary<MerchantId> merchants = Arbitraries.of(ASH, BAY, ELM);
        Arbitrary<Set<String>> links = Arbitraries.of("one", "two", "three").set();
        return Combinators.combine(merchants, links).as(Said::new).list().ofMaxSize(30);
    }

    /** So what was compacted away, and what was read between the records of others, makes no difference. */
    @Property(tries = 500)
    void dependsOnTheLastWordOfEachMerchantOnly(@ForAll("histories") List<Said> history) {
        LinkClaims claims = new LinkClaims();
        Map<MerchantId, List<Link>> last = new TreeMap<>();
        for (Said said : history) {
            List<Link> now = said.links.stream()
                    .map(id -> link(id, said.merchant.value()))
                    .toList();
            claims.replace(said.merchant, USD, last.getOrDefault(said.merchant, List.of()), now);
            last.put(said.merchant, now);
        }
        Map<LinkId, Route> expected = new HashMap<>();
        last.forEach((merchant, links) ->
                links.forEach(each -> expected.putIfAbsent(each.id(), new Route(merchant, each, USD))));

        for (String id : List.of("one", "two", "three")) {
            assertThat(claims.holder(new LinkId(id))).isEqualTo(Optional.ofNullable(expected.get(new LinkId(id))));
        }
        assertThat(claims.links()).isEqualTo(expected.keySet());
    }
}
