package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.LinkState;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Shared;
import dev.tournant.persistence.Counterpart;
import dev.tournant.persistence.LinkChange;
import dev.tournant.persistence.LinkChange.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By what names accounts called our records over links that were removed since, or lead elsewhere. What we made there is there
 * still, and the first reading of the next link of that account says by its name that it is ours: without this it would be taken
 * for one that somebody made there, and be made a second time everywhere. All else of such a link is forgotten, and it is none of
 * the merchant's links. Immutable.
 *
 * @param accounts from the one of which a link was removed first
 */
record FormerNames(List<Former> accounts) {
    /** Accounts of which names are kept; those of which a link was removed longest ago give way. */
    static final int ACCOUNTS_MAX = 5;

    static final FormerNames NONE = new FormerNames(List.of());

    /** @param names of a link that is not there: nothing else is known of it */
    record Former(Account account, LinkState names) {}

    FormerNames {
        accounts = List.copyOf(accounts);
    }

    /** Names that are known of the account to which a link leads; null for none. */
    @Nullable
    LinkState of(Link link) {
        return known(Account.of(link));
    }

    private @Nullable LinkState known(Account account) {
        for (Former each : accounts) {
            if (each.account().equals(account)) {
                return each.names();
            }
        }
        return null;
    }

    /**
     * The same after a row.
     *
     * @param links as they were before it
     * @param namesMax that are kept of one account, beside those of the link that was removed last
     */
    FormerNames after(Map<LinkId, LinkState> links, List<LinkChange> changes, int namesMax) {
        FormerNames all = this;
        for (int i = 0; i < changes.size(); i++) {
            LinkChange change = changes.get(i);
            Account account = change.account();
            if (change.removed() && account != null) {
                LinkState gone =
                        MerchantState.linked(links, changes.subList(0, i)).get(change.link());
                all = gone == null ? all : all.with(account, gone, namesMax);
            }
        }
        return all;
    }

    private FormerNames with(Account account, LinkState gone, int namesMax) {
        List<Counterpart> names = gone.names();
        if (names.isEmpty()) {
            return this;
        }
        LinkState before = known(account);
        List<Counterpart> all = new ArrayList<>();
        if (before != null && before.counterparts().size() + names.size() <= namesMax) {
            before.counterparts().stream().filter(each -> !isNamed(each, gone)).forEach(all::add);
        }
        all.addAll(names);
        List<Former> left = new ArrayList<>(accounts);
        left.removeIf(each -> each.account().equals(account));
        left.add(new Former(account, called(gone.link(), all)));
        return new FormerNames(left.subList(Math.max(0, left.size() - ACCOUNTS_MAX), left.size()));
    }

    /** Whether either name is one of the link's: it knew better. */
    private static boolean isNamed(Counterpart former, LinkState link) {
        Counterpart known = link.counterpart(former.key());
        RecordKey theirs = new RecordKey(former.key().kind(), Objects.requireNonNull(former.theirs()));
        return (known != null && known.theirs() != null) || link.named(theirs).isPresent();
    }

    private static LinkState called(LinkId link, List<Counterpart> names) {
        return LinkState.of(link).after(LinkChange.of(link, names));
    }

    List<LinkChange> stored() {
        return accounts.stream()
                .map(each -> LinkChange.gone(
                        each.names().link(), each.account(), each.names().counterparts()))
                .toList();
    }

    static FormerNames of(List<LinkChange> stored, Shared shared) {
        List<Former> accounts = new ArrayList<>();
        for (LinkChange each : stored) {
            LinkChange names = each.sharing(shared);
            accounts.add(
                    new Former(Objects.requireNonNull(each.account()), called(names.link(), names.counterparts())));
        }
        return new FormerNames(accounts);
    }
}
