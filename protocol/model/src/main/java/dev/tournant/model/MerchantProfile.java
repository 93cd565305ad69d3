package dev.tournant.model;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator says about a merchant.
 *
 * @param name at most 512 characters
 * @param currency the only currency in which this merchant has prices
 * @param zone the store's wall clock
 * @param links at most {@value #LINKS_MAX}, each id once
 * @param rules by which the links agree, where they are not the default ones
 */
public record MerchantProfile(
        String name, Currency currency, ZoneId zone, List<Link> links, Map<FieldGroup, SyncRule> rules) {
    public static final int LINKS_MAX = 50;

    private static final Codec<List<Link>> LINKS = Codecs.list(Link.CODEC, LINKS_MAX);

    /**
     * JSON: {@code {"name": "Grill", "currency": "USD", "zone": "America/New_York", "links": [{…}], "rules": {"prices":
     * {"owner": "sq-1"}, "availability": "strictest"}}}; without rules they are left out.
     */
    public static final Codec<MerchantProfile> CODEC = Codec.of(MerchantProfile::read, MerchantProfile::write);

    public MerchantProfile {
        Text.check(name, 512);
        links = List.copyOf(links);
        if (links.size() > LINKS_MAX) {
            throw new InvalidValue("has " + links.size() + " elements; send at most " + LINKS_MAX).under("links");
        }
        if (links.stream().map(Link::id).distinct().count() != links.size()) {
            throw new InvalidValue("two links have the same id; give each its own").under("links");
        }
        rules = Map.copyOf(rules);
        checkRules(links, rules);
    }

    /** With the default rules. */
    public MerchantProfile(String name, Currency currency, ZoneId zone, List<Link> links) {
        this(name, currency, zone, links, Map.of());
    }

    private static void checkRules(List<Link> links, Map<FieldGroup, SyncRule> rules) {
        rules.forEach((group, rule) -> {
            if (rule instanceof SyncRule.Owner owner
                    && links.stream().noneMatch(link -> link.id().equals(owner.link()))) {
                throw new InvalidValue("there is no link \"" + owner.link() + "\"; name one of the merchant's links")
                        .under(group.json())
                        .under("rules");
            }
            if (rule == SyncRule.Common.STRICTEST && group != FieldGroup.AVAILABILITY) {
                throw new InvalidValue("strictest is a rule for availability alone; use latest or an owner")
                        .under(group.json())
                        .under("rules");
            }
        });
    }

    public Optional<Link> link(LinkId id) {
        for (Link link : links) {
            if (link.id().equals(id)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    private static MerchantProfile read(Object json) {
        Members in = Members.of(json, "name", "currency", "zone", "links", "rules");
        return new MerchantProfile(
                in.need("name", Codecs.text(512)),
                in.need("currency", Codecs.CURRENCY),
                in.need("zone", Codecs.ZONE),
                in.get("links", LINKS, List.of()),
                in.get("rules", SyncRule.BY_GROUP, Map.of()));
    }

    private static Object write(MerchantProfile profile) {
        return Members.out()
                .put("name", Codecs.text(512), profile.name)
                .put("currency", Codecs.CURRENCY, profile.currency)
                .put("zone", Codecs.ZONE, profile.zone)
                .put("links", LINKS, profile.links, List.of())
                .put("rules", SyncRule.BY_GROUP, profile.rules, Map.of())
                .map();
    }
}
