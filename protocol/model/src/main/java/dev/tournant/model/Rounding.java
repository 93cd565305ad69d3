package dev.tournant.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * To which amounts a price is rounded: the multiples of a step, or what lies a fixed ending above them. A step of 1 with
 * an ending of 0.99 makes 0.99, 1.99, 2.99.
 *
 * @param to the step in major units; above 0, at most {@value #STEP_MAX}, at most {@value Money#DECIMALS_MAX} decimals
 * @param ending what is added to a multiple of the step; above 0 and below the step, or null for none
 */
public record Rounding(BigDecimal to, Mode mode, @Nullable BigDecimal ending) {
    public static final int STEP_MAX = 1_000_000;

    /** JSON: {@code {"to": "1", "mode": "up", "ending": "0.99"}}; the mode nearest is left out. */
    public static final Codec<Rounding> CODEC = Codec.of(Rounding::read, Rounding::write);

    /** Which of the two amounts that a price lies between. */
    public enum Mode {
        /** The nearer one; of two that are as near, the greater. */
        NEAREST(RoundingMode.HALF_UP),
        UP(RoundingMode.CEILING),
        DOWN(RoundingMode.FLOOR);

        private final RoundingMode java;

        Mode(RoundingMode java) {
            this.java = java;
        }
    }

    public Rounding {
        to = amount("to", to);
        if (to.signum() <= 0 || to.compareTo(BigDecimal.valueOf(STEP_MAX)) > 0) {
            throw new InvalidValue("must be above 0 and at most " + STEP_MAX).under("to");
        }
        if (ending != null) {
            ending = amount("ending", ending);
            if (ending.signum() <= 0 || ending.compareTo(to) >= 0) {
                throw new InvalidValue("must be above 0 and below the step of " + to + "; leave it out for none")
                        .under("ending");
            }
        }
    }

    /** To multiples of a step, such as {@code "0.05"}. */
    public static Rounding to(String step, Mode mode) {
        return new Rounding(new BigDecimal(step), mode, null);
    }

    /** The amount that a positive one becomes, 0 or more; exact, so it may have more decimals than its currency. */
    public BigDecimal round(BigDecimal amount) {
        BigDecimal above = ending == null ? BigDecimal.ZERO : ending;
        BigDecimal steps = amount.subtract(above).divide(to, 0, mode.java).max(BigDecimal.ZERO);
        return steps.multiply(to).add(above);
    }

    /** How the rest that a currency has no coin for is rounded. */
    RoundingMode rest() {
        return mode.java;
    }

    private static BigDecimal amount(String name, BigDecimal value) {
        BigDecimal plain = Codecs.plain(value);
        if (plain.scale() > Money.DECIMALS_MAX || plain.scale() < 0) {
            throw new InvalidValue("must have at most " + Money.DECIMALS_MAX + " decimals").under(name);
        }
        return plain;
    }

    private static Rounding read(Object json) {
        Members in = Members.of(json, "to", "mode", "ending");
        return new Rounding(
                in.need("to", Codecs.DECIMAL),
                in.get("mode", Codecs.oneOf(Mode.class), Mode.NEAREST),
                in.get("ending", Codecs.DECIMAL));
    }

    private static Object write(Rounding rounding) {
        return Members.out()
                .put("to", Codecs.DECIMAL, rounding.to)
                .put("mode", Codecs.oneOf(Mode.class), rounding.mode, Mode.NEAREST)
                .put("ending", Codecs.DECIMAL, rounding.ending)
                .map();
    }
}
