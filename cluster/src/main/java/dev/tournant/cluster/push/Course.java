package dev.tournant.cluster.push;

import dev.tournant.adapter.Call;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Result;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * In which order the calls of one push are made. It says which may begin, and is told what became of each; it makes none
 * itself. For one thread.
 *
 * <p>Steps follow one another. The calls of a step are made side by side, those with the same lock one after another. After
 * a step in which anything ended that has to be tried or read again, the later ones are not made: they are planned anew.
 * When nothing is taken before somebody grants access again, no further call begins at all.
 *
 * <p>A step's own calls go before those that are made in place of others, so that what is to blame keeps nothing from going
 * out; and of these the latest go first, down to the single record. So a push that ends at a bound has found something, and
 * the next one has less to look through.
 */
final class Course {
    private final PushSettings settings;
    private final Deque<List<Call>> later;
    private final Deque<Call> planned = new ArrayDeque<>();
    private final Deque<Call> instead = new ArrayDeque<>();
    private final Set<String> locked = new HashSet<>();

    private int underWay;
    private int made;
    private int madeInstead;
    private boolean isHalted;
    private boolean isCut;
    private @Nullable String trouble;
    private Duration retryAfter = Duration.ZERO;

    Course(List<List<Call>> steps, PushSettings settings) {
        this.settings = settings;
        this.later = new ArrayDeque<>(steps);
        proceed();
    }

    /** A call that may begin now, which counts as under way from here on. */
    Optional<Call> next() {
        if (isHalted || underWay == settings.callsMax() || isStepMade()) {
            return Optional.empty();
        }
        if (made == settings.callsPerPushMax()) {
            halt(made + " calls were made, the most of one push; the rest follows");
            return Optional.empty();
        }
        Call call = unlocked(planned);
        if (call == null) {
            call = nextInstead();
        }
        if (call != null) {
            begin(call);
        }
        return Optional.ofNullable(call);
    }

    private @Nullable Call nextInstead() {
        if (instead.isEmpty()) {
            return null;
        }
        if (madeInstead == settings.insteadMax()) {
            instead.clear();
            isCut = true;
            trouble(madeInstead + " calls were made to find what is to blame, the most of one push; the rest follows");
            proceed();
            return null;
        }
        Call call = unlocked(instead);
        madeInstead += call == null ? 0 : 1;
        return call;
    }

    private @Nullable Call unlocked(Deque<Call> calls) {
        for (Iterator<Call> each = calls.iterator(); each.hasNext(); ) {
            Call call = each.next();
            if (!locked.contains(call.lock())) {
                each.remove();
                return call;
            }
        }
        return null;
    }

    private void begin(Call call) {
        underWay++;
        made++;
        if (!call.lock().isEmpty()) {
            locked.add(call.lock());
        }
    }

    /** What became of a call that was under way. */
    void ended(Call call, Result result) {
        underWay--;
        locked.remove(call.lock());
        for (int i = result.instead().size() - 1; i >= 0; i--) {
            instead.addFirst(result.instead().get(i));
        }
        result.outcomes().values().forEach(this::weigh);
        proceed();
    }

    private void weigh(Outcome outcome) {
        if (outcome instanceof Outcome.TryLater again) {
            trouble(again.why());
            retryNotBefore(again.after());
        } else if (outcome instanceof Outcome.ReadAgain again) {
            trouble("has to be read again: " + again.why());
        } else if (outcome instanceof Outcome.NeedsReauthorisation needs) {
            halt("needs new authorisation: " + needs.why());
        }
    }

    /** Begins no further call, whatever is left. */
    void halt(String why) {
        trouble(why);
        isHalted = true;
    }

    private void trouble(String why) {
        trouble = trouble == null ? why : trouble;
    }

    private void retryNotBefore(Duration after) {
        retryAfter = after.compareTo(retryAfter) > 0 ? after : retryAfter;
    }

    /** Goes on to the next step when one has been made. */
    private void proceed() {
        while (isStepMade() && underWay == 0 && trouble == null && !later.isEmpty()) {
            planned.addAll(later.remove());
        }
    }

    private boolean isStepMade() {
        return planned.isEmpty() && instead.isEmpty();
    }

    /** Whether no call is under way and none will begin. */
    boolean isOver() {
        return underWay == 0 && (isHalted || isStepMade());
    }

    /** Why calls were left out; null if all were made. */
    @Nullable
    String failure() {
        return isCut || !isStepMade() || !later.isEmpty() ? trouble : null;
    }

    /**
     * How long the partner wants to be left alone before what is left is planned anew; zero where it does not say. How long
     * to wait for new authorisation is for the merchant to know.
     */
    Duration retryAfter() {
        return retryAfter;
    }
}
