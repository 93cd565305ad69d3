package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FlatRecordTest {
    private static final RecordKey KEY = RecordKey.of(Kind.ITEM, "x");
    private static final LinkId SQUARE = new LinkId("sq-1");

    /** A statement and who made it. */
    record Said(LinkId link, RecordDelta delta) {
        Provenance by() {
            return delta.provenance(link, "e");
        }
    }

    private static FlatRecord after(FlatRecord record, Said said) {
        FlatRecord known = record.afterRepetition(record.repeated(said.delta(), said.by()), said.by());
        Optional<RecordDelta> news = known.news(said.delta(), said.by());
        return news.map(change -> known.after(change, said.by(), record.revision() + 1))
                .orElse(known);
    }

    private static FlatRecord after(List<Said> all) {
        FlatRecord record = FlatRecord.unknown(KEY);
        for (Said said : all) {
            record = after(record, said);
        }
        return record;
    }

    @Property(tries = 200)
    void takesTheSameStatementOnce(@ForAll("statements") List<Said> said) {
        FlatRecord record = FlatRecord.unknown(KEY);
        for (Said each : said) {
            record = after(record, each);
            assertThat(record.news(each.delta(), each.by())).isEmpty();
        }
    }

    @Property(tries = 300)
    void endsTheSameInAnyOrderOfOneLinksVersionsWhereNoVersionRepeatsAValueOfAnother(
            @ForAll("versions") List<Said> said, @ForAll Random random) {
        assertEndsTheSame(said, random);
    }

    @Property(tries = 300)
    void endsTheSameInAnyOrderOfSeveralLinksStampsWhereNoStatementRepeatsAValueOfAnother(
            @ForAll("stamps") List<Said> said, @ForAll Random random) {
        assertEndsTheSame(said, random);
    }

    private static void assertEndsTheSame(List<Said> said, Random random) {
        List<Said> shuffled = new ArrayList<>(said);
        Collections.shuffle(shuffled, random);
        FlatRecord inOrder = after(said);
        FlatRecord inDisorder = after(shuffled);
        assertThat(inDisorder.fields()).isEqualTo(inOrder.fields());
        assertThat(inDisorder.provenances()).isEqualTo(inOrder.provenances());
        Map<Field<?>, Object> newest = new HashMap<>();
        for (Said each : said) {
            FieldMap fields = each.delta().fields();
            for (int i = 0; i < fields.size(); i++) {
                newest.put(fields.field(i), fields.value(i));
            }
        }
        newest.forEach((field, value) -> assertThat(inDisorder.get(field)).isEqualTo(Optional.of(value)));
    }

    @Example
    void losesNoValueThatWasSaidAgainToALateStatementFromInBetween() {
        assertThat(after(List.of(named("Tea", 1), named("Tea", 3), named("Chai", 2)))
                        .get(Item.NAME))
                .contains("Tea");
        assertThat(after(List.of(named("Tea", 1), named("Chai", 2), named("Tea", 3)))
                        .get(Item.NAME))
                .contains("Tea");
    }

    @Example
    void doesNotRememberThatAFieldThatNeverHadAValueWasCleared() {
        Said cleared = said(
                2,
                FieldMap.builder(Kind.ITEM).set(Item.SKU, "s").clear(Item.NAME).build());
        assertThat(after(List.of(cleared, named("Tea", 1))).get(Item.NAME)).contains("Tea");
        assertThat(after(List.of(named("Tea", 1), cleared)).get(Item.NAME)).isEmpty();
    }

    @Example
    void keepsAClearedFieldClearedAgainstAnOlderValue() {
        Said cleared = said(2, FieldMap.builder(Kind.ITEM).clear(Item.NAME).build());
        FlatRecord record = after(List.of(named("Tea", 1), cleared));
        assertThat(record.get(Item.NAME)).isEmpty();
        assertThat(record.fields().has(Item.NAME)).isTrue();
        assertThat(record.news(named("Late", 1).delta(), named("Late", 1).by())).isEmpty();
        assertThat(after(record, named("New", 3)).get(Item.NAME)).contains("New");
    }

    @Example
    void losesAStaleVersionAndKeepsWhatItSaysOfOtherFields() {
        FlatRecord record = after(List.of(named("Tea", 5), said(4, both("Old", "sku-4"))));
        assertThat(record.get(Item.NAME)).contains("Tea");
        assertThat(record.get(Item.SKU)).contains("sku-4");
        assertThat(record.provenance(Item.SKU).orElseThrow().version()).isEqualTo(4);
        assertThat(record.revision()).isEqualTo(2);
    }

    @Example
    void holdsInItsNewsOnlyWhatDiffers() {
        FlatRecord record = after(List.of(said(1, both("Tea", "s"))));
        Said second = said(2, both("Chai", "s"));
        assertThat(record.news(second.delta(), second.by()).orElseThrow().fields())
                .isEqualTo(FieldMap.of(Item.NAME, "Chai"));
    }

    @Example
    void makesARecordThatIsSaidToExistWithoutFields() {
        FlatRecord record = after(List.of(said(1, FieldMap.EMPTY)));
        assertThat(record.revision()).isEqualTo(1);
        assertThat(record.isPresent()).isTrue();
    }

    @Example
    void comesBackWithNothingButWhatIsSaidAfterItsDeletion() {
        FlatRecord gone = after(List.of(said(1, both("Tea", "s")), deleted(2)));
        assertThat(gone.isPresent()).isFalse();
        assertThat(gone.fields().isEmpty()).isTrue();
        assertThat(gone.deletedBy()).isEqualTo(deleted(2).by());
        assertThat(gone.news(deleted(3).delta(), deleted(3).by())).isEmpty();
        assertThat(gone.news(named("Late", 1).delta(), named("Late", 1).by())).isEmpty();

        FlatRecord back = after(gone, named("Chai", 3));
        assertThat(back.isPresent()).isTrue();
        assertThat(back.get(Item.NAME)).contains("Chai");
        assertThat(back.get(Item.SKU)).isEmpty();
        assertThat(back.deletedBy()).isNull();
    }

    @Example
    void survivesADeletionThatIsOlderThanOneOfItsValues() {
        assertThat(after(List.of(named("Tea", 3), deleted(2))).isPresent()).isTrue();
        assertThat(after(List.of(said(1, both("Tea", "s")), named("Chai", 3), deleted(2)))
                        .get(Item.SKU))
                .contains("s");
    }

    @Example
    void keepsNoGraveOfARecordThatItNeverSaw() {
        FlatRecord unknown = FlatRecord.unknown(KEY);
        assertThat(unknown.news(deleted(5).delta(), deleted(5).by())).isEmpty();
        assertThat(after(List.of(deleted(5), named("Tea", 1))).isPresent()).isTrue();
    }

    @Example
    void refusesStatementsThatDoNotFitTogether() {
        assertThatThrownBy(() -> new RecordDelta(KEY, Stamp.ZERO, 1, Presence.REMOVED, FieldMap.of(Item.NAME, "x")))
                .hasMessage("item/x: a deleted record has no fields");
        assertThatThrownBy(() -> RecordDelta.set(KEY, Stamp.ZERO, 1, FieldMap.of(Tax.NAME, "x")))
                .hasMessage("item/x: holds fields of tax");
        assertThatThrownBy(
                        () -> FlatRecord.stored(KEY, 1, Presence.PRESENT, null, FieldMap.of(Item.NAME, "x"), List.of()))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> FieldMap.builder(Kind.ITEM).set(Tax.NAME, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FlatRecord.CODEC.read(
                        Map.of("kind", "item", "id", "x", "revision", 1, "fields", Map.of("name", "Tea"))))
                .hasMessage("provenance: names no source of name");
    }

    private static FieldMap both(String name, String sku) {
        return FieldMap.builder(Kind.ITEM)
                .set(Item.NAME, name)
                .set(Item.SKU, sku)
                .build();
    }

    private static Said named(String name, long version) {
        return said(version, FieldMap.of(Item.NAME, name));
    }

    private static Said said(long version, FieldMap fields) {
        return new Said(SQUARE, RecordDelta.set(KEY, new Stamp(version, 0), version, fields));
    }

    private static Said deleted(long version) {
        return new Said(SQUARE, RecordDelta.deleted(KEY, new Stamp(version, 0), version, Presence.TOMBSTONE));
    }

    /** Some fields at rising versions; a value bears the number of its version, so that no two are the same. */
    @Provide
    Arbitrary<List<Said>> versions() {
        return Arbitraries.integers()
                .between(1, 7)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(masks -> {
                    List<Said> all = new ArrayList<>();
                    for (int i = 0; i < masks.size(); i++) {
                        all.add(said(i + 1, distinct(masks.get(i), i)));
                    }
                    return all;
                });
    }

    @Provide
    Arbitrary<List<Said>> stamps() {
        Arbitrary<LinkId> link = Arbitraries.of("a", "b", "api").map(LinkId::new);
        return Combinators.combine(Arbitraries.integers().between(1, 7), link)
                .as(Map::entry)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(masks -> {
                    List<Said> all = new ArrayList<>();
                    for (int i = 0; i < masks.size(); i++) {
                        LinkId by = masks.get(i).getValue();
                        long version = by.value().equals("a") ? i + 1 : 0;
                        FieldMap fields = distinct(masks.get(i).getKey(), i);
                        all.add(new Said(by, RecordDelta.set(KEY, new Stamp(i + 1, 0), version, fields)));
                    }
                    return all;
                });
    }

    private static FieldMap distinct(int mask, int n) {
        FieldMap.Builder fields = FieldMap.builder(Kind.ITEM);
        if ((mask & 1) != 0) {
            fields.set(Item.NAME, "n" + n);
        }
        if ((mask & 2) != 0) {
            fields.set(Item.SKU, "s" + n);
        }
        if ((mask & 4) != 0) {
            fields.set(Item.PRICE, Money.of(Integer.toString(n), "USD"));
        }
        return fields.build();
    }

    /** Anything at all: sets, clears, deletions, at any version and time. */
    @Provide
    Arbitrary<List<Said>> statements() {
        return Combinators.combine(
                        GeneratedRecords.delta(), GeneratedRecords.fields(Kind.ITEM), GeneratedRecords.provenance())
                .as((delta, fields, by) -> new Said(
                        by.link(),
                        new RecordDelta(
                                KEY,
                                by.stamp(),
                                by.version(),
                                delta.presence(),
                                delta.presence() == Presence.PRESENT ? fields : FieldMap.EMPTY)))
                .list()
                .ofMaxSize(6);
    }
}
