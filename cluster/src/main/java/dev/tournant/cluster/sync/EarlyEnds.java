package dev.tournant.cluster.sync;

import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand.Settled;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.PushOutcome;
import dev.tournant.persistence.LinkHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends of jobs that are told before the answer that names the job: a partner may be done within the time that its answer
 * takes, and webhooks come by another way. They are remembered, and settle the job as soon as it is named. They are forgotten
 * when the next push of the link begins, as a name may be used again for the same difference. Pure.
 */
public final class EarlyEnds {
    /** How many are remembered, the latest: a link gives its partner one job at a time, and ends may be told twice. */
    static final int MAX = 8;
    /** How long: an answer that is to name the job is not awaited for longer. */
    public static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private EarlyEnds() {}

    /** Those that an answer may still name. */
    static List<LinkHealth.End> of(LinkHealth health, Instant now) {
        return health.ends().stream()
                .filter(end -> !end.at().plus(KEPT_FOR).isBefore(now))
                .toList();
    }

    /** With the end of a job that nobody knows. */
    static LinkHealth with(LinkHealth health, JobEnded end, Instant now) {
        List<LinkHealth.End> ends = new ArrayList<>(of(health, now));
        ends.removeIf(each -> each.job().equals(end.job()));
        ends.add(new LinkHealth.End(end.job(), end.outcome(), now));
        return health.ended(ends.subList(Math.max(0, ends.size() - MAX), ends.size()));
    }

    /** Resources to be read again for what came of a push, or of jobs that it names and that have ended. */
    public static Set<String> readAgain(LinkHealth before, TakePush push) {
        Set<String> resources = new LinkedHashSet<>();
        Set<String> jobs = new HashSet<>();
        for (Settled each : push.outcomes()) {
            PushOutcome outcome = each.outcome();
            if (outcome.kind() == PushOutcome.Kind.READ_AGAIN) {
                resources.add(outcome.name());
            } else if (outcome.kind() == PushOutcome.Kind.PENDING) {
                jobs.add(outcome.name());
            }
        }
        for (LinkHealth.End end : of(before, push.at())) {
            if (jobs.contains(end.job()) && end.outcome().kind() == PushOutcome.Kind.READ_AGAIN) {
                resources.add(end.outcome().name());
            }
        }
        return resources;
    }
}
