package dev.tournant.adapter;

/**
 * Whether a webhook is genuine.
 *
 * @param why for our logs, never for the sender; empty when it is genuine
 */
public record Verification(boolean genuine, String why) {
    public static final Verification GENUINE = new Verification(true, "");

    public static Verification forged(String why) {
        return new Verification(false, why);
    }
}
