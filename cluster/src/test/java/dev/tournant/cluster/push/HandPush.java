package dev.tournant.cluster.push;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A push that is carried out by hand, call by call: what {@link Push} does, without an actor. */
public final class HandPush {
    private static final PushSettings SETTINGS = new PushSettings(10, 2, 30, 60);

    /** What the merchant is told of an answer. */
    public record News(Map<RecordKey, Outcome> outcomes, Map<RecordKey, Remote> remotes) {
        public boolean isEmpty() {
            return outcomes.isEmpty() && remotes.isEmpty();
        }
    }

    private final Writing writing;
    private final Standing standing;
    private final Course course;

    public HandPush(Writing writing, Difference difference) {
        this.writing = writing;
        Plan plan = writing.plan(difference);
        this.standing = new Standing(plan);
        this.course = new Course(plan.steps(), SETTINGS);
    }

    public News settled() {
        return new News(standing.settled(), Map.of());
    }

    public List<Call> begun() {
        List<Call> calls = new ArrayList<>();
        course.next().ifPresent(calls::add);
        course.next().ifPresent(calls::add);
        return calls;
    }

    /** @param answer null if none came, though the call may have arrived */
    public News ended(Call call, @Nullable Answer answer) {
        Result result = answer == null ? writing.unanswered(call, "no answer") : writing.read(call, answer);
        News news = new News(standing.ended(call, result), result.remotes());
        course.ended(call, result);
        return news;
    }

    public boolean isOver() {
        return course.isOver();
    }

    public @Nullable String failure() {
        return course.failure();
    }

    public Duration retryAfter() {
        return course.retryAfter();
    }
}
