package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodecLawTest {
    @Property(tries = 200)
    void readsTheValueOfAnyFieldAsItWasWritten(@ForAll("maps") FieldMap fields) {
        for (int i = 0; i < fields.size(); i++) {
            Object value = fields.value(i);
            if (value != null) {
                assertThat(fields.field(i).read(fields.field(i).writeAny(value)))
                        .isEqualTo(value);
            }
        }
    }

    @Property(tries = 200)
    void readsFieldsAsTheyWereWritten(@ForAll("maps") FieldMap fields) {
        Kind kind = fields.isEmpty() ? Kind.ITEM : fields.field(0).kind();
        assertThat(FieldMap.read(kind, fields.write())).isEqualTo(fields).hasSameHashCodeAs(fields);
    }

    @Property(tries = 200)
    void readsAStatementAsItWasWritten(@ForAll("deltas") RecordDelta delta) {
        assertThat(RecordDelta.CODEC.read(RecordDelta.CODEC.write(delta))).isEqualTo(delta);
    }

    @Property(tries = 200)
    void readsARecordAsItWasWrittenWithItsClearedFieldsAndGraves(@ForAll("records") FlatRecord record) {
        assertThat(FlatRecord.CODEC.read(FlatRecord.CODEC.write(record))).isEqualTo(record);
    }

    @Property(tries = 100)
    void readsAnEventAsItWasWritten(@ForAll("events") PartnerEvent event) {
        assertThat(PartnerEvent.CODEC.read(PartnerEvent.CODEC.write(event))).isEqualTo(event);
    }

    @Property(tries = 100)
    void readsAProfileAsItWasWritten(@ForAll("profiles") MerchantProfile profile) {
        assertThat(MerchantProfile.CODEC.read(MerchantProfile.CODEC.write(profile)))
                .isEqualTo(profile);
    }

    /** What is let in must be readable again: a merchant whose journal cannot be read never wakes up. */
    @Property(tries = 1000)
    void letsNothingInThatItCouldNotReadBack(@ForAll("anyValues") Object json, @ForAll("kinds") Kind kind) {
        for (Field<?> field : Fields.of(kind).all()) {
            Object value;
            try {
                value = field.read(json);
            } catch (InvalidValue e) {
                assertThat(e.path()).startsWith(field.name());
                continue;
            }
            field.checkAny(value);
            assertThat(field.read(field.writeAny(value))).isEqualTo(value);
        }
    }

    @Example
    void refusesANumberInAStatementThatCouldNotBeReadBack() {
        FieldMap tooLong = FieldMap.of(ModifierGroup.TEXT_CHARS_MAX, 65_535);
        assertThatThrownBy(() -> RecordDelta.set(RecordKey.of(Kind.MODIFIER_GROUP, "g"), Stamp.ZERO, 0, tooLong))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("text-chars-max: must be a whole number from 1 to 10000, not 65535");
    }

    @Example
    void namesTheElementThatBreaksALimit() {
        assertThatThrownBy(() -> Menu.FULFILMENTS.read(List.of("delivery", "by-drone")))
                .hasMessage("fulfilments[1]: \"by-drone\" is unknown; use one of delivery, pick-up, dine-in");
    }

    @Example
    void checksElementsOfListsAndNamesTheirPlace() {
        Codec<List<String>> names = Codecs.list(Codecs.text(3), 2);
        assertThatThrownBy(() -> names.check(List.of("abc", "abcd")))
                .hasMessage("[1]: has 4 characters; send at most 3");
        assertThatThrownBy(() -> names.check(List.of("a", "b", "c"))).hasMessage("has 3 elements; send at most 2");
        assertThatThrownBy(() -> names.read(Arrays.asList("a", null))).hasMessage("[1]: must not be null");
    }

    @Example
    void keepsItsOwnCopyOfAList() {
        List<RecordId> taxes = new ArrayList<>(List.of(new RecordId("a")));
        FieldMap fields = FieldMap.of(Item.TAXES, taxes);
        taxes.add(new RecordId("b"));
        assertThat(fields.get(Item.TAXES)).containsExactly(new RecordId("a"));
    }

    @Example
    void holdsEqualNumbersInOneForm() {
        assertThat(FieldMap.of(Item.QUANTITY, new BigDecimal("10.00")))
                .isEqualTo(FieldMap.of(Item.QUANTITY, new BigDecimal("1E1")));
        assertThat(Codecs.DECIMAL.read("10.00"))
                .isEqualTo(Codecs.DECIMAL.read(10))
                .isEqualTo(new BigDecimal("10"));
    }

    @Example
    void refusesDecimalsThatWouldFillTheMemoryWhenWrittenOut() {
        for (String bomb : List.of("1E999999999", "1E-999999999", "1E32", "1E-32", "9".repeat(33), "NaN", "", "0x1")) {
            assertThatThrownBy(() -> Codecs.DECIMAL.read(bomb)).isInstanceOf(InvalidValue.class);
        }
        assertThatThrownBy(() -> Codecs.DECIMAL.check(new BigDecimal("1E999999999")))
                .isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> RecordDelta.set(
                        RecordKey.of(Kind.ITEM, "x"),
                        Stamp.ZERO,
                        0,
                        FieldMap.of(Item.QUANTITY, new BigDecimal("1E999999999"))))
                .isInstanceOf(InvalidValue.class);
    }

    @Example
    void refusesObjectsWithMembersThatAreNoText() {
        Map<Object, Object> odd = new HashMap<>();
        odd.put(null, 1);
        odd.put(7, 2);
        assertThatThrownBy(() -> Money.CODEC.read(odd)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> FieldMap.read(Kind.ITEM, odd)).isInstanceOf(InvalidValue.class);
    }

    @Provide
    Arbitrary<Kind> kinds() {
        return GeneratedRecords.kind();
    }

    @Provide
    Arbitrary<FieldMap> maps() {
        return kinds().flatMap(GeneratedRecords::fields);
    }

    @Provide
    Arbitrary<RecordDelta> deltas() {
        return GeneratedRecords.delta();
    }

    @Provide
    Arbitrary<FlatRecord> records() {
        return GeneratedRecords.record();
    }

    @Provide
    Arbitrary<PartnerEvent> events() {
        return GeneratedRecords.event();
    }

    @Provide
    Arbitrary<MerchantProfile> profiles() {
        return GeneratedRecords.profile();
    }

    /** Plain JSON data of every shape, odd numbers and times among it. */
    @Provide
    Arbitrary<Object> anyValues() {
        return Arbitraries.of(
                true,
                0,
                -1,
                65_536,
                Long.MAX_VALUE,
                1.5e300,
                new BigDecimal("1E400"),
                "",
                "\0",
                "\uD800",
                "1E31",
                "1E32",
                "1E-31",
                "-1E-30",
                "+1000000000-12-31T23:59:59.999999999Z",
                "-1000000000-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999Z",
                "23:59:59.999999999",
                "XXX",
                "UTC+01:00",
                "unset",
                "unlimited",
                "x".repeat(600),
                List.of(),
                List.of(1),
                List.of(Map.of("in", "c", "ordinal", Long.MIN_VALUE)),
                List.of(Map.of("when", Map.of("channels", List.of("a")), "then", Map.of("percent", "0.1E-29"))),
                List.of(Map.of("when", Map.of(), "then", Map.of("percent", "1E2"))),
                Map.of(),
                Map.of("amount", "1E11", "currency", "JPY"),
                Map.of("amount", 12.5, "currency", "KWD"),
                Map.of("in", "c"),
                Map.of("week", List.of(Map.of("day", "monday", "from", "00:00", "to", "00:00"))));
    }
}
