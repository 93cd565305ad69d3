package dev.tournant.http.server;

import dev.tournant.messages.Directory;
import dev.tournant.messages.DirectoryEntry;
import dev.tournant.model.Codecs;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a command for many is meant for: merchants by id, or every link to a partner.
 *
 * @param merchants all their links; empty where a partner is named
 * @param after the merchant after which links to the partner are looked for; null from the first
 */
record Aims(
        List<MerchantId> merchants,
        @Nullable PartnerName partner,
        @Nullable MerchantId after) {
    private static final String FORM = "send {\"merchants\": [\"…\"]} or {\"partner\": \"…\"}";
    private static final Set<String> MEMBERS = Set.of("merchants", "partner", "after");
    /** How many merchants are looked at in one go. */
    private static final int PAGE = 1_000;

    /** What was found, and the merchant after which another request goes on; null at the end. */
    record Found(List<Aim> aims, @Nullable MerchantId next) {}

    static Aims read(Map<?, ?> json, int linksMax) {
        for (Object name : json.keySet()) {
            if (!MEMBERS.contains(String.valueOf(name))) {
                throw new InvalidValue("is unknown here; " + FORM).under(String.valueOf(name));
            }
        }
        Object merchants = json.get("merchants");
        Object partner = json.get("partner");
        Object after = json.get("after");
        if ((merchants == null) == (partner == null)) {
            throw new InvalidValue("names neither or both of merchants and partner; " + FORM);
        }
        if (merchants == null && partner != null) {
            return new Aims(
                    List.of(),
                    new PartnerName(text("partner", partner)),
                    after == null ? null : new MerchantId(text("after", after)));
        }
        if (after != null) {
            throw new InvalidValue("goes with a partner only").under("after");
        }
        return new Aims(ids(merchants, linksMax), null, null);
    }

    private static List<MerchantId> ids(@Nullable Object merchants, int linksMax) {
        try {
            return Codecs.list(MerchantId.CODEC, linksMax).read(merchants == null ? List.of() : merchants).stream()
                    .distinct()
                    .toList();
        } catch (InvalidValue e) {
            throw e.under("merchants");
        }
    }

    private static String text(String name, Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw new InvalidValue("must be text").under(name);
    }

    Found found(Directory directory, int linksMax) {
        PartnerName to = partner;
        return to == null
                ? new Found(merchants.stream().map(each -> new Aim(each, null)).toList(), null)
                : links(directory, to, linksMax);
    }

    /** All links of a merchant stay together, even if they are more than may be found. */
    private Found links(Directory directory, PartnerName to, int linksMax) {
        List<Aim> found = new ArrayList<>();
        MerchantId last = after;
        while (true) {
            List<DirectoryEntry> page = directory.merchants(last, PAGE);
            for (DirectoryEntry entry : page) {
                List<Aim> here = links(entry, to);
                if (!found.isEmpty() && !here.isEmpty() && found.size() + here.size() > linksMax) {
                    return new Found(found, last);
                }
                found.addAll(here);
                last = entry.id();
            }
            if (page.size() < PAGE) {
                return new Found(found, null);
            }
        }
    }

    private static List<Aim> links(DirectoryEntry entry, PartnerName to) {
        return entry.profile().links().stream()
                .filter(link -> link.partner().equals(to))
                .map(Link::id)
                .map(link -> new Aim(entry.id(), link))
                .toList();
    }
}
