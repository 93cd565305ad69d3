package dev.tournant.model;

import java.util.Map;

/**
 * How the links of a merchant agree on a value. Whatever the rule, what an operator sets through our own API outranks all
 * that was said before it.
 */
public sealed interface SyncRule {
    /**
     * One link is the source of truth. What others say counts only where that link never said anything.
     *
     * @param link one of the merchant's
     */
    record Owner(LinkId link) implements SyncRule {}

    /** The rules that need nothing more said. */
    enum Common implements SyncRule {
        /** What was said last, by partners' versions where one partner is compared with itself, else by hybrid clocks. */
        LATEST,
        /** Any link may take a thing off sale; only that link or an operator puts it back. For availability alone. */
        STRICTEST
    }

    /** JSON: {@code "latest"}, {@code "strictest"} or {@code {"owner": "sq-1"}}. */
    Codec<SyncRule> CODEC = Codec.of(SyncRules::readRule, SyncRules::writeRule);

    /** The rules that a merchant's profile names; groups without one have the default of their partners. */
    Codec<Map<FieldGroup, SyncRule>> BY_GROUP = Codec.of(SyncRules::read, SyncRules::write);
}
