package dev.tournant.http.server;

/**
 * How much one caller may ask.
 *
 * @param perSecond requests a second in the long run
 * @param burst requests at once after a pause
 * @param callersMax callers remembered at once
 */
public record Rate(double perSecond, int burst, int callersMax) {
    public Rate {
        require(perSecond > 0 && perSecond <= 1_000_000, "per-second: must be above 0 and at most 1000000");
        require(burst >= 1, "burst: must be at least 1");
        require(callersMax >= 1, "callers-max: must be at least 1");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
