package dev.tournant.cluster.difference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class NoncesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");

    private static Link link(String id, String account, @Nullable String location) {
        return new Link(new LinkId(id), new PartnerName("square"), account, location, "main");
    }

    private static ObjectNode document(String json) {
        return Documents.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static RecordKey key(int nth) {
        return RecordKey.of(nth % 2 == 0 ? Kind.ITEM : Kind.CATEGORY, "r" + nth / 2);
    }

    /** One of few, so that two of them are often the same. */
    private static Difference drawn(long seed) {
        Random random = new Random(seed);
        return new Difference(
                random.nextBoolean() ? link("a", "M1", "L1") : link("a", "M1", null),
                USD,
                fields(random),
                IntStream.range(0, random.nextInt(2)).mapToObj(NoncesTest::key).collect(Collectors.toSet()),
                remotes(random),
                fields(random),
                random.nextBoolean() ? Set.of() : Set.of("job", "other"),
                "nonce-" + random.nextInt(),
                NOW.plusSeconds(random.nextInt(10)));
    }

    private static Map<RecordKey, FieldMap> fields(Random random) {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        for (int i = random.nextInt(2); i > 0; i--) {
            all.put(
                    RecordKey.of(Kind.ITEM, "r" + random.nextInt(2)),
                    random.nextBoolean() ? FieldMap.EMPTY : FieldMap.of(Item.NAME, "n" + random.nextInt(2)));
        }
        return all;
    }

    private static Map<RecordKey, Remote> remotes(Random random) {
        return random.nextBoolean()
                ? Map.of()
                : Map.of(
                        key(0),
                        new Remote(
                                new RecordId("R"),
                                random.nextInt(2),
                                random.nextBoolean() ? null : document("{'a':[" + random.nextInt(2) + "]}")));
    }

    private static boolean areSame(Difference one, Difference other) {
        return one.equals(new Difference(
                other.link(),
                other.currency(),
                other.wanted(),
                other.removed(),
                other.remotes(),
                other.whole(),
                other.pending(),
                one.nonce(),
                one.now()));
    }

    @Property(tries = 5_000)
    void twoDifferencesHaveOneNonceIfAndOnlyIfTheySayTheSame(@ForAll long one, @ForAll long other) {
        Difference first = drawn(one % 300);
        Difference second = drawn(other % 300);
        assertThat(Nonces.of(first, 1).equals(Nonces.of(second, 1))).isEqualTo(areSame(first, second));
    }

    @Property(tries = 500)
    void anotherPushHasAnotherNonce(@ForAll long seed, @ForAll long epoch) {
        Difference difference = drawn(seed);
        assertThat(Nonces.of(difference, epoch)).isNotEqualTo(Nonces.of(difference, epoch + 1));
    }

    @Property(tries = 500)
    void standsInHeadersPathsAndReferences(@ForAll long seed, @ForAll long epoch) {
        Difference named = Nonces.named(drawn(seed), epoch);
        assertThat(named.nonce()).matches("[0-9a-v]{16}").isEqualTo(Nonces.of(named, epoch));
        assertThat(areSame(named, drawn(seed))).isTrue();
    }

    private static Difference holding(String document) {
        return wanting(FieldMap.EMPTY, Map.of(key(0), new Remote(new RecordId("R"), 1, document(document))));
    }

    private static Difference wanting(FieldMap fields, Map<RecordKey, Remote> remotes) {
        return new Difference(link("a", "M1", "L1"), USD, Map.of(key(0), fields), Set.of(), remotes, "", NOW);
    }

    @Example
    void theOrderOfMembersAndTheFormOfNumbersDoNotCount() {
        String nonce = Nonces.of(holding("{'a':1.50,'b':[1,{'c':true,'d':null}]}"), 1);
        assertThat(Nonces.of(holding("{'b':[1,{'d':null,'c':true}],'a':1.5}"), 1))
                .isEqualTo(nonce);
        FieldMap one = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.OFF)
                .set(Item.PRICE, Money.of("1.50", "USD"))
                .build();
        FieldMap other = FieldMap.builder(Kind.ITEM)
                .set(Item.PRICE, Money.of("1.5", "USD"))
                .set(Item.STATUS, SaleStatus.OFF)
                .build();
        assertThat(Nonces.of(wanting(one, Map.of()), 1)).isEqualTo(Nonces.of(wanting(other, Map.of()), 1));
    }

    @Example
    void whatLooksAlikeIsToldApart() {
        List<String> documents = List.of(
                "{}",
                "{'a':null}",
                "{'a':''}",
                "{'a':0}",
                "{'a':'0'}",
                "{'a':false}",
                "{'a':'false'}",
                "{'a':[]}",
                "{'a':{}}",
                "{'a':[0]}",
                "{'a':[[0]]}",
                "{'a':['b','c']}",
                "{'a':['bc']}",
                "{'a':['b'],'c':[]}",
                "{'a':{'b':'c'}}",
                "{'ab':'c'}",
                "{'a':'bc'}",
                "{'a':1E999999}",
                "{'a':1E99999}");
        Set<String> nonces = new HashSet<>();
        documents.forEach(each -> nonces.add(Nonces.of(holding(each), 1)));
        assertThat(nonces).hasSize(documents.size());
    }

    @Example
    void aFieldThatIsClearedIsNotOneThatIsLeftAlone() {
        FieldMap cleared = FieldMap.builder(Kind.ITEM).clear(Item.PRICE).build();
        assertThat(Nonces.of(wanting(cleared, Map.of()), 1))
                .isNotEqualTo(Nonces.of(wanting(FieldMap.EMPTY, Map.of()), 1));
    }

    @Example
    void isTheSameOnEveryNode() {
        assertThat(Nonces.of(holding("{'a':1}"), 7)).isEqualTo("gfu4hhrukoqt2ioh");
    }

    @Example
    void linksAreToldApart() {
        Set<String> nonces = new HashSet<>();
        for (Link each : List.of(link("a", "M1", "L1"), link("b", "M1", "L1"), link("a", "M2", "L1"))) {
            nonces.add(Nonces.of(new Difference(each, USD, Map.of(), Set.of(), Map.of(), "", NOW), 1));
        }
        assertThat(nonces).hasSize(3);
    }
}
