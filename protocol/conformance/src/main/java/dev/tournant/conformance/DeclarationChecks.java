package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.manifest.ManifestAdapter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** What an adapter says about itself. */
final class DeclarationChecks {
    private static final int RESOURCES_MAX = 16;
    private static final int LIMITS_MAX = 32;
    private static final Set<Capability> WRITES =
            EnumSet.of(Capability.WRITE_CATALOGUE, Capability.WRITE_STOCK, Capability.WRITE_STORE);
    private static final Set<Capability> READS =
            EnumSet.of(Capability.READ_CATALOGUE, Capability.READ_STOCK, Capability.READ_STORE);

    private DeclarationChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("found-by-service-loader", "the node finds the adapter", null, DeclarationChecks::found),
                new Check(
                        "capabilities-have-parts",
                        "what is declared is there, and what is there is declared",
                        null,
                        DeclarationChecks::parts),
                new Check(
                        "limits-count-requests",
                        "every declared limit counts some request that the adapter makes",
                        null,
                        DeclarationChecks::limits));
    }

    private static void found(Trial trial) {
        if (trial.adapter() instanceof ManifestAdapter) {
            throw new NothingToCheck("a manifest is found by its file, in the folder of adapters");
        }
        trial.count();
        boolean found = ServiceLoader.load(Adapter.class).stream()
                .anyMatch(each -> each.get().partner().equals(trial.adapter().partner()));
        if (!found) {
            throw broken(
                    "META-INF/services/" + Adapter.class.getName(),
                    "names no adapter of " + trial.adapter().partner() + ": add the line "
                            + trial.adapter().getClass().getName());
        }
    }

    private static void parts(Trial trial) {
        trial.count();
        Adapter adapter = trial.adapter();
        adapter.capabilities().stream().filter(each -> !each.hasFunctions()).forEach(each -> {
            throw broken("capabilities()", "declares " + each + ", for which there are no functions yet: leave it out");
        });
        for (String resource : adapter.resources()) {
            Duration lasts = adapter.pagesLast(resource);
            if (lasts.isNegative() || lasts.compareTo(Duration.ofDays(Adapter.PAGES_LAST_DAYS_MAX)) > 0) {
                throw broken(
                        "pagesLast(" + resource + ")",
                        "is from nothing to " + Adapter.PAGES_LAST_DAYS_MAX + " day, not " + lasts);
            }
        }
        same("webhooks()", trial.can(Capability.WEBHOOKS), adapter.webhooks().isPresent(), "WEBHOOKS");
        same(
                "writing()",
                WRITES.stream().anyMatch(trial::can),
                adapter.writing().isPresent(),
                "one of " + WRITES);
        List<String> resources = adapter.resources();
        // A partner that tells nothing may still be asked what became of a job.
        boolean asked = READS.stream().anyMatch(trial::can)
                || adapter.writing().flatMap(Writing::jobs).isPresent();
        same("resources()", asked, !resources.isEmpty(), "one of " + READS);
        same(
                "writing().jobs()",
                trial.can(Capability.ASYNCHRONOUS),
                adapter.writing().flatMap(Writing::jobs).isPresent(),
                "ASYNCHRONOUS");
        if (new HashSet<>(resources).size() < resources.size() || resources.size() > RESOURCES_MAX) {
            throw broken("resources()", "names at most " + RESOURCES_MAX + ", each once, not " + resources);
        }
        List<String> names = adapter.limits().stream().map(Limit::name).toList();
        if (new HashSet<>(names).size() < names.size() || names.size() > LIMITS_MAX) {
            throw broken("limits()", "names at most " + LIMITS_MAX + ", each once, not " + names);
        }
    }

    private static void same(String method, boolean declared, boolean there, String what) {
        if (declared != there) {
            throw broken(
                    method,
                    declared
                            ? "gives nothing, but capabilities() declares " + what
                            : "gives something, but capabilities() does not declare " + what);
        }
    }

    /** A limit with a slip in its path counts nothing, and the partner's answers tell too late. */
    private static void limits(Trial trial) {
        List<Request> requests = Requests.all(trial);
        for (Limit limit : trial.adapter().limits()) {
            trial.count();
            if (requests.stream().noneMatch(limit::counts)) {
                throw broken(
                        "limits(): " + limit.name(),
                        "counts " + (limit.method() == null ? "any method" : limit.method()) + " " + limit.path()
                                + ", but the adapter asks "
                                + requests.stream()
                                        .map(Request::toString)
                                        .distinct()
                                        .limit(10)
                                        .toList());
            }
        }
    }

    private static Broken broken(String path, String why) {
        return new Broken(new Finding("the adapter's declaration", path, why, null));
    }
}
