package dev.tournant.model;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Projections, made of {@link GeneratedValues}. */
public final class GeneratedProjections {
    private GeneratedProjections() {}

    public static Arbitrary<Rounding> rounding() {
        Arbitrary<BigDecimal> step = Arbitraries.of("0.01", "0.05", "0.5", "1", "7.25", "1000000", "0.00000001")
                .map(BigDecimal::new);
        Arbitrary<Rounding> plain = Combinators.combine(step, Arbitraries.of(Rounding.Mode.class))
                .as((to, mode) -> new Rounding(to, mode, null));
        Arbitrary<Rounding> ending = Arbitraries.of(Rounding.Mode.class)
                .map(mode -> new Rounding(BigDecimal.ONE, mode, new BigDecimal("0.99")));
        return Arbitraries.oneOf(plain, ending);
    }

    public static Arbitrary<PriceRule.Then> by() {
        return Arbitraries.oneOf(
                GeneratedValues.money().map(PriceRule.Then.Add::new),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal(-100), new BigDecimal(10_000))
                        .ofScale(3)
                        .map(PriceRule.Then.Percent::new));
    }

    public static Arbitrary<PriceChange> change() {
        Arbitrary<List<RecordId>> ids = GeneratedValues.recordId().list().ofMaxSize(2);
        return Combinators.combine(
                        by(),
                        rounding().injectNull(0.5),
                        ids,
                        ids,
                        Arbitraries.of(Fulfilment.class).list().ofMaxSize(3))
                .as(PriceChange::new);
    }

    public static Arbitrary<Projection> projection() {
        Arbitrary<RecordKey> key = Combinators.combine(GeneratedRecords.kind(), GeneratedValues.recordId())
                .as(RecordKey::new);
        Arbitrary<Projection.ChannelValues> override = key.flatMap(of -> GeneratedRecords.fields(of.kind())
                .filter(fields -> !fields.isEmpty())
                .map(fields -> new Projection.ChannelValues(of, fields)));
        Arbitrary<Projection> any = Combinators.combine(
                        GeneratedValues.recordId().list().ofMaxSize(2),
                        key.list().ofMaxSize(2),
                        change().list().ofMaxSize(2),
                        override.list().ofMaxSize(2).uniqueElements(Projection.ChannelValues::key))
                .as(Projection::new);
        return Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Projection.ALL)), Tuple.of(3, any));
    }
}
