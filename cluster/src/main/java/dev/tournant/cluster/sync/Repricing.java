package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.Money;
import dev.tournant.model.Option;
import dev.tournant.model.PriceChange;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes prices. A change for all fulfilments changes base prices, the prices of options and what
 * rules set. One for some fulfilments becomes rules: before each of the merchant's rules one that sets what it comes to,
 * for these fulfilments, and behind them all one for each base price and each price of an option. So of two prices that
 * a guest compares neither has escaped, and no base price is touched.
 */
final class Repricing {
    private final PriceList.Matches matches;
    private final Overrides overrides;
    private final Map<RecordId, List<Offered>> offered;

    private Repricing(PriceList.Matches matches, Overrides overrides, Map<RecordId, List<Offered>> offered) {
        this.matches = matches;
        this.overrides = overrides;
        this.offered = offered;
    }

    /** The same records with the prices that the link shows; what an override sets stays. */
    static Map<RecordKey, FieldMap> of(
            Map<RecordKey, FieldMap> records, PriceList.Matches matches, Overrides overrides) {
        Repricing repricing = new Repricing(matches, overrides, offered(records, overrides));
        Map<RecordKey, FieldMap> priced = new LinkedHashMap<>(2 * records.size());
        records.forEach((key, fields) -> priced.put(key, repricing.priced(key, fields)));
        return priced;
    }

    /**
     * An item's price where it is an option of a group.
     *
     * @param fixed whether the price is an override, to be shown as it is
     */
    record Offered(RecordId group, Money price, boolean fixed) {}

    private static Map<RecordId, List<Offered>> offered(Map<RecordKey, FieldMap> records, Overrides overrides) {
        Map<RecordId, List<Offered>> offered = new HashMap<>();
        records.forEach((key, fields) -> {
            List<Option> options = key.kind() == Kind.MODIFIER_GROUP ? fields.get(ModifierGroup.OPTIONS) : null;
            boolean fixed = overrides.of(key).has(ModifierGroup.OPTIONS);
            for (Option option : options == null ? List.<Option>of() : options) {
                Money price = option.price();
                if (price != null) {
                    offered.computeIfAbsent(option.item(), item -> new ArrayList<>())
                            .add(new Offered(key.id(), price, fixed));
                }
            }
        });
        return offered;
    }

    private FieldMap priced(RecordKey key, FieldMap fields) {
        return switch (key.kind()) {
            case ITEM -> item(key.id(), fields, overrides.of(key));
            case MODIFIER_GROUP -> overrides.of(key).has(ModifierGroup.OPTIONS) ? fields : group(fields);
            default -> fields;
        };
    }

    private FieldMap item(RecordId id, FieldMap fields, FieldMap fixed) {
        PriceList.Applied applied = matches.of(id);
        if (applied.isNone()) {
            return fields;
        }
        FieldMap.Builder changed = FieldMap.builder(Kind.ITEM).putAll(fields);
        Money price = fixed.has(Item.PRICE) ? null : fields.get(Item.PRICE);
        if (price != null && applied.general() >= 0) {
            changed.set(Item.PRICE, change(applied).changed(price));
        }
        if (!fixed.has(Item.PRICE_RULES)) {
            List<PriceRule> had = fields.get(Item.PRICE_RULES);
            List<PriceRule> rules = rules(id, applied, price, had == null ? List.of() : had);
            if (had != null || !rules.isEmpty()) {
                changed.set(Item.PRICE_RULES, rules);
            }
        }
        return changed.build();
    }

    private PriceChange change(PriceList.Applied applied) {
        return matches.change(applied.general());
    }

    private List<PriceRule> rules(RecordId id, PriceList.Applied applied, @Nullable Money price, List<PriceRule> had) {
        List<PriceRule> rules = new ArrayList<>();
        for (PriceRule rule : had) {
            for (PriceList.Limited limited : applied.limited()) {
                addIfAny(rules, limited(rule, limited, price));
            }
            rules.add(general(rule, applied));
        }
        for (PriceList.Limited limited : applied.limited()) {
            for (Offered each : offered.getOrDefault(id, List.of())) {
                Money set = each.fixed() ? each.price() : of(limited, each.price());
                rules.add(rule(limited, List.of(each.group(), id), set));
            }
        }
        for (PriceList.Limited limited : applied.limited()) {
            if (price != null) {
                rules.add(rule(limited, List.of(), of(limited, price)));
            }
        }
        return rules.size() <= Item.PRICE_RULES_MAX ? rules : rules.subList(0, Item.PRICE_RULES_MAX);
    }

    private static void addIfAny(List<PriceRule> rules, @Nullable PriceRule rule) {
        if (rule != null) {
            rules.add(rule);
        }
    }

    /** Rules that add to the base price, which has changed already, stay. */
    private PriceRule general(PriceRule rule, PriceList.Applied applied) {
        return applied.general() >= 0 && rule.then() instanceof PriceRule.Then.Set set
                ? new PriceRule(
                        rule.when(), new PriceRule.Then.Set(change(applied).changed(set.price())))
                : rule;
    }

    /** What the merchant's rule comes to for these fulfilments; null where it does not hold for any of them. */
    private @Nullable PriceRule limited(PriceRule rule, PriceList.Limited limited, @Nullable Money price) {
        PriceRule.When when = rule.when();
        List<Fulfilment> both = limited.when().stream()
                .filter(each ->
                        when.fulfilments().isEmpty() || when.fulfilments().contains(each))
                .toList();
        Money comesTo = comesTo(rule.then(), limited, price);
        return both.isEmpty() || comesTo == null
                ? null
                : new PriceRule(
                        new PriceRule.When(
                                when.channels(), both, when.path(), when.during(), when.size(), when.sequence()),
                        new PriceRule.Then.Set(comesTo));
    }

    /** Null where that cannot be told: there is no base price, or an amount is of another currency. */
    private @Nullable Money comesTo(PriceRule.Then then, PriceList.Limited limited, @Nullable Money price) {
        if (then instanceof PriceRule.Then.Set set) {
            return of(limited, set.price());
        }
        boolean same = then instanceof PriceRule.Then.Percent
                || (price != null
                        && ((PriceRule.Then.Add) then).difference().currency().equals(price.currency()));
        if (price == null || !same) {
            return null;
        }
        BigDecimal exact = PriceChange.after(then, price.amount());
        return matches.change(limited.change()).changed(exact, price.currency());
    }

    private Money of(PriceList.Limited limited, Money price) {
        return matches.change(limited.change()).changed(price);
    }

    private static PriceRule rule(PriceList.Limited limited, List<RecordId> path, Money set) {
        return new PriceRule(
                new PriceRule.When(List.of(), limited.when(), path, null, null, null), new PriceRule.Then.Set(set));
    }

    private FieldMap group(FieldMap fields) {
        List<Option> options = fields.get(ModifierGroup.OPTIONS);
        if (options == null) {
            return fields;
        }
        List<Option> changed = options.stream().map(this::option).toList();
        return changed.equals(options)
                ? fields
                : FieldMap.builder(Kind.MODIFIER_GROUP)
                        .putAll(fields)
                        .set(ModifierGroup.OPTIONS, changed)
                        .build();
    }

    private Option option(Option option) {
        Money price = option.price();
        PriceList.Applied applied = price == null ? PriceList.Applied.NONE : matches.of(option.item());
        return price == null || applied.general() < 0
                ? option
                : new Option(
                        option.item(),
                        option.ordinal(),
                        change(applied).changed(price),
                        option.onByDefault(),
                        option.hidden(),
                        option.max());
    }
}
