package dev.tournant.adapters.toast;

import static dev.tournant.adapter.lens.Lenses.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.lens.Amounts;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Numbers;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Prices of items, options and groups. Toast writes them as doubles without a currency, and where one number is not
 * enough as rules: by time, by size, and by how many were chosen before.
 */
final class ToastPrices {
    private static final Lens<List<Hours.Span>> SCHEDULE = at(Toast.SCHEDULE, "schedule");
    private static final Lens<String> SIZE = at(Toast.TEXT, "sizeName");
    private static final Lens<Long> SEQUENCE = at(Lenses.LONG, "sequence");
    private static final int SEQUENCE_MAX = 1_000;

    private final Lens<Money> price;
    private final Lens<Money> basePrice;
    private final Lens<Money> timePrice;

    ToastPrices(Currency currency) {
        Lens<Money> money = Amounts.in(currency, Numbers.floating(Money.DECIMALS_MAX));
        this.price = at(money, "price");
        this.basePrice = at(money, "basePrice");
        this.timePrice = at(money, "timeSpecificPrice");
    }

    /** What holds where no rule does; null for prices that are asked for at the till, by size, or the group's. */
    @Nullable
    Money base(JsonNode priced) {
        Money own = price.get(priced);
        return own == null
                ? basePrice.get(rules(priced).path("timeSpecificPricingRules").path(0))
                : own;
    }

    /**
     * The rules of an item, an option or a group.
     *
     * @param path what they hold for; empty for all places
     */
    List<PriceRule> rules(JsonNode priced, List<RecordId> path) {
        JsonNode rules = rules(priced);
        try {
            List<PriceRule> all = new ArrayList<>();
            each(rules, "timeSpecificPricingRules", rule -> List.of(byTime(rule, path)), all);
            each(rules, "sizeSequencePricingRules", rule -> bySize(rule, path), all);
            return all;
        } catch (InvalidValue e) {
            throw e.under("pricingRules");
        }
    }

    private static JsonNode rules(JsonNode priced) {
        return Toast.object(priced, "pricingRules");
    }

    private static <T> void each(JsonNode around, String name, Function<JsonNode, List<T>> read, List<T> into) {
        JsonNode list = Toast.list(around, name);
        for (int i = 0; i < list.size(); i++) {
            try {
                into.addAll(read.apply(list.get(i)));
            } catch (InvalidValue e) {
                throw e.under(name + "[" + i + "]");
            }
        }
    }

    private PriceRule byTime(JsonNode rule, List<RecordId> path) {
        Hours during = new Hours(null, Toast.need(SCHEDULE, rule, "schedule"), List.of());
        Money then = Toast.need(timePrice, rule, "timeSpecificPrice");
        return rule(path, during, null, null, then);
    }

    /** The price of a selection and of those after it: so the last of them comes first. */
    private List<PriceRule> bySize(JsonNode rule, List<RecordId> path) {
        String size = SIZE.get(rule);
        List<Step> steps = new ArrayList<>();
        each(rule, "sequencePrices", this::step, steps);
        steps.sort(Comparator.comparingInt(Step::from).reversed());
        return steps.stream()
                .map(step -> rule(path, null, size, step.from() == 1 ? null : step.from(), step.price()))
                .toList();
    }

    private record Step(int from, Money price) {}

    /** A step without a price says nothing. */
    private List<Step> step(JsonNode node) {
        long from = Toast.need(SEQUENCE, node, "sequence");
        if (from < 1 || from > SEQUENCE_MAX) {
            throw new InvalidValue("must be from 1 to " + SEQUENCE_MAX + ", not " + from).under("sequence");
        }
        Money then = price.get(node);
        return then == null ? List.of() : List.of(new Step((int) from, then));
    }

    static PriceRule rule(List<RecordId> path, Money then) {
        return rule(path, null, null, null, then);
    }

    private static PriceRule rule(
            List<RecordId> path,
            @Nullable Hours during,
            @Nullable String size,
            @Nullable Integer sequence,
            Money then) {
        return new PriceRule(
                new PriceRule.When(List.of(), List.of(), path, during, size, sequence), new PriceRule.Then.Set(then));
    }
}
