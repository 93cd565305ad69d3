package dev.tournant.adapter;

import dev.tournant.model.RecordKey;
import java.util.Map;

/**
 * The end of a job that a partner was given.
 *
 * @param job the name that {@link Outcome.Pending} bore
 * @param outcome of the whole job: a job may fail and yet leave something behind
 * @param remotes what the partner holds now, as far as it says
 */
public record JobEnd(String job, Outcome outcome, Map<RecordKey, Remote> remotes) {
    public JobEnd {
        remotes = Map.copyOf(remotes);
    }
}
