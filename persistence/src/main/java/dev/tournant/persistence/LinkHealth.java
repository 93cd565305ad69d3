package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.RecordDelta;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a link is.
 *
 * @param paused whether an operator wants nothing told to it
 * @param epoch counts what came of pushes: two pushes of different epochs are never taken for one by the partner
 * @param readAgain what has to be fetched before anything more is told; null for nothing
 * @param trouble why it cannot be told now; null where it can
 * @param failures since it last took anything
 * @param jobs that the partner works on, from old to new
 * @param inStepSince since when it shows what it should; null while it does not
 * @param pushedAt when it last took anything; null for never
 * @param doubted whether the partner's documents changed and have to be compared with all that there should be
 * @param ends that were told of jobs which nobody knew of, from old to new: a partner's answer may name a job only after its
 *     end was told
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record LinkHealth(
        boolean paused,
        long epoch,
        @Nullable String readAgain,
        @Nullable Trouble trouble,
        int failures,
        List<Job> jobs,
        @Nullable Instant inStepSince,
        @Nullable Instant pushedAt,
        boolean doubted,
        List<End> ends) {
    public static final LinkHealth NEW =
            new LinkHealth(false, 0, null, null, 0, List.of(), null, null, false, List.of());

    public LinkHealth {
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
        ends = ends == null ? List.of() : List.copyOf(ends);
    }

    /**
     * Why a link cannot be told.
     *
     * @param needsAuthorisation whether somebody must grant access again
     * @param since when it began
     */
    public record Trouble(boolean needsAuthorisation, String why, Instant since) {}

    /**
     * What a partner works on.
     *
     * @param name under which it tells the end
     * @param told what it is about
     */
    public record Job(String name, Instant began, List<Told> told) {
        public Job {
            told = List.copyOf(told);
        }
    }

    /**
     * What was told of one record.
     *
     * @param delta values, or the absence of a record that is taken away
     * @param of a fingerprint of all the values that the link should have
     */
    public record Told(RecordDelta delta, String of) {}

    /**
     * How a job ended that nobody knew of.
     *
     * @param job its name
     * @param at when it was told
     */
    public record End(String job, PushOutcome outcome, Instant at) {}

    public LinkHealth paused(boolean now) {
        return new LinkHealth(now, epoch, readAgain, trouble, failures, jobs, null, pushedAt, doubted, ends);
    }

    public LinkHealth doubted(boolean now) {
        return new LinkHealth(paused, epoch, readAgain, trouble, failures, jobs, inStepSince, pushedAt, now, ends);
    }

    /** Without trouble. */
    public LinkHealth well() {
        return new LinkHealth(paused, epoch, null, null, 0, jobs, inStepSince, pushedAt, doubted, ends);
    }

    public LinkHealth reading(@Nullable String resource) {
        return new LinkHealth(paused, epoch, resource, trouble, failures, jobs, inStepSince, pushedAt, doubted, ends);
    }

    public LinkHealth with(List<Job> others) {
        return new LinkHealth(
                paused, epoch, readAgain, trouble, failures, others, inStepSince, pushedAt, doubted, ends);
    }

    public LinkHealth ended(List<End> others) {
        return new LinkHealth(
                paused, epoch, readAgain, trouble, failures, jobs, inStepSince, pushedAt, doubted, others);
    }

    public LinkHealth inStep(@Nullable Instant since) {
        return new LinkHealth(paused, epoch, readAgain, trouble, failures, jobs, since, pushedAt, doubted, ends);
    }

    /** After a partner took something. */
    public LinkHealth took(Instant at) {
        return new LinkHealth(paused, epoch + 1, readAgain, null, 0, jobs, inStepSince, at, doubted, ends);
    }

    /** After something came of a push that the partner did not take. */
    public LinkHealth settled() {
        return new LinkHealth(
                paused, epoch + 1, readAgain, trouble, failures, jobs, inStepSince, pushedAt, doubted, ends);
    }

    public LinkHealth failed(Trouble why) {
        return new LinkHealth(paused, epoch, readAgain, why, failures + 1, jobs, null, pushedAt, doubted, ends);
    }
}
