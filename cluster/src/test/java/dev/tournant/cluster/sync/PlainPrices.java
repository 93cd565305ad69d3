package dev.tournant.cluster.sync;

import dev.tournant.model.Category;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fulfilment;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.Placement;
import dev.tournant.model.PriceChange;
import dev.tournant.model.PriceRule;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Prices by the definition: what a guest is asked, and which change is the first to match. */
final class PlainPrices {
    private final List<PriceChange> changes;
    private final Map<RecordKey, FieldMap> all;

    PlainPrices(List<PriceChange> changes, Map<RecordKey, FieldMap> all) {
        this.changes = changes;
        this.all = all;
    }

    /** The first change for an item and a fulfilment; without one, the first that holds for all. */
    @Nullable
    PriceChange first(RecordId item, @Nullable Fulfilment by) {
        for (PriceChange change : changes) {
            boolean when = change.fulfilments().isEmpty()
                    || (by != null && change.fulfilments().contains(by));
            if (when && matches(change, item)) {
                return change;
            }
        }
        return null;
    }

    private boolean matches(PriceChange change, RecordId item) {
        FieldMap fields = all.get(new RecordKey(Kind.ITEM, item));
        Placement dish = fields.get(Item.VARIATION_OF);
        List<Placement> in = fields.get(Item.CATEGORIES);
        return (change.items().isEmpty() && change.categories().isEmpty())
                || change.items().contains(item)
                || (in != null && in.stream().anyMatch(each -> beneath(change, each.in())))
                || (dish != null && matches(change, dish.in()));
    }

    private boolean beneath(PriceChange change, RecordId category) {
        FieldMap fields = all.get(new RecordKey(Kind.CATEGORY, category));
        Placement parent = fields == null ? null : fields.get(Category.PARENT);
        return change.categories().contains(category) || (parent != null && beneath(change, parent.in()));
    }

    /** The first rule that holds by a fulfilment, of those that ask for nothing else. */
    static PriceRule.@Nullable Then rule(FieldMap item, Fulfilment by) {
        List<PriceRule> rules = item.get(Item.PRICE_RULES);
        for (PriceRule rule : rules == null ? List.<PriceRule>of() : rules) {
            List<Fulfilment> when = rule.when().fulfilments();
            if (rule.when().path().isEmpty() && (when.isEmpty() || when.contains(by))) {
                return rule.then();
            }
        }
        return null;
    }

    /** What an item costs on its own. */
    static Money asked(FieldMap item, Fulfilment by) {
        Money base = Objects.requireNonNull(item.get(Item.PRICE));
        PriceRule.Then then = rule(item, by);
        return then == null ? base : new Money(PriceChange.after(then, base.amount()), base.currency());
    }
}
