package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.TimeForm;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A webhook's own time, which keeps it from being sent again later by somebody who saw it. Partners that repeat a
 * webhook with its first time need a tolerance that is longer than they go on trying.
 *
 * @param from a header or a field of the body; it must be signed
 * @param tolerance how far the time may be from ours, before or after; 1 s to 7 days
 */
public record Freshness(SignedPart from, TimeForm form, Duration tolerance) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(7);

    public Freshness {
        if (!(from instanceof SignedPart.Header) && !(from instanceof SignedPart.BodyField)) {
            throw Settings.wrong("from", "must be a header or a field of the body");
        }
        Settings.duration("tolerance", tolerance, LEAST, MOST);
    }

    /** A field of the body is signed with it; a header has to be named. */
    boolean isSignedBy(List<SignedPart> parts) {
        return from instanceof SignedPart.BodyField || parts.contains(from);
    }

    /** {@link InvalidValue} says how far off the time is, or that it cannot be read. */
    void check(Content content, Instant now) {
        String text = content.text(from);
        Instant time;
        try {
            time = form.parse(text);
        } catch (InvalidValue e) {
            throw new InvalidValue("the time " + e.getMessage());
        }
        Duration off = Duration.between(time, now);
        if (off.abs().compareTo(tolerance) > 0) {
            throw new InvalidValue("it is " + off.abs().toSeconds() + " s too " + (off.isNegative() ? "early" : "late")
                    + "; tolerated are " + tolerance.toSeconds());
        }
    }

    /** A header that is missing is added; the body has to bear its time already. */
    Hook stamp(Hook hook, Instant now) {
        boolean missing = from instanceof SignedPart.Header header
                && hook.header(header.name()).isEmpty();
        return missing ? hook.with(((SignedPart.Header) from).name(), form.print(now)) : hook;
    }
}
