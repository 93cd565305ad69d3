package dev.tournant.adapter.manifest;

import dev.tournant.adapter.lens.Amounts;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Numbers;
import dev.tournant.adapter.lens.Times;
import dev.tournant.model.Codec;
import dev.tournant.model.Codecs;
import dev.tournant.model.Field;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads how a value looks in the partner's document: a path, or a map of {@code path} and one form. The guide has the
 * list of forms; each is a lens of {@code dev.tournant.adapter.lens} or of {@link Plains}.
 */
final class Forms {
    private static final Set<String> SHAPES = Set.of(
            "words",
            "codes",
            "number",
            "time",
            "clock",
            "hours",
            "money",
            "object",
            "each",
            "one",
            "constant",
            "first-of");

    /** The path of what stands in a list, or in place of one, and not of a member of it. */
    static final String ITSELF = "$";

    private static final String[] KNOWN = {
        "path",
        "absent",
        "read-only",
        "where",
        "is",
        "value",
        "other",
        "shift",
        "currency",
        "by",
        "words",
        "codes",
        "number",
        "time",
        "clock",
        "hours",
        "money",
        "object",
        "each",
        "one",
        "constant",
        "first-of"
    };

    private final Placeholders placeholders;
    private final Currency merchants;
    private boolean varies;

    /** How many forms of lists are around the one that is read. */
    private int lists;

    /** @param merchants the currency of amounts that bear none */
    Forms(Placeholders placeholders, Currency merchants) {
        this.placeholders = placeholders;
        this.merchants = merchants;
    }

    /** Whether something that was read so far is different for another merchant. */
    boolean varies() {
        return varies;
    }

    /** A lens on a value of ours, in the form that a part describes. */
    <T> Lens<T> typed(Yaml part, Codec<T> codec) {
        if (part.isText()) {
            return at(Plains.typed(Plains.ANY, codec, path -> path), part);
        }
        return around(part, Plains.typed(inner(part), codec, path -> FormPaths.theirs(part, path)));
    }

    private Lens<Object> plain(Yaml part) {
        return part.isText() ? at(Plains.ANY, part) : around(part, inner(part));
    }

    private <T> Lens<T> at(Lens<T> lens, Yaml path) {
        if (path.text().equals(ITSELF)) {
            // Anywhere else, it would stand for a whole object, which a value must not replace.
            if (lists == 0) {
                throw path.wrong("is an element itself, and goes into each or one only; name a member here");
            }
            return lens;
        }
        return Lenses.at(lens, names(path));
    }

    /** The names of a path: {@code item.price}. */
    static String[] names(Yaml part) {
        String path = part.text();
        if (path.isEmpty() || path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
            throw part.wrong("must be names with dots between them, such as item.price");
        }
        return path.split("\\.", -1);
    }

    /** Where it stands; what stands around the form itself. */
    private <T> Lens<T> around(Yaml part, Lens<T> inner) {
        Lens<T> lens = inner;
        if (part.get("where").isPresent()) {
            String template = part.need("is").text();
            String name = placeholders.fill(template);
            varies |= !name.equals(template);
            Lens<T> element = part.get("value").isPresent() ? at(lens, part.need("value")) : lens;
            lens = Lists.keyed(element, part.need("where").text(), name);
        } else if (part.get("value").isPresent()) {
            throw part.need("value").wrong("goes with where: it is a path in the element that is meant");
        }
        if (part.get("path").isPresent()) {
            Yaml path = part.need("path");
            lens = at(lens, path);
        }
        return isReadOnly(part) ? Lenses.readOnly(lens::get) : lens;
    }

    static boolean isReadOnly(Yaml part) {
        return part.isMap() && part.get("read-only").map(Yaml::flag).orElse(false);
    }

    /** What a word means has to be a value of the field, or nothing with that word could be read. */
    static void checkWords(Yaml form, Field<?> field) {
        if (!form.isMap()) {
            return;
        }
        for (String table : List.of("words", "codes")) {
            form.get(table).ifPresent(words -> words.words().values().forEach(value -> checkValue(value, field)));
        }
        form.get("other").ifPresent(value -> checkValue(value, field));
        form.get("first-of").ifPresent(forms -> forms.list().forEach(each -> checkWords(each, field)));
    }

    private static void checkValue(Yaml value, Field<?> field) {
        Object plain = value.plain();
        try {
            if (plain != null) {
                field.read(plain);
            }
        } catch (InvalidValue e) {
            throw value.wrong(e.detail().replace(" is unknown; ", " is no value of " + field.name() + "; "));
        }
    }

    private Lens<Object> inner(Yaml part) {
        part.only(KNOWN);
        List<String> shapes = new ArrayList<>(part.members().keySet());
        shapes.retainAll(SHAPES);
        if (shapes.size() > 1) {
            throw part.wrong("has several forms, " + String.join(" and ", shapes) + "; use one");
        }
        Lens<Object> lens = shapes.isEmpty() ? Plains.ANY : shape(shapes.get(0), part);
        return part.get("absent")
                .map(absent -> Lenses.orElse(lens, absent.plain() == null ? "" : absent.plain()))
                .orElse(lens);
    }

