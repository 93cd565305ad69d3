package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How DoorDash is told. A menu is pushed whole, so any difference makes a tree of all records; one that DoorDash holds
 * already costs no call. A push is a job, and a store takes one at a time: of several menus the next waits for the end of
 * the first, and is planned then.
 *
 * <p>A menu is created once. Whether a creation was taken may not be known (no answer, or one that says nothing): then it
 * is a job that is pending like any other, until its end is told or the menus are read again.
 */
final class DoorDashWriting implements Writing {
    /** DoorDash works on a job for so long at most. */
    static final Duration JOB_WITHIN = Duration.ofHours(2);

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public Optional<Jobs> jobs() {
        return Optional.of(new Jobs(JOB_WITHIN, DoorDashAdapter.MENUS));
    }

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        if (!DoorDashAdapter.MENUS.equals(payload.resource())) {
            return Map.of();
        }
        ObjectNode page;
        try {
            page = Documents.object(payload.body());
        } catch (InvalidValue e) {
            return Map.of();
        }
        return Held.remotes(page);
    }

    @Override
    public Optional<String> withheld(RecordKey key, Map<RecordKey, FieldMap> shown, Instant now) {
        return new Withheld(new Menus(new Shelf(shown), now).all()).why(key, shown);
    }

    @Override
    public Plan plan(Difference difference) {
        return new Planning(difference).plan();
    }

    @Override
    public Result read(Call call, Answer answer) {
        return new DoorDashResults(call).read(answer);
    }

    @Override
    public Result unanswered(Call call, String why) {
        return new DoorDashResults(call).unanswered(why);
    }
}
