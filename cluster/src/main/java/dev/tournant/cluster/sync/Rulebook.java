package dev.tournant.cluster.sync;

import dev.tournant.adapter.Capability;
import dev.tournant.model.Field;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.ModifierGroup;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Relations;
import dev.tournant.model.SyncRule;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of one merchant: those that its profile names, and for the other groups those that its partners suggest. The
 * first link from which a catalogue can be read is the point of sale: it owns all but availability, where the strictest
 * holds. Without one, what was said last holds.
 */
public final class Rulebook {
    private final Map<FieldGroup, SyncRule> rules = new EnumMap<>(FieldGroup.class);
    private final Map<LinkId, Link> links = new HashMap<>();
    private final Set<LinkId> offByCount = new HashSet<>();

    public Rulebook(MerchantProfile profile, Map<PartnerName, Traits> partners) {
        SyncRule common = SyncRule.Common.LATEST;
        for (Link link : profile.links()) {
            links.put(link.id(), link);
            Traits traits = partners.get(link.partner());
            boolean isPointOfSale =
                    link.direction().reads() && traits != null && traits.can().contains(Capability.READ_CATALOGUE);
            if (traits != null && OffSale.isByCount(traits.off())) {
                offByCount.add(link.id());
            }
            if (isPointOfSale && common == SyncRule.Common.LATEST) {
                common = new SyncRule.Owner(link.id());
            }
        }
        for (FieldGroup group : FieldGroup.values()) {
            SyncRule byDefault = group == FieldGroup.AVAILABILITY ? SyncRule.Common.STRICTEST : common;
            rules.put(group, profile.rules().getOrDefault(group, byDefault));
        }
    }

    /**
     * Why a link that the profile makes the owner of a group of fields can never say anything of them; empty where there is
     * none. Profiles that were stored may have one: then whoever else speaks is heard.
     */
    public static Optional<String> muteOwner(MerchantProfile profile) {
        for (FieldGroup group : FieldGroup.values()) {
            Link owner = profile.rules().get(group) instanceof SyncRule.Owner of
                    ? profile.link(of.link()).orElse(null)
                    : null;
            if (owner != null && !owner.direction().reads()) {
                return Optional.of("rules." + group.json() + ": the link \"" + owner.id()
                        + "\" is only told, and never says anything; name a link that is read, or give this one the"
                        + " direction \"read\" or \"both\"");
            }
        }
        return Optional.empty();
    }

    public SyncRule of(FieldGroup group) {
        return rules.getOrDefault(group, SyncRule.Common.LATEST);
    }

    SyncRule of(Field<?> field) {
        return of(FieldGroup.of(field));
    }

    /** Whether what a link says can become the merchant's: it is read, or it is our own API. */
    public boolean speaks(LinkId link) {
        Link known = links.get(link);
        return link.equals(Provenance.API)
                || (known != null && known.direction().reads());
    }

    /** Whether a link is told by a count that an item is off sale. */
    boolean isOffByCount(LinkId link) {
        return offByCount.contains(link);
    }

    /** Whether a link is one of the merchant's, whichever way its values go, or our own API. */
    boolean knows(LinkId link) {
        return link.equals(Provenance.API) || links.containsKey(link);
    }

    /** Whether among the same claims the same hold by these rules: the rule of each group, and who is read. */
    public boolean decidesAs(Rulebook other) {
        return rules.equals(other.rules) && readers().equals(other.readers());
    }

    private Set<LinkId> readers() {
        Set<LinkId> readers = new HashSet<>(links.keySet());
        readers.removeIf(link -> !speaks(link));
        return readers;
    }

    /**
     * Whether a link shows a value as the merchant has it, so that another one there is an edit. In doubt it does not: what
     * is changed for a channel is never taken for the merchant's.
     */
    public boolean isOwn(LinkId link, RecordKey key, Field<?> field) {
        Link known = links.get(link);
        if (known == null || known.projection().equals(Projection.ALL)) {
            return true;
        }
        Projection projection = known.projection();
        boolean isPriced = FieldGroup.of(field) == FieldGroup.PRICES || field.equals(ModifierGroup.OPTIONS);
        boolean isShortened = Relations.speakOfOthers(field)
                && !(projection.menus().isEmpty() && projection.without().isEmpty());
        boolean isOverridden = projection.overrides().stream()
                .anyMatch(each -> each.key().equals(key) && each.fields().has(field));
        return !(isPriced && !projection.prices().isEmpty()) && !isShortened && !isOverridden;
    }

    /** What a rule says, for people: {@code owner sq-1}. */
    public static String text(SyncRule rule) {
        return rule instanceof SyncRule.Owner owner
                ? "owner " + owner.link()
                : ((SyncRule.Common) rule).name().toLowerCase(Locale.ROOT);
    }
}
