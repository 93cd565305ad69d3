package dev.tournant.http.client.token;

import java.time.Instant;

/** There is no token to be had now. The message is for operators and holds no secret. */
public final class NoToken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Instant until;
    private final boolean refused;

    private NoToken(String why, Instant until, boolean refused) {
        super(why, null, false, false);
        this.until = until;
        this.refused = refused;
    }

    static NoToken before(Instant until, String why) {
        return new NoToken(why + "; the next attempt is not before " + until, until, false);
    }

    static NoToken now(Instant now, String why) {
        return new NoToken(why, now, false);
    }

    /** The partner has refused what only a person can put right. */
    static NoToken refused(Instant now, String why) {
        return new NoToken(why, now, true);
    }

    /** When asking again makes sense. */
    public Instant until() {
        return until;
    }

    public boolean isRefused() {
        return refused;
    }
}
