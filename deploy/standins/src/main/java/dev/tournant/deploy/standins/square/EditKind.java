package dev.tournant.deploy.standins.square;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the editor does, with how often it does so. */
public enum EditKind {
    PRICE(30),
    RENAME(8),
    SOLD_OUT(20),
    ADD_ITEM(3),
    DELETE_ITEM(3),
    MODIFIER(8),
    COUNT(25),
    HOURS(3);

    private static final int WEIGHTS =
            Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();
    private final int weight;

    EditKind(int weight) {
        this.weight = weight;
    }

    /** The name used by the control API, for instance {@code sold-out}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a wire name; empty where there is none. */
    public static Optional<EditKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }

    static EditKind drawn(java.util.Random random) {
        int at = random.nextInt(WEIGHTS);
        for (EditKind kind : values()) {
            at -= kind.weight;
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up to " + WEIGHTS);
    }
}
