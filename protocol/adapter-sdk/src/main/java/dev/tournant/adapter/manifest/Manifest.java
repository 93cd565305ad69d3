package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A partner as data.
 *
 * @param environments base URLs by name; {@code production} is one of them
 * @param headers of every request
 * @param hooks null where the partner sends no webhooks
 * @param writing null where nothing can be written
 * @param records how objects look
 * @param shapes for {@link #ANY_LINK} and {@link #ANY_CURRENCY}; made anew for each merchant where they vary
 */
record Manifest(
        PartnerName partner,
        String summary,
        Map<String, String> environments,
        AuthScheme authentication,
        Map<String, String> headers,
        List<Limit> limits,
        Refusals refusals,
        Map<String, Resource> resources,
        @Nullable Hooks hooks,
        @Nullable WritingSpec writing,
        Yaml records,
        Shapes shapes) {
    static final Link ANY_LINK = new Link(new LinkId("any"), new PartnerName("any"), "account", "location", "any");
    static final Currency ANY_CURRENCY = Currency.getInstance("XXX");

    /** What base URLs have after the host: {@code /v1}; empty for one that has nothing there. */
    Set<String> basePaths() {
        return environments.values().stream()
                .map(url -> url.replaceFirst("https?://[^/]*", ""))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @param currency of amounts that bear none */
    Shapes shapes(Link link, Currency currency) {
        return shapes.varies() ? new Shapes(records, Placeholders.of(link), currency, new Faults()) : shapes;
    }

    /** For what is the same for all merchants: where ids and versions stand. */
    Shapes anyShapes() {
        return shapes;
    }

    /** Records that are objects of their own: those that stand in a list of a resource or are written by themselves. */
    List<String> wholes() {
        Set<String> names = new java.util.TreeSet<>();
        resources.values().forEach(resource -> names.addAll(resource.contents().records()));
        return List.copyOf(names);
    }

    Set<Capability> capabilities() {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        boolean store = wholes().stream().anyMatch(name -> isStore(name));
        boolean catalogue = wholes().stream().anyMatch(name -> !isStore(name));
        add(all, catalogue, Capability.READ_CATALOGUE);
        add(all, store, Capability.READ_STORE);
        add(all, StockFields.read(records, wholes()), Capability.READ_STOCK);
        add(all, hooks != null, Capability.WEBHOOKS);
        add(all, resources.values().stream().anyMatch(each -> each.since() != null), Capability.INCREMENTAL);
        if (writing != null) {
            add(all, writing.records().keySet().stream().anyMatch(name -> !isStore(name)), Capability.WRITE_CATALOGUE);
            add(all, writing.records().keySet().stream().anyMatch(this::isStore), Capability.WRITE_STORE);
            add(all, StockFields.written(records, writing.records().keySet()), Capability.WRITE_STOCK);
        }
        return Set.copyOf(all);
    }

    private static void add(Set<Capability> all, boolean has, Capability capability) {
        if (has) {
            all.add(capability);
        }
    }

    private boolean isStore(String name) {
        Yaml part = records.members().get(name);
        return part != null && part.text("kind", name).equals("store");
    }
}
