package dev.tournant.deploy.standins.toast;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** What the staff do, with how often they do so. */
public enum EditKind {
    PRICE(26),
    RENAME(8),
    MODIFIER_PRICE(6),
    SCHEDULE(2),
    ADD_ITEM(3),
    ARCHIVE_ITEM(3),
    /** Serves the edits of menus to clients. */
    PUBLISH(9),
    /** Takes all menus back; only when asked for. */
    WITHDRAW(0),
    OUT_OF_STOCK(16),
    IN_STOCK(11),
    QUANTITY(16);

    private static final int WEIGHTS =
            Arrays.stream(values()).mapToInt(kind -> kind.weight).sum();
    private final int weight;

    EditKind(int weight) {
        this.weight = weight;
    }

    /** The name used by the control API, for instance {@code out-of-stock}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a wire name; empty where there is none. */
    public static Optional<EditKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }

    /** Whether a publish is needed before clients see it. */
    boolean isOfMenus() {
        return switch (this) {
            case PRICE, RENAME, MODIFIER_PRICE, SCHEDULE, ADD_ITEM, ARCHIVE_ITEM -> true;
            case PUBLISH, WITHDRAW, OUT_OF_STOCK, IN_STOCK, QUANTITY -> false;
        };
    }

    static EditKind drawn(Random random) {
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
