package dev.tournant.cluster.publish;

import dev.tournant.messages.Directory.Route;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which merchants claim each link, and who has it. Reading needs no lock; one thread at a time may write.
 *
 * <p>A link should have one merchant. Where several claim it, the one whose id sorts first has it, and when that one
 * drops the link, the next. The rule looks at the claims that stand and at nothing else, so nodes agree in whatever
 * order they read them. The earliest claim would be fairer, but nobody can tell which it was: the record of a merchant
 * is replaced, and the old one compacted away, whenever its profile changes; and the records of two merchants are in
 * partitions that have no order in common.
 */
final class LinkClaims {
    /** Of each link the claims in order of merchant: the first has it. The lists are replaced, never changed. */
    private final Map<LinkId, List<Route>> claims = new ConcurrentHashMap<>();

    /** Links by account; the sets are replaced, never changed. */
    private final Map<Account, Set<LinkId>> accounts = new ConcurrentHashMap<>();

    private record Account(PartnerName partner, String name) {
        static Account of(Link link) {
            return new Account(link.partner(), link.account());
        }
    }

    /** A merchant that claimed the links {@code before} claims {@code now}. A link that stays is never without. */
    void replace(MerchantId merchant, Currency currency, List<Link> before, List<Link> now) {
        Set<LinkId> kept = new HashSet<>();
        for (Link link : now) {
            kept.add(link.id());
            claims.compute(link.id(), (id, held) -> with(held, new Route(merchant, link, currency)));
            accounts.merge(Account.of(link), Set.of(link.id()), LinkClaims::union);
        }
        for (Link link : before) {
            if (!kept.contains(link.id())) {
                claims.computeIfPresent(link.id(), (id, held) -> without(held, merchant));
            }
            forget(link);
        }
    }

    private static Set<LinkId> union(Set<LinkId> some, Set<LinkId> more) {
        Set<LinkId> all = new TreeSet<>(some);
        all.addAll(more);
        return Collections.unmodifiableSet(all);
    }

    /** Unless somebody still claims the link with this account. */
    private void forget(Link link) {
        boolean claimed = claims.getOrDefault(link.id(), List.of()).stream()
                .anyMatch(route -> Account.of(route.link()).equals(Account.of(link)));
        if (!claimed) {
            accounts.computeIfPresent(Account.of(link), (account, links) -> {
                Set<LinkId> rest = new TreeSet<>(links);
                rest.remove(link.id());
                return rest.isEmpty() ? null : Collections.unmodifiableSet(rest);
            });
        }
    }

    /** Who has the links to an account, in order of link. */
    List<Route> holders(PartnerName partner, String account) {
        Account wanted = new Account(partner, account);
        return accounts.getOrDefault(wanted, Set.of()).stream()
                .flatMap(link -> holder(link).stream())
                .filter(route -> Account.of(route.link()).equals(wanted))
                .toList();
    }

    private static List<Route> with(@Nullable List<Route> held, Route claim) {
        if (held == null) {
            return List.of(claim);
        }
        List<Route> all = new ArrayList<>(held);
        all.removeIf(each -> each.merchant().equals(claim.merchant()));
        all.add(claim);
        all.sort(Comparator.comparing(Route::merchant));
        return List.copyOf(all);
    }

    private static @Nullable List<Route> without(List<Route> held, MerchantId merchant) {
        List<Route> rest =
                held.stream().filter(each -> !each.merchant().equals(merchant)).toList();
        return rest.isEmpty() ? null : rest;
    }

    /** Who has the link. */
    Optional<Route> holder(LinkId link) {
        List<Route> held = claims.get(link);
        return held == null ? Optional.empty() : Optional.of(held.get(0));
    }

    /** Everybody who claims the link, the one who has it first. */
    List<MerchantId> claimants(LinkId link) {
        return claims.getOrDefault(link, List.of()).stream()
                .map(Route::merchant)
                .toList();
    }

    /** All links that somebody claims. */
    Set<LinkId> links() {
        return Set.copyOf(claims.keySet());
    }
}
