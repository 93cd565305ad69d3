package dev.tournant.cluster.sync;

import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.PriceRule;
import dev.tournant.model.Projection;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows a merchant as one link should: its projection, compiled once and used after each change of a record. Immutable.
 *
 * <p>In this order: overrides are laid over the records; what is not chosen is left out, and what others say of it; so
 * are rules of other channels; prices are changed, but for those that an override sets. Each is a pass over the records
 * and what they speak of, or none where the projection does not ask for it: of {@link Projection#ALL} only a map is made.
 */
public final class Projecting {
    private final Projection projection;
    private final String channel;
    private final Chosen chosen;
    private final PriceList prices;
    private final Overrides overrides;

    private Projecting(Projection projection, String channel, Currency currency) {
        this.projection = projection;
        this.channel = channel;
        this.chosen = new Chosen(projection);
        this.prices = new PriceList(projection.prices(), currency);
        this.overrides = new Overrides(projection.overrides());
    }

    /**
     * What this link should show.
     *
     * @param currency the merchant's; amounts in another are left as they are
     */
    public static Projecting of(Link link, Currency currency) {
        return new Projecting(link.projection(), link.partner().value(), currency);
    }

    /**
     * What it shows of these records.
     *
     * @param records all of the merchant's; those that are deleted are passed over. Best in order of key: else they are
     *     sorted first
     */
    public Shown shown(Iterable<FlatRecord> records) {
        Map<RecordKey, FieldMap> all = new LinkedHashMap<>();
        for (FlatRecord record : inOrder(records)) {
            all.put(record.key(), overrides.over(record.key(), record.fields()));
        }
        LeftOut leftOut = LeftOut.of(projection, chosen, all);
        PriceList.Matches matches = prices.over(all);
        Transformed transformed = new Transformed(overrides, matches, all);
        Map<RecordKey, FieldMap> shown = projection.showsAll() ? all : kept(all, leftOut, transformed);
        shown = withoutOtherChannels(shown, transformed);
        return new Shown(matches.isNone() ? shown : Repricing.of(shown, matches, overrides), leftOut, transformed);
    }

    private static List<FlatRecord> inOrder(Iterable<FlatRecord> records) {
        List<FlatRecord> present = new ArrayList<>();
        boolean inOrder = true;
        for (FlatRecord record : records) {
            if (record.isPresent()) {
                inOrder &= present.isEmpty()
                        || present.get(present.size() - 1).key().compareTo(record.key()) < 0;
                present.add(record);
            }
        }
        if (!inOrder) {
            present.sort(Comparator.comparing(FlatRecord::key));
        }
        return present;
    }

    private static Map<RecordKey, FieldMap> kept(
            Map<RecordKey, FieldMap> all, LeftOut leftOut, Transformed transformed) {
        Map<RecordKey, FieldMap> kept = new LinkedHashMap<>();
        all.forEach((key, fields) -> {
            if (leftOut.why(key) == null) {
                kept.put(
                        key,
                        References.kept(fields, leftOut, field -> transformed.add(key, field, Why.Cause.REFERENCE)));
            }
        });
        return kept;
    }

    private Map<RecordKey, FieldMap> withoutOtherChannels(Map<RecordKey, FieldMap> all, Transformed transformed) {
        for (Map.Entry<RecordKey, FieldMap> each : all.entrySet()) {
            List<PriceRule> rules =
                    each.getKey().kind() == Kind.ITEM ? each.getValue().get(Item.PRICE_RULES) : null;
            if (rules != null && !rules.stream().allMatch(this::isOfThisChannel)) {
                List<PriceRule> own =
                        rules.stream().filter(this::isOfThisChannel).toList();
                each.setValue(each.getValue().with(FieldMap.of(Item.PRICE_RULES, own)));
                transformed.add(each.getKey(), Item.PRICE_RULES, Why.Cause.OTHER_CHANNEL);
            }
        }
        return all;
    }

    private boolean isOfThisChannel(PriceRule rule) {
        List<String> channels = rule.when().channels();
        return channels.isEmpty() || channels.contains(channel);
    }
}
