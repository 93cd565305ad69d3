package dev.tournant.cluster.sync;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a link shows a value, or shows a record not at all.
 *
 * @param at the places in the projection's list that the cause names, from 0; empty where it names none
 */
public record Why(Cause cause, List<Integer> at) {
    static final Why OWN = new Why(Cause.OWN);

    /** What decides. */
    public enum Cause {
        /** The merchant's own, as it is. */
        OWN,
        /** {@code overrides[at]} says so. */
        OVERRIDE,
        /** {@code prices[at]} match. */
        PRICE_CHANGE,
        /** It spoke of records that this link does not show. */
        REFERENCE,
        /** It held price rules of other channels. */
        OTHER_CHANNEL,
        /** It was paused until a time that has come. */
        PAUSE_OVER,
        /** The item is off sale, and this is how the partner shows that. */
        OFF_SALE,
        /** {@code without[at]} names the record. */
        WITHOUT,
        /** It is none of the chosen menus. */
        MENUS,
        /** It is reached only through records that are left out. */
        BENEATH,
        /** Nobody has told yet what it is, and it is not there. */
        NAMELESS
    }

    public Why {
        at = List.copyOf(at);
    }

    /** For people, as a clause: {@code overrides[0] of the link's projection says so}. */
    @Override
    public String toString() {
        return switch (cause) {
            case OWN -> "it is the merchant's own value";
            case OVERRIDE -> places("overrides") + " says so";
            case PRICE_CHANGE -> places("prices") + " changes it";
            case REFERENCE -> "what it speaks of besides is not on this channel";
            case OTHER_CHANNEL -> "price rules of other channels are left out";
            case PAUSE_OVER -> "its pause is over";
            case OFF_SALE ->
                "it is off sale, and that is how this partner shows it; its own value comes back when it is on sale again";
            case WITHOUT -> places("without") + " leaves it out";
            case MENUS -> "it is none of the menus that the link's projection names";
            case BENEATH -> "it is reached only through records that are left out";
            case NAMELESS -> "it has no name yet: what is made there needs one";
        };
    }

    private String places(String list) {
        return at.stream().map(each -> list + "[" + each + "]").collect(Collectors.joining(", "))
                + " of the link's projection";
    }

    Why(Cause cause) {
        this(cause, List.of());
    }

    Why(Cause cause, int at) {
        this(cause, List.of(at));
    }
}
