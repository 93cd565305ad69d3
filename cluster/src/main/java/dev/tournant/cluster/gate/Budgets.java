package dev.tournant.cluster.gate;

import com.typesafe.config.Config;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What bounds calls of a sort in the long run: which pool those who make many of them share, and how many it can take. */
public final class Budgets {
    private static final double NANOS = 1e9;

    private final PoolNames names;
    private final Function<Link, Party> parties;

    Budgets(PoolNames names, Function<Link, Party> parties) {
        this.names = names;
        this.parties = parties;
    }

    /**
     * By the settings of {@code tournant.gate}.
     *
     * @param limits of each partner, as its adapter declares them
     * @param parties on whose behalf calls for a link go out
     */
    public static Budgets of(Config config, Map<PartnerName, List<Limit>> limits, Function<Link, Party> parties) {
        return new Budgets(new PoolNames(limits, GateSettings.of(config).parts()), parties);
    }

    /**
     * What many calls have to share.
     *
     * @param pool the name of the pool with the most users
     * @param callsPerSecond what all rates that count the same calls as this pool allow in the long run; infinite without any
     */
    public record Budget(String pool, double callsPerSecond) {}

    /**
     * Of calls like this one for a link. Where a partner has no rates, all calls of the same credentials share one pool
     * that no gate keeps.
     */
    public Budget of(Link link, Request call) {
        Party party = parties.apply(link);
        List<PoolNames.Passing> rates = names.passing(party, call, 0).stream()
                .filter(passing -> passing.limit().per() != null)
                .toList();
        if (rates.isEmpty()) {
            return new Budget(PoolNames.unlimited(party), Double.POSITIVE_INFINITY);
        }
        // What narrower limits leave room for, those who share this pool find out at the gates.
        Limit broadest = rates.get(rates.size() - 1).limit();
        double least = rates.stream()
                .filter(passing -> countsAlike(passing.limit(), broadest))
                .mapToDouble(passing -> perSecond(passing.limit(), passing.parts()))
                .min()
                .orElseThrow();
        return new Budget(rates.get(rates.size() - 1).pool(), least);
    }

    private static boolean countsAlike(Limit one, Limit other) {
        return one.scope() == other.scope()
                && one.path().equals(other.path())
                && Objects.equals(one.method(), other.method());
    }

    private static double perSecond(Limit limit, int parts) {
        Duration per = limit.per();
        return per == null ? Double.POSITIVE_INFINITY : limit.calls() * (double) parts * NANOS / per.toNanos();
    }
}
