package dev.tournant.model;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Values of every field, for property tests of every module that carries records. */
public final class GeneratedValues {
    private GeneratedValues() {}

    /** Any value that the field takes. */
    public static Arbitrary<?> of(Field<?> field) {
        Arbitrary<?> values = BY_FIELD.get(field);
        if (values == null) {
            throw new IllegalStateException("say in GeneratedValues which values " + field + " has");
        }
        return values;
    }

    public static Arbitrary<String> text(int charsMax) {
        Arbitrary<String> plain = Arbitraries.strings()
                .ascii()
                .withChars("äß漢\u200b\n\"\\")
                .excludeChars('\0')
                .ofMaxLength(20);
        Arbitrary<String> odd = Arbitraries.of("", " ", "Crème brûlée", "🍔 burger", "null", "{}", "\uD83C\uDF54");
        return Arbitraries.oneOf(plain, odd).filter(text -> text.length() <= charsMax);
    }

    public static Arbitrary<RecordId> recordId() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .withChars("._~:#-")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(id -> !id.equals(".") && !id.equals(".."))
                .map(RecordId::new);
    }

    public static Arbitrary<BigDecimal> decimal() {
        return Arbitraries.bigDecimals()
                .between(new BigDecimal(-1_000_000), new BigDecimal(1_000_000))
                .ofScale(5)
                .map(Codecs.DECIMAL::read);
    }

    public static Arbitrary<Currency> currency() {
        return Arbitraries.of("USD", "EUR", "JPY", "KWD", "CLF", "XXX").map(Currency::getInstance);
    }

    public static Arbitrary<Money> money() {
        Arbitrary<BigDecimal> amount = Arbitraries.oneOf(
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-999999999999"), new BigDecimal("999999999999"))
                        .ofScale(2),
                Arbitraries.bigDecimals()
                        .between(BigDecimal.ZERO, new BigDecimal(100))
                        .ofScale(8));
        return Combinators.combine(amount, currency()).as(Money::new);
    }

    /** Within the calendar that stamps know. */
    public static Arbitrary<Instant> instant() {
        return Arbitraries.longs()
                .between(0, 253_402_300_799_999L)
                .map(millis -> Instant.ofEpochMilli(millis).plusNanos(millis % 3));
    }

    public static Arbitrary<ZoneId> zone() {
        return Arbitraries.of("America/New_York", "Europe/Berlin", "Asia/Kolkata", "UTC", "Z", "+05:30")
                .map(ZoneId::of);
    }

    public static Arbitrary<LocalTime> time() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 1439).map(minute -> LocalTime.ofSecondOfDay(minute * 60L)),
                Arbitraries.of(LocalTime.MIDNIGHT, LocalTime.MAX, LocalTime.of(23, 59, 59)));
    }

    public static Arbitrary<Hours> hours() {
        Arbitrary<Hours.Span> span = Combinators.combine(Arbitraries.of(DayOfWeek.values()), time(), time())
                .as(Hours.Span::new);
        Arbitrary<Hours.Times> times = Combinators.combine(time(), time()).as(Hours.Times::new);
        Arbitrary<LocalDate> date = Arbitraries.integers().between(0, 60_000).map(day -> LocalDate.ofEpochDay(day));
        Arbitrary<Hours.SpecialDay> special =
                Combinators.combine(date, times.list().ofMaxSize(3)).as(Hours.SpecialDay::new);
        return Combinators.combine(
                        zone().injectNull(0.5),
                        span.list().ofMaxSize(7),
                        special.list().ofMaxSize(3).uniqueElements(Hours.SpecialDay::date))
                .as(Hours::new);
    }

    public static Arbitrary<Bound> bound() {
        return Arbitraries.oneOf(
                Arbitraries.of(Bound.UNSET, Bound.UNLIMITED, Bound.NONE),
                Arbitraries.integers().between(0, 10_000).map(Bound::at));
    }

    public static Arbitrary<TriState> triState() {
        return Arbitraries.of(TriState.values());
    }

    public static Arbitrary<Placement> placement() {
        return Combinators.combine(recordId(), Arbitraries.longs()).as(Placement::new);
    }

    public static Arbitrary<Option> option() {
        return Combinators.combine(
                        recordId(), Arbitraries.longs(), money().injectNull(0.5), triState(), triState(), bound())
                .as(Option::new);
    }

    public static Arbitrary<GroupUse> groupUse() {
        Arbitrary<GroupUse.OptionOverride> override =
                Combinators.combine(recordId(), triState(), triState()).as(GroupUse.OptionOverride::new);
        return Combinators.combine(
                        recordId(),
                        Arbitraries.longs(),
                        bound(),
                        bound(),
                        triState(),
                        override.list().ofMaxSize(3))
                .as(GroupUse::new);
    }

    public static Arbitrary<PriceRule> priceRule() {
        Arbitrary<PriceRule.When> when = Combinators.combine(
                        text(32).list().ofMaxSize(3),
                        Arbitraries.of(Fulfilment.class).list().ofMaxSize(3),
                        recordId().list().ofMaxSize(3),
                        hours().injectNull(0.5),
                        text(64).injectNull(0.5),
                        Arbitraries.integers().between(1, 1000).injectNull(0.5))
                .as(PriceRule.When::new);
        Arbitrary<PriceRule.Then> then = Arbitraries.oneOf(
                money().map(PriceRule.Then.Set::new),
                money().map(PriceRule.Then.Add::new),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal(-100), new BigDecimal(10_000))
                        .ofScale(3)
                        .map(PriceRule.Then.Percent::new));
        return Combinators.combine(when, then).as(PriceRule::new);
    }

    private static final Map<Field<?>, Arbitrary<?>> BY_FIELD = new HashMap<>();

    private static <T> void say(Field<T> field, Arbitrary<? extends T> values) {
        BY_FIELD.put(field, values);
    }

    private static <T> Arbitrary<List<T>> few(Arbitrary<T> values) {
        return values.list().ofMaxSize(3);
    }

    static {
        say(Store.NAME, text(512));
        say(Store.DESCRIPTION, text(65_535));
        say(Store.ZONE, zone());
        say(Store.CURRENCY, currency());
        say(Store.HOURS, hours());
        say(Store.DAY_ENDS, time());
        say(Store.STATUS, Arbitraries.of(SaleStatus.class));
        say(Store.UNTIL, instant());
        say(Store.PHONE, text(64));
        say(Store.ADDRESS, text(2_000));

        say(Menu.NAME, text(512));
        say(Menu.DESCRIPTION, text(65_535));
        say(Menu.HOURS, hours());
        say(Menu.FULFILMENTS, few(Arbitraries.of(Fulfilment.class)));
        say(Menu.VISIBLE, triState());

        say(Category.NAME, text(512));
        say(Category.DESCRIPTION, text(65_535));
        say(Category.PARENT, placement());
        say(Category.MENUS, few(placement()));
        say(Category.SCHEDULE, hours());
        say(Category.VISIBLE, triState());
        say(Category.PHOTOS, few(recordId()));

        say(Item.NAME, text(512));
        say(Item.DESCRIPTION, text(65_535));
        say(Item.SKU, text(255));
        say(Item.BARCODE, text(64));
        say(Item.VARIATION_OF, placement());
        say(Item.CATEGORIES, few(placement()));
        say(Item.PRICING, Arbitraries.of(Item.Pricing.class));
        say(Item.PRICE, money());
        say(Item.PRICE_RULES, few(priceRule()));
        say(Item.STATUS, Arbitraries.of(SaleStatus.class));
        say(Item.UNTIL, instant());
        say(Item.STOCK_TRACKED, Arbitraries.of(true, false));
        say(Item.QUANTITY, decimal());
        say(Item.SCHEDULE, hours());
        say(Item.VISIBLE, triState());
        say(Item.ARCHIVED, Arbitraries.of(true, false));
        say(Item.MODIFIER_GROUPS, few(groupUse()));
        say(Item.TAXES, few(recordId()));
        say(Item.PHOTOS, few(recordId()));
        say(Item.ALCOHOL, Arbitraries.of(true, false));

        say(ModifierGroup.NAME, text(512));
        say(ModifierGroup.ORDINAL, Arbitraries.longs());
        say(ModifierGroup.MIN, bound());
        say(ModifierGroup.MAX, bound());
        say(ModifierGroup.OPTIONS, few(option()));
        say(ModifierGroup.INPUT, Arbitraries.of(ModifierGroup.Input.class));
        say(ModifierGroup.TEXT_CHARS_MAX, Arbitraries.integers().between(1, 10_000));
        say(ModifierGroup.VISIBLE, triState());

        say(Photo.NAME, text(512));
        say(Photo.URL, text(2_048));
        say(Photo.CAPTION, text(2_000));

        say(Tax.NAME, text(512));
        say(Tax.PERCENT, decimal());
        say(Tax.INCLUSION, Arbitraries.of(Tax.Inclusion.class));
        say(Tax.ENABLED, Arbitraries.of(true, false));
    }
}
