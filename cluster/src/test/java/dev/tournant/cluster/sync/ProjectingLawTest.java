package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.PriceChange;
import dev.tournant.model.PriceRule;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Laws of projection, over merchants of realistic shape. */
class ProjectingLawTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Link LINK = new Link(new LinkId("dd-1"), new PartnerName("doordash"), "STORE", null, "main");

    static Shown shown(Projection projection, Iterable<FlatRecord> records) {
        return Projecting.of(LINK.with(LINK.direction(), projection), USD).shown(records);
    }

    private static Map<RecordKey, FieldMap> byKey(List<FlatRecord> records) {
        Map<RecordKey, FieldMap> all = new TreeMap<>();
        records.forEach(each -> all.put(each.key(), each.fields()));
        return all;
    }

    @Provide
    Arbitrary<GeneratedMenus.Sample> samples() {
        return GeneratedMenus.samples();
    }

    @Property(tries = 300)
    void showsAllAsItIsAndTheVeryObjects(@ForAll("samples") GeneratedMenus.Sample sample) {
        Shown shown = shown(Projection.ALL, sample.records());
        assertThat(shown.records()).isEqualTo(byKey(sample.records()));
        for (FlatRecord record : sample.records()) {
            assertThat(shown.records().get(record.key())).isSameAs(record.fields());
            for (int i = 0; i < record.fields().size(); i++) {
                assertThat(shown.isOwn(record.key(), record.fields().field(i))).isTrue();
            }
        }
    }

    @Property(tries = 1000)
    void leavesNothingDangling(@ForAll("samples") GeneratedMenus.Sample sample) {
        Map<RecordKey, FieldMap> shown =
                shown(sample.projection(), sample.records()).records();
        Map<RecordKey, FieldMap> all = byKey(sample.records());
        shown.forEach((key, fields) -> assertThat(Relations.of(fields))
                .as("%s", key)
                .allMatch(to -> shown.containsKey(to) || !all.containsKey(to)));
    }

    @Property(tries = 500)
    void doesNotDependOnTheOrderOfRecords(@ForAll("samples") GeneratedMenus.Sample sample, @ForAll long seed) {
        List<FlatRecord> shuffled = new ArrayList<>(sample.records());
        Collections.shuffle(shuffled, new Random(seed));
        Map<RecordKey, FieldMap> shown =
                shown(sample.projection(), sample.records()).records();
        assertThat(shown(sample.projection(), shuffled).records()).isEqualTo(shown);
        assertThat(List.copyOf(shown.keySet())).isSorted();
    }

    @Property(tries = 300)
    void overridesTwiceAreOverridesOnce(@ForAll("samples") GeneratedMenus.Sample sample) {
        Projection given = sample.projection();
        Projection only = new Projection(List.of(), List.of(), List.of(), given.overrides());
        Map<RecordKey, FieldMap> once = shown(only, sample.records()).records();
        List<FlatRecord> again = new ArrayList<>();
        once.forEach((key, fields) -> again.add(GeneratedMenus.record(key, fields)));
        assertThat(shown(only, again).records()).isEqualTo(once);
        given.overrides()
                .forEach(each -> assertThat(once.get(each.key()))
                        .isEqualTo(byKey(sample.records()).get(each.key()).with(each.fields())));
    }

    @Property(tries = 1000)
    void showsExactlyWhatIsReached(@ForAll("samples") GeneratedMenus.Sample sample) {
        Shown shown = shown(sample.projection(), sample.records());
        PlainReach plain = new PlainReach(sample.projection(), byKey(sample.records()));
        for (FlatRecord record : sample.records()) {
            RecordKey key = record.key();
            assertThat(shown.records().containsKey(key)).as("%s", key).isEqualTo(plain.isShown(key));
            assertThat(shown.whyLeftOut(key) == null).as("%s", key).isEqualTo(plain.isShown(key));
        }
    }

    @Property(tries = 500)
    void callsItsOwnWhatIsAsTheMerchantHasIt(@ForAll("samples") GeneratedMenus.Sample sample) {
        Shown shown = shown(sample.projection(), sample.records());
        Map<RecordKey, FieldMap> all = byKey(sample.records());
        shown.records().forEach((key, fields) -> {
            for (int i = 0; i < fields.size(); i++) {
                if (shown.isOwn(key, fields.field(i))) {
                    assertThat(fields.value(i))
                            .as("%s %s", key, fields.field(i))
                            .isEqualTo(all.get(key).get(fields.field(i)));
                }
            }
        });
    }

    /** What a guest pays by each fulfilment is what the merchant asks for it, changed by the first change that matches. */
    @Property(tries = 1000)
    void asksForEachFulfilmentWhatTheFirstMatchingChangeMakesOfIt(@ForAll("samples") GeneratedMenus.Sample sample) {
        Projection prices =
                new Projection(List.of(), List.of(), sample.projection().prices(), List.of());
        Map<RecordKey, FieldMap> all = byKey(sample.records());
        PlainPrices plain = new PlainPrices(prices.prices(), all);
        shown(prices, sample.records()).records().forEach((key, fields) -> {
            Money base = key.kind() == Kind.ITEM ? all.get(key).get(Item.PRICE) : null;
            if (base == null) {
                return;
            }
            PriceChange general = plain.first(key.id(), null);
            for (Fulfilment by : Fulfilment.values()) {
                PriceRule.@Nullable Then own = PlainPrices.rule(all.get(key), by);
                PriceChange change = plain.first(key.id(), by);
                Money expected;
                if (change == null || (change.equals(general) && !(own == null || own instanceof PriceRule.Then.Set))) {
                    Money from = general == null ? base : general.changed(base);
                    expected = own == null ? from : new Money(PriceChange.after(own, from.amount()), from.currency());
                } else {
                    BigDecimal exact = own == null ? base.amount() : PriceChange.after(own, base.amount());
                    expected = change.changed(exact, base.currency());
                }
                assertThat(PlainPrices.asked(fields, by)).as("%s %s", key, by).isEqualTo(expected);
            }
        });
    }

    @Property(tries = 300)
    void aPreviewTellsEveryDifferenceOnce(@ForAll("samples") GeneratedMenus.Sample sample) {
        Preview preview = Preview.of(LINK, USD, sample.records(), Projection.ALL, sample.projection());
        Map<RecordKey, FieldMap> then =
                shown(sample.projection(), sample.records()).records();
        Map<RecordKey, Map<String, Object>> told = new HashMap<>();
        preview.differences().forEach(each -> {
            Map<String, Object> fields = told.computeIfAbsent(each.key(), key -> new HashMap<>());
            assertThat(fields).doesNotContainKey(each.field());
            fields.put(each.field(), each.why());
            assertThat(each.why()).as("%s", each).isNotEqualTo(Why.OWN);
        });
        for (FlatRecord record : sample.records()) {
            FieldMap shown = then.get(record.key());
            assertThat(told.containsKey(record.key()))
                    .isEqualTo(!record.fields().equals(shown));
        }
        assertThat(preview.total()).isEqualTo(preview.differences().size());
        assertThat(Preview.of(LINK, USD, sample.records(), sample.projection(), sample.projection()))
                .isEqualTo(new Preview(List.of(), 0));
    }
}
