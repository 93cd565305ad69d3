package dev.tournant.cluster.sync;

import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Presence;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a statement, and what is known for sure of when what it says was so.
 *
 * <p>What a link says is put in order with what we told it. A partner's versions do so; its clock does not, as it may be
 * wrong by days. Without versions two moments of our own clock are known: before the first we had not begun to tell, at the
 * second the partner had taken it. A page shows what was so at some time after it was asked for, and a webhook what was so
 * before it came. Where that leaves it open nobody can know, and it has to be read again.
 *
 * @param by who says it, and when as they say
 * @param at when it is weighed
 * @param notBefore what is said was so at some time after this; null where that is not known
 * @param notAfter what is said was so at some time before this; null where that is not known
 */
public record Heard(
        Provenance by,
        Instant at,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter) {
    /** How a statement and a telling follow each other. */
    enum Order {
        /** It was said before the partner took what it was told. */
        BEFORE,
        AFTER,
        UNKNOWN
    }

    /** An operator's word, which follows all that was seen. */
    public static Heard here(Provenance by, Instant at) {
        return new Heard(by, at, null, at);
    }

    /**
     * What a page shows.
     *
     * @param asked when the page was asked for; null from nodes of an older version
     */
    public static Heard onPage(Provenance by, Instant at, @Nullable Instant asked) {
        return new Heard(by, at, asked, null);
    }

    /**
     * What came by itself.
     *
     * @param received when it reached us; null from nodes of an older version
     */
    public static Heard byWebhook(Provenance by, Instant at, @Nullable Instant received) {
        return new Heard(by, at, null, received);
    }

    /**
     * Whether a statement is otherwise than what the link is being told meanwhile. Somebody may have said so before that was
     * taken or after it, and may have set what it was before.
     *
     * @param telling null for nothing
     */
    public static boolean isMeanwhile(@Nullable RecordDelta telling, RecordDelta said) {
        if (telling == null || said.presence() != Presence.PRESENT) {
            return telling != null;
        }
        FieldMap told = telling.fields();
        for (int i = 0; i < told.size(); i++) {
            Field<?> field = told.field(i);
            if (said.fields().has(field)
                    && !Alike.are(field, told.value(i), said.fields().get(field))) {
                return true;
            }
        }
        return false;
    }

    /**
     * How it and a telling follow each other.
     *
     * @param told since when we were telling it, and at which time and version the partner had taken it
     */
    Order after(Provenance told) {
        if (by.version() != 0 && told.version() != 0 && by.version() != told.version()) {
            return by.version() > told.version() ? Order.AFTER : Order.BEFORE;
        }
        if (notBefore != null) {
            return Stamp.at(notBefore).compareTo(told.stamp()) > 0 ? Order.AFTER : Order.UNKNOWN;
        }
        if (notAfter != null && Stamp.at(notAfter).compareTo(told.since()) < 0) {
            return Order.BEFORE;
        }
        return by.stamp().compareTo(told.stamp()) > 0 ? Order.AFTER : Order.UNKNOWN;
    }
}
