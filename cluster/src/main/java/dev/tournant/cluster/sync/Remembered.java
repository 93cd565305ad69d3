package dev.tournant.cluster.sync;

import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;

/** What adapters say, as merchants are told it and remember it. */
public final class Remembered {
    private Remembered() {}

    public static RemoteRecord of(RecordKey key, Remote remote) {
        return new RemoteRecord(
                key,
                remote.id(),
                remote.version(),
                remote.document() == null ? null : remote.document().toString());
    }

    public static JobEnded of(JobEnd end) {
        List<RemoteRecord> remotes = new ArrayList<>();
        end.remotes().forEach((key, remote) -> remotes.add(of(key, remote)));
        return new JobEnded(end.job(), of(end.outcome()), remotes);
    }

    public static PushOutcome of(Outcome outcome) {
        if (outcome instanceof Outcome.TryLater later) {
            return PushOutcome.later(later.after(), later.why());
        }
        if (outcome instanceof Outcome.ReadAgain again) {
            return PushOutcome.readAgain(again.resource(), again.why());
        }
        if (outcome instanceof Outcome.GiveUp no) {
            return PushOutcome.givenUp(no.code(), no.why());
        }
        if (outcome instanceof Outcome.NeedsReauthorisation needs) {
            return PushOutcome.needsAuthorisation(needs.why());
        }
        return outcome instanceof Outcome.Pending pending ? PushOutcome.pending(pending.job()) : PushOutcome.DONE;
    }
}
