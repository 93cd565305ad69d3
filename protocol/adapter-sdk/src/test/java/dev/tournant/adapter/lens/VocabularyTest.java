package dev.tournant.adapter.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.model.Bound;
import dev.tournant.model.Codecs;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import dev.tournant.model.RecordId;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The forms that partners give values in: the laws on samples of each form, and on generated values. */
class VocabularyTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency JPY = Currency.getInstance("JPY");

    private static JsonNode json(String text) {
        return Documents.object(("{\"x\":" + text.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8))
                .path("x");
    }

    /** The sample reads as the value, writing that changes nothing, and the value can be written where nothing was. */
    private static <T> void says(Lens<T> lens, String sample, T value) {
        JsonNode document = json(sample);
        assertThat(lens.get(document)).as(sample).isEqualTo(value);
        assertThat(lens.put(document, value)).as("GetPut of " + sample).isEqualTo(document);
        assertThat(lens.get(lens.put(MissingNode.getInstance(), value)))
                .as("PutGet of " + value)
                .isEqualTo(value);
    }

    private static void refuses(Lens<?> lens, String sample, String message) {
        assertThatThrownBy(() -> lens.get(json(sample)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(message);
    }

    private static <T> void cannotSay(Lens<T> lens, T value, String message) {
        assertThatThrownBy(() -> lens.put(MissingNode.getInstance(), value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining(message);
    }

    @Example
    void readsMoneyOfEveryScale() {
        says(Amounts.minor(USD), "150", Money.of("1.50", "USD"));
        says(Amounts.minor(JPY), "150", Money.of("150", "JPY"));
        says(Amounts.hundredths(JPY), "15000", Money.of("150", "JPY"));
        says(Amounts.e5(USD), "150000", Money.of("1.50", "USD"));
        says(Amounts.in(USD, Numbers.EXACT), "1.5", Money.of("1.50", "USD"));
        says(Amounts.in(USD, Numbers.TEXT), "'1.50'", Money.of("1.50", "USD"));
        says(Amounts.in(USD, Numbers.floating(2)), "10.990000000000002", Money.of("10.99", "USD"));
        says(
                Amounts.object("amount", Numbers.EXACT, "currencyCode"),
                "{'amount':1.5,'currencyCode':'USD','unknown':1}",
                Money.of("1.50", "USD"));
        refuses(Amounts.minor(USD), "1.5", "must be a whole number");
        refuses(Amounts.in(USD, Numbers.floating(2)), "10.995", "must have at most 2 decimals");
        refuses(Amounts.in(USD, Numbers.EXACT), "'1'", "must be a number");
        cannotSay(Amounts.minor(USD), Money.of("1.005", "USD"), "has more decimals than this partner can be told");
        cannotSay(Amounts.minor(USD), Money.of("1", "EUR"), "cannot be told to a partner that has prices in USD");
    }

    @Example
    void readsPercentOfEveryScale() {
        says(Numbers.EXACT, "8", new BigDecimal("8"));
        says(Numbers.scaled(3), "9000", new BigDecimal("9"));
        says(Numbers.shifted(Numbers.EXACT, 2), "0.19", new BigDecimal("19"));
        says(Numbers.TEXT, "'8.250'", new BigDecimal("8.25"));
    }

    @Property
    void writesNoNumberThatItWouldHaveToRound(@ForAll("amounts") BigDecimal amount) {
        for (Lens<BigDecimal> form :
                List.of(Numbers.EXACT, Numbers.TEXT, Numbers.scaled(2), Numbers.scaled(5), Numbers.floating(2))) {
            JsonNode written;
            try {
                written = form.put(MissingNode.getInstance(), amount);
            } catch (InvalidValue e) {
                continue;
            }
            assertThat(form.get(written)).isEqualTo(amount);
        }
    }

    @Provide
    static Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal("-99999"), new BigDecimal("99999"))
                .ofScale(6)
                .map(Codecs.DECIMAL::read);
    }

    @Example
    void keepsAWordThatThePartnerAddedLater() {
        Lens<SaleStatus> status =
                Words.open(Map.of("ON", SaleStatus.FOR_SALE, "OFF", SaleStatus.OFF), SaleStatus.PAUSED);
        says(status, "'ON'", SaleStatus.FOR_SALE);
        JsonNode later = json("'SNOOZED_BY_ROBOT'");
        assertThat(status.get(later)).isEqualTo(SaleStatus.PAUSED);
        assertThat(status.put(later, SaleStatus.PAUSED)).isSameAs(later);
        assertThat(status.put(later, SaleStatus.OFF)).isEqualTo(json("'OFF'"));
        cannotSay(status, SaleStatus.PAUSED, "has no word at this partner");
    }

    @Example
    void tellsNoneUnsetAndUnlimitedApart() {
        Lens<Bound> square = Words.bound(Map.of(-1L, Bound.UNSET), Bound.UNSET);
        Lens<Bound> otter = Words.bound(Map.of(0L, Bound.UNLIMITED), Bound.UNSET);
        Lens<Bound> toast = Words.bound(Map.of(), Bound.UNLIMITED);
        says(square, "0", Bound.NONE);
        says(square, "-1", Bound.UNSET);
        says(otter, "0", Bound.UNLIMITED);
        says(otter, "3", Bound.at(3));
        says(toast, "null", Bound.UNLIMITED);
        refuses(square, "-2", "must be from 0 to 10000");
        cannotSay(square, Bound.UNLIMITED, "a bound of unlimited cannot be told");
        cannotSay(otter, Bound.NONE, "a bound of 0 cannot be told");
    }

    @Example
    void readsTimesOfEveryForm() {
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        says(Times.RFC_3339, "'2026-01-31T14:00:00+02:00'", noon);
        says(Times.EPOCH_SECONDS, "1769860800", noon);
        says(Times.EPOCH_MILLIS, "1769860800000", noon);
        says(Times.pattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX"), "'2026-01-31T12:00:00.000+0000'", noon);
        refuses(Times.EPOCH_SECONDS, "1769860800000", "check its unit");
        refuses(Times.pattern("yyyy-MM-dd"), "'yesterday'", "is no time of the form");
        cannotSay(Times.EPOCH_SECONDS, noon.plusMillis(1), "is more exact");
        says(Times.clock(true), "'09:30:00'", LocalTime.of(9, 30));
        says(Times.clock(false), "'24:00'", LocalTime.MIDNIGHT);
        cannotSay(Times.clock(false), LocalTime.of(9, 30, 1), "is more exact");
        says(Times.hourAndMinute("h", "m"), "{'h':9,'m':30,'unknown':1}", LocalTime.of(9, 30));
        says(Times.hourAndMinute("h", "m"), "{'h':24}", LocalTime.MIDNIGHT);
        refuses(Times.hourAndMinute("h", "m"), "{'h':25,'m':0}", "is no time of day");
    }

    private static final Lens<Hours.Times> RANGE =
            Schedules.times(Lenses.at(Times.clock(false), "start"), Lenses.at(Times.clock(false), "end"));
    private static final Lens<List<Hours.Span>> TOAST_WEEK =
            Schedules.dayGroups("days", Schedules.dayName(9), "timeRanges", RANGE);
    private static final Lens<Hours> DOORDASH = Schedules.hours(
            Lenses.at(
                    Schedules.week(Schedules.span(
                            Lenses.at(Schedules.dayName(3), "day_index"),
                            Lenses.at(Times.clock(false), "start_time"),
                            Lenses.at(Times.clock(false), "end_time"))),
                    "open_hours"),
            Lenses.at(
                    Schedules.specialDays(
                            Lenses.at(Lenses.text(Codecs.DATE::read, LocalDate::toString), "date"),
                            Lenses.orElse(Lenses.at(Lenses.BOOL, "closed"), false),
                            Schedules.times(
                                    Lenses.at(Times.clock(false), "start_time"),
                                    Lenses.at(Times.clock(false), "end_time"))),
                    "special_hours"));

    @Example
    void readsHoursThatAreGroupedByDays() {
        says(
                TOAST_WEEK,
                "[{'days':['TUESDAY','MONDAY'],'timeRanges':[{'start':'18:00','end':'02:00'}],'unknown':1}]",
                List.of(
                        new Hours.Span(DayOfWeek.MONDAY, LocalTime.of(18, 0), LocalTime.of(2, 0)),
                        new Hours.Span(DayOfWeek.TUESDAY, LocalTime.of(18, 0), LocalTime.of(2, 0))));
        refuses(TOAST_WEEK, "[{'days':['MONDAY']}]", "[0].timeRanges: is missing");
        assertThat(Schedules.dayNumber(1).get(json("7"))).isEqualTo(DayOfWeek.SUNDAY);
        assertThat(Schedules.dayNumber(0).get(json("6"))).isEqualTo(DayOfWeek.SUNDAY);
    }

    @Property(tries = 200)
    void writesAnyHoursAndReadsThemBack(@ForAll("hours") Hours hours) {
        assertThat(DOORDASH.get(DOORDASH.put(MissingNode.getInstance(), hours))).isEqualTo(hours);
        assertThat(TOAST_WEEK.get(TOAST_WEEK.put(MissingNode.getInstance(), hours.week())))
                .isEqualTo(hours.week());
    }

    @Property(tries = 200)
    void leavesHoursInWhateverOrderThePartnerHadThem(@ForAll("hours") Hours hours, @ForAll long seed) {
        ObjectNode document = (ObjectNode) DOORDASH.put(json("{'unknown':1}"), hours);
        shuffle(document, seed);
        JsonNode before = document.deepCopy();
        assertThat(DOORDASH.put(document, hours)).isEqualTo(before);
    }

    private static void shuffle(ObjectNode document, long seed) {
        for (String name : List.of("open_hours", "special_hours")) {
            if (document.path(name).isArray()) {
                java.util.ArrayList<JsonNode> all = new java.util.ArrayList<>();
                document.path(name).forEach(all::add);
                java.util.Collections.shuffle(all, new java.util.Random(seed));
                document.putArray(name).addAll(all);
            }
        }
    }

    /** Special days with one span each: two of one date in another order are other hours. */
    @Provide
    static Arbitrary<Hours> hours() {
        Arbitrary<LocalTime> time =
                Arbitraries.integers().between(0, 47).map(half -> LocalTime.of(half / 2, half % 2 * 30));
        Arbitrary<Hours.Span> span =
                Combinators.combine(Arbitraries.of(DayOfWeek.class), time, time).as(Hours.Span::new);
        Arbitrary<Hours.SpecialDay> special = Combinators.combine(
                        Arbitraries.integers().between(0, 300), time, time, Arbitraries.of(true, false))
                .as((day, from, to, open) -> new Hours.SpecialDay(
                        LocalDate.of(2026, 1, 1).plusDays(day), open ? List.of(new Hours.Times(from, to)) : List.of()));
        return Combinators.combine(
                        span.list().ofMaxSize(8), special.list().ofMaxSize(4).uniqueElements(Hours.SpecialDay::date))
                .as((week, days) -> new Hours(null, week, days));
    }

    @Example
    void resolvesReferencesThatHoldWithinOneDocument() {
        JsonNode map = json("{'3':{'guid':'sauces'},'4':{'guid':'sizes'},'5':{'guid':'sauces'},'6':{}}");
        Lens<RecordId> lens = References.of(
                        "modifierGroupReferences", map, Lenses.at(Lenses.text(RecordId::new, RecordId::value), "guid"))
                .lens();
        says(lens, "3", new RecordId("sauces"));
        JsonNode other = json("5");
        assertThat(lens.get(other)).isEqualTo(new RecordId("sauces"));
        assertThat(lens.put(other, new RecordId("sauces"))).isSameAs(other);
        refuses(lens, "7", "is 7, which modifierGroupReferences does not hold");
        refuses(lens, "6", "does not hold");
        cannotSay(lens, new RecordId("nobody"), "is not in modifierGroupReferences");
    }

    @Example
    void keepsWhatItDoesNotKnowOfAnElementWhereverItMoves() {
        Lens<List<RecordId>> ids = Lists.eachBy("id", Lenses.at(Lenses.text(RecordId::new, RecordId::value), "id"));
        JsonNode list = json("[{'id':'a','u':1},{'id':'b','u':2},{'id':'a','u':3}]");
        List<RecordId> wanted = List.of(new RecordId("c"), new RecordId("b"), new RecordId("a"));
        assertThat(ids.put(list, wanted)).isEqualTo(json("[{'id':'c'},{'id':'b','u':2},{'id':'a','u':1}]"));
        assertThat(ids.put(list, ids.get(list))).isEqualTo(list);
    }
}
