package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RelationsTest {
    @Property(tries = 300)
    void callingEveryRecordWhatItIsCalledChangesNothing(@ForAll("fields") FieldMap fields) {
        assertThat(Relations.renamed(fields, RecordKey::id)).isEqualTo(fields);
    }

    @Property(tries = 300)
    void speaksOfTheSameRecordsUnderOtherNames(@ForAll("fields") FieldMap fields) {
        FieldMap renamed =
                Relations.renamed(fields, key -> new RecordId("x-" + key.kind().json()));
        Set<RecordKey> expected = new HashSet<>();
        Relations.of(fields)
                .forEach(key ->
                        expected.add(RecordKey.of(key.kind(), "x-" + key.kind().json())));
        assertThat(Relations.of(renamed)).isEqualTo(expected);
    }

    @Provide
    static Arbitrary<FieldMap> fields() {
        return GeneratedRecords.delta().map(RecordDelta::fields);
    }

    @Example
    void knowsOfWhichKindEachIs() {
        FieldMap burger = FieldMap.builder(Kind.ITEM)
                .set(Item.VARIATION_OF, new Placement(new RecordId("a"), 0))
                .set(Item.CATEGORIES, List.of(new Placement(new RecordId("b"), 0)))
                .set(Item.TAXES, List.of(new RecordId("c")))
                .set(
                        Item.MODIFIER_GROUPS,
                        List.of(new GroupUse(
                                new RecordId("d"),
                                0,
                                Bound.UNSET,
                                Bound.UNSET,
                                TriState.UNSET,
                                List.of(new GroupUse.OptionOverride(
                                        new RecordId("e"), TriState.UNSET, TriState.UNSET)))))
                .build();
        assertThat(Relations.of(burger))
                .containsExactlyInAnyOrder(
                        RecordKey.of(Kind.ITEM, "a"),
                        RecordKey.of(Kind.CATEGORY, "b"),
                        RecordKey.of(Kind.TAX, "c"),
                        RecordKey.of(Kind.MODIFIER_GROUP, "d"),
                        RecordKey.of(Kind.ITEM, "e"));
    }
}
