package dev.tournant.messages;

import java.util.List;

/**
 * The end of a job that a partner was given. It may be told twice, and ends may be told of jobs that nobody gave it here.
 *
 * @param outcome of the whole job
 * @param remotes what the partner holds now; each takes the place of what was known
 */
public record JobEnded(String job, PushOutcome outcome, List<RemoteRecord> remotes) {
    public JobEnded {
        remotes = List.copyOf(remotes);
    }
}
