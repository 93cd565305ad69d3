package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Remote;
import dev.tournant.cluster.sync.Remembered;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.TakePush;
import dev.tournant.messages.PushOutcome;
import dev.tournant.messages.RemoteRecord;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One push as the merchant sees it: what a link is told, and what is to be remembered of the answers. The half of {@link
 * Pushes} without actors, so that whole histories can be run in one thread.
 */
final class Telling {
    private final Difference difference;
    private final Map<RecordKey, String> fingerprints;
    private final RecordTable records;
    private final String shown;
    private final boolean isRemembered;
    private final Duration unauthorisedWait;
    /** What nothing was heard of yet. */
    private final Set<RecordKey> open = new HashSet<>();

    private boolean unsettled;
    private boolean waits;
    private boolean taken;
    private boolean stale;
    private Duration asked = Duration.ZERO;

    /** @param isRemembered whether what is told is written down before any call */
    Telling(
            Difference difference,
            Map<RecordKey, String> fingerprints,
            RecordTable records,
            String shown,
            boolean isRemembered,
            Duration unauthorisedWait) {
        this.isRemembered = isRemembered;
        this.records = records;
        this.shown = shown;
        this.unauthorisedWait = unauthorisedWait;
        this.difference = difference;
        this.fingerprints = fingerprints;
        open.addAll(difference.wanted().keySet());
        open.addAll(difference.removed());
    }

    Difference difference() {
        return difference;
    }

    /** Whether the partner was asked in vain, of anything: it is to be told again, and spared. */
    boolean isUnsettled() {
        return unsettled;
    }

    /** Whether the partner took any of it. */
    boolean isTaken() {
        return taken;
    }

    /** Whether the partner took nothing, and said that something is to be read first. */
    boolean isStale() {
        return stale && !taken;
    }

    /** Whether all that is left waits for something else to happen: the partner was not asked in vain. */
    boolean isWaiting() {
        return waits && !unsettled;
    }

    /** Whether it was planned of these very records, which are immutable. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(RecordTable now) {
        return records == now;
    }

    /** How long the partner wants to be left alone; zero where it does not say. */
    Duration asked() {
        return asked;
    }

    /** What is to be remembered of an answer. */
    TakePush told(Map<RecordKey, Outcome> outcomes, Map<RecordKey, Remote> remotes, Instant now) {
        outcomes.values().forEach(outcome -> {
            taken |= outcome instanceof Outcome.Done || outcome instanceof Outcome.Pending;
            stale |= outcome instanceof Outcome.ReadAgain;
            note(outcome);
        });
        return remembered(outcomes, List.of(), remotes, now);
    }

    /**
     * What is to be remembered of what the plan settled before any call; null for nothing. What the plan puts off is no
     * trouble of the partner's, and was not told, though it may be written down that it would be.
     */
    @Nullable
    TakePush planned(Map<RecordKey, Outcome> outcomes, Instant now) {
        Map<RecordKey, Outcome> known = new HashMap<>(outcomes);
        List<MerchantCommand.Settled> putOff = new ArrayList<>();
        outcomes.forEach((key, outcome) -> {
            if (outcome instanceof Outcome.TryLater later) {
                waits = true;
                asked = longer(later.after());
                known.remove(key);
                putOff.add(new MerchantCommand.Settled(key, PushOutcome.putOff(later.why()), ""));
            } else {
                note(outcome);
            }
        });
        if (!isRemembered) {
            putOff.clear();
        }
        return known.isEmpty() && putOff.isEmpty() ? null : remembered(known, putOff, Map.of(), now);
    }

    private TakePush remembered(
            Map<RecordKey, Outcome> outcomes,
            List<MerchantCommand.Settled> putOff,
            Map<RecordKey, Remote> remotes,
            Instant now) {
        List<MerchantCommand.Settled> settled = new ArrayList<>(putOff);
        List<RecordDelta> values = new ArrayList<>();
        outcomes.forEach((key, outcome) -> {
            String fingerprint = fingerprints.getOrDefault(key, "");
            settled.add(new MerchantCommand.Settled(key, Remembered.of(outcome), fingerprint));
            RecordDelta value = value(key);
            if (value != null && (outcome instanceof Outcome.Done || outcome instanceof Outcome.Pending)) {
                values.add(value);
            }
        });
        List<RemoteRecord> held = new ArrayList<>();
        remotes.forEach((key, remote) -> held.add(Remembered.of(key, remote)));
        open.removeAll(outcomes.keySet());
        String compared = open.isEmpty() && !unsettled ? shown : null;
        return new TakePush(difference.link().id(), settled, values, held, compared, now);
    }

    private void note(Outcome outcome) {
        if (outcome instanceof Outcome.TryLater later) {
            unsettled = true;
            asked = longer(later.after());
        } else if (outcome instanceof Outcome.NeedsReauthorisation) {
            unsettled = true;
            asked = longer(unauthorisedWait);
        }
    }

    private Duration longer(Duration wait) {
        return wait.compareTo(asked) > 0 ? wait : asked;
    }

    /** Stamped with a time before any call was made. */
    private @Nullable RecordDelta value(RecordKey key) {
        Stamp begun = Stamp.at(difference.now());
        FieldMap wanted = difference.wanted().get(key);
        if (wanted != null) {
            return RecordDelta.set(key, begun, 0, wanted);
        }
        return difference.removed().contains(key) ? RecordDelta.deleted(key, begun, 0, Presence.REMOVED) : null;
    }
}
