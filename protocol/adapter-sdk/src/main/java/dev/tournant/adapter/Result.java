package dev.tournant.adapter;

import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;

/**
 * What an answer to a {@link Call} says, down to the single record.
 *
 * @param outcomes one for each record that the call was about and that is not in {@code instead}; and for others that
 *     turned out to be to blame
 * @param remotes what the partner holds now, as far as the answer says
 * @param instead calls to make in place of this one, which failed as a whole: they find out which record is to blame
 */
public record Result(Map<RecordKey, Outcome> outcomes, Map<RecordKey, Remote> remotes, List<Call> instead) {
    public Result {
        outcomes = Map.copyOf(outcomes);
        remotes = Map.copyOf(remotes);
        instead = List.copyOf(instead);
    }
}
