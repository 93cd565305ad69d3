package dev.tournant.cluster.sync;

import dev.tournant.model.LinkId;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.SyncRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of several claims to one value holds. There is one claim of each link at most: the newest thing that it
 * said. So a value is a join of last-writer-wins registers, one for each link, and a choice among them that looks at
 * nothing else: in which order claims arrived, and how often, makes no difference (Shapiro et al., "Conflict-free
 * Replicated Data Types", 2011).
 */
public final class Agreement {
    /** What was first said later; the greater link of two at once. */
    private static final Comparator<Claim> LATER =
            Comparator.comparing((Claim claim) -> claim.by().since()).thenComparing(Claim::link);

    private Agreement() {}

    /**
     * The claim that holds.
     *
     * @param claims at least one, each of another link
     */
    public static Claim holds(SyncRule rule, Collection<Claim> claims) {
        return holds(rule, claims, Map.of());
    }

    /**
     * The claim that holds of those to a status.
     *
     * @param untils until when, of each link that says so
     */
    static Claim holds(SyncRule rule, Collection<Claim> claims, Map<LinkId, Claim> untils) {
        List<Claim> said = claims.stream().filter(claim -> !claim.isAbsence()).toList();
        return chosen(rule, said.isEmpty() ? claims : said, untils);
    }

    private static Claim chosen(SyncRule rule, Collection<Claim> claims, Map<LinkId, Claim> untils) {
        Claim operators = claims.stream().filter(Claim::isOperators).findFirst().orElse(null);
        List<Claim> after = new ArrayList<>(claims.size());
        for (Claim claim : claims) {
            boolean outranked = operators != null
                    && !claim.isOperators()
                    && claim.by().since().compareTo(operators.by().since()) <= 0;
            if (!outranked) {
                after.add(claim);
            }
        }
        if (rule instanceof SyncRule.Owner owner) {
            return owned(owner, after, claims);
        }
        return after.stream()
                .max(rule == SyncRule.Common.STRICTEST ? stricter(untils) : LATER)
                .orElseThrow();
    }

    /** The owner's, else the operator's; the others count only where the owner never said anything. */
    private static Claim owned(SyncRule.Owner owner, List<Claim> after, Collection<Claim> all) {
        for (Claim claim : after) {
            if (claim.link().equals(owner.link())) {
                return claim;
            }
        }
        boolean spoke = all.stream().anyMatch(claim -> claim.link().equals(owner.link()));
        Claim operators = after.stream().filter(Claim::isOperators).findFirst().orElse(null);
        return operators != null && spoke
                ? operators
                : after.stream().max(LATER).orElseThrow();
    }

    /** Of two that are as strict the one that lasts longer; else what was first said later. */
    private static Comparator<Claim> stricter(Map<LinkId, Claim> untils) {
        return Comparator.comparingInt(Agreement::strictness)
                .thenComparing(claim -> until(claim, untils.get(claim.link())))
                .thenComparing(LATER);
    }

    /** A pause of which nobody said when it ends lasts longest. */
    private static Instant until(Claim claim, @Nullable Claim until) {
        boolean isPause = claim.value() == SaleStatus.PAUSED;
        return isPause && until != null && until.value() instanceof Instant end ? end : Instant.MAX;
    }

    /** Off, then paused, then for sale. */
    private static int strictness(Claim claim) {
        if (!(claim.value() instanceof SaleStatus status)) {
            return 0;
        }
        return switch (status) {
            case FOR_SALE -> 0;
            case PAUSED -> 1;
            case OFF -> 2;
        };
    }
}