    private Lens<Object> shape(String name, Yaml part) {
        Yaml form = part.need(name);
        return switch (name) {
            case "words" -> words(form, part, false);
            case "codes" -> words(form, part, true);
            case "number" -> Plains.of(shifted(number(form), part), Codecs.DECIMAL);
            case "time" -> Plains.of(time(form), Codecs.INSTANT);
            case "clock" -> Plains.of(Times.clock(form.oneOf(Map.of("seconds", true, "minutes", false))), Codecs.TIME);
            case "hours" -> Plains.of(HoursForms.read(form), Hours.CODEC);
            case "money" -> Plains.of(money(form, part), Money.CODEC);
            case "object" -> object(form, part);
            case "each" -> {
                Lens<Object> element = element(form);
                yield part.get("by")
                        .map(by -> lists(Lists.eachBy(by.text(), element)))
                        .orElseGet(() -> lists(Lists.each(element)));
            }
            case "one" -> lists(Lists.one(element(form)));
            case "constant" -> Plains.constant(need(form));
            default -> Lenses.firstOf(form.list().stream().map(this::plain).toList());
        };
    }

    private Lens<Object> element(Yaml form) {
        lists++;
        try {
            return plain(form);
        } finally {
            lists--;
        }
    }

    @SuppressWarnings("unchecked") // plain data is plain data
    private static Lens<Object> lists(Lens<List<Object>> lens) {
        return (Lens<Object>) (Lens<?>) lens;
    }

    private static Object need(Yaml part) {
        Object plain = part.plain();
        if (plain == null) {
            throw part.wrong("must not be empty");
        }
        return plain;
    }

    private static Lens<Object> words(Yaml form, Yaml part, boolean passes) {
        Map<Object, Object> words = new LinkedHashMap<>();
        form.words().forEach((word, ours) -> words.put(word, need(ours)));
        if (words.isEmpty()) {
            throw form.wrong("must hold at least one word");
        }
        return new WordTable(words, part.get("other").map(Forms::need).orElse(null), passes);
    }

    private static Lens<BigDecimal> number(Yaml form) {
        if (form.isMap()) {
            form.only("floating", "scaled");
            return form.get("floating")
                    .map(places -> Numbers.floating(places.whole(0, 12)))
                    .orElseGet(() -> Numbers.scaled(form.need("scaled").whole(0, 12)));
        }
        return form.oneOf(Map.of("exact", Numbers.EXACT, "text", Numbers.TEXT));
    }

    private static Lens<BigDecimal> shifted(Lens<BigDecimal> number, Yaml part) {
        return part.get("shift")
                .map(shift -> Numbers.shifted(number, shift.whole(-12, 12)))
                .orElse(number);
    }

    static Lens<Instant> time(Yaml form) {
        if (form.isMap()) {
            Yaml pattern = form.only("pattern").need("pattern");
            try {
                return Times.pattern(pattern.text());
            } catch (IllegalArgumentException e) {
                throw pattern.wrong("is no pattern of a time: " + e.getMessage());
            }
        }
        return form.oneOf(Map.of(
                "rfc3339", Times.RFC_3339,
                "epoch-millis", Times.EPOCH_MILLIS,
                "epoch-seconds", Times.EPOCH_SECONDS));
    }

    /** An amount in the merchant's currency or in one that the manifest names, or an object that holds both. */
    private Lens<Money> money(Yaml form, Yaml part) {
        Yaml currency = part.need("currency");
        if (currency.isMap()) {
            currency.only("amount", "path");
            Yaml path = currency.need("path");
            String amount = currency.need("amount").text();
            return form.isText() && form.text().equals("minor")
                    ? Lenses.minorMoney(amount, path.text())
                    : Amounts.object(amount, number(form), path.text());
        }
        boolean own = currency.text().equals("merchant");
        varies |= own;
        Currency in = own ? merchants : currency(currency);
        if (!form.isText()) {
            return Amounts.in(in, number(form));
        }
        return form.oneOf(Map.of(
                "minor", Amounts.minor(in),
                "hundredths", Amounts.hundredths(in),
                "e5", Amounts.e5(in),
                "exact", Amounts.in(in, Numbers.EXACT),
                "text", Amounts.in(in, Numbers.TEXT)));
    }

    private static Currency currency(Yaml part) {
        try {
            return Money.currency(part.text());
        } catch (InvalidValue e) {
            throw part.wrong(e.detail() + ", or \"merchant\" for the merchant's own");
        }
    }

    private Lens<Object> object(Yaml form, Yaml part) {
        Map<String, Lens<Object>> members = new LinkedHashMap<>();
        form.members().forEach((name, each) -> members.put(name, plain(each)));
        if (members.isEmpty()) {
            throw form.wrong("must hold at least one member");
        }
        for (Map.Entry<String, Yaml> each : form.members().entrySet()) {
            Yaml member = each.getValue();
            if ((member.isText() ? member.text() : member.text("path", "")).equals(ITSELF)) {
                if (members.size() > 1) {
                    throw member.wrong("is the element itself, which has no other members: leave them out");
                }
                return Plains.wrapped(each.getKey(), Objects.requireNonNull(members.get(each.getKey())));
            }
        }
        return Plains.object(members, part.get("path").isPresent());
    }
}
