package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OnwardTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final MerchantId GRILL = new MerchantId("grill");

    private static Fetch fetch(String location, String since) {
        return new Fetch(
                new Link(new LinkId("pl-1"), new PartnerName("potluck"), "M1", location, "main"), "catalog", since);
    }

    @Property(tries = 200)
    void anyNodeGoesOnFromTheVeryPlace(@ForAll("places") FetchRun.Place place, @ForAll("tasks") FetchRun.Task task) {
        Onward read = Onward.read(Onward.of(task, place).text()).orElseThrow();

        assertThat(read.place()).isEqualTo(place);
        assertThat(read.isOf(task.fetch())).isTrue();
        assertThat(read.task(GRILL, task.fetch(), task.generation())).isEqualTo(task);
    }

    @Example
    void isOfOneFetchOnly() {
        FetchRun.Task task = new FetchRun.Task(GRILL, fetch("L1", null), 7, "r-1", NOW);
        Onward onward =
                Onward.of(task, new FetchRun.Place(new Request("GET", "/", Map.of(), null, true), null, 1, 2, NOW));

        assertThat(onward.isOf(fetch("L1", null))).isTrue();
        assertThat(onward.isOf(fetch("L2", null))).isFalse();
        assertThat(onward.isOf(fetch("L1", "T"))).isFalse();
    }

    @Property(tries = 200)
    void anythingElseIsOfNoUse(@ForAll String text) {
        assertThat(Onward.read(text)).isEmpty();
        assertThat(Onward.read("null")).isEmpty();
        assertThat(Onward.read("{\"page\":2,\"read\":\"r-1\"}")).isEmpty();
    }

    @Provide
    Arbitrary<FetchRun.Place> places() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Request> request = Combinators.combine(
                        text,
                        text.map(each -> "/" + each),
                        Arbitraries.maps(text, text).ofMaxSize(2),
                        text.injectNull(0.5),
                        Arbitraries.of(true, false))
                .as(Request::new);
        return Combinators.combine(
                        request,
                        text.injectNull(0.5),
                        Arbitraries.integers().between(1, 10_000),
                        Arbitraries.integers().between(2, 10_000),
                        Arbitraries.longs().between(-1L << 50, 1L << 50).map(NOW::plusNanos))
                .as(FetchRun.Place::new);
    }

    @Provide
    Arbitrary<FetchRun.Task> tasks() {
        Arbitrary<String> id = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20);
        return Combinators.combine(id.injectNull(0.5), id.injectNull(0.5), id, Arbitraries.longs())
                .as((location, since, read, generation) ->
                        new FetchRun.Task(GRILL, fetch(location, since), generation, read, NOW));
    }
}
