package dev.tournant.http.server;

import dev.tournant.messages.Problem;
import java.time.Duration;

/**
 * Whoever has shown no valid key or signature, known only by address. Their requests are charged to the address, and
 * nobody else's are: so one address can use up neither the rate of a key nor that of a link, and callers with valid
 * credentials do not suffer from what comes from the same address as they.
 */
final class Strangers {
    private final TokenBuckets rates;
    private final Shares places;

    /**
     * @param rates for each address
     * @param places for webhooks of each address that are not verified yet
     */
    Strangers(TokenBuckets rates, Shares places) {
        this.rates = rates;
        this.places = places;
    }

    /** Charges a request that had no valid credentials to its address; refuses it where there were too many. */
    void charge(String address) {
        Duration wait = rates.take(address);
        if (!wait.isZero()) {
            throw new Refusal(
                    Problem.SLOW_DOWN,
                    "too many requests without a valid API key or signature come from this address",
                    wait);
        }
    }

    /**
     * A place for a webhook until it is verified, to be freed then. It has to be received before anybody can know
     * whether it is genuine, so what bounds forgers here is how much they may have under way.
     */
    Shares.Share place(String address) {
        return places.take(address)
                .orElseThrow(() -> new Refusal(
                        Problem.SLOW_DOWN, "too many webhooks from this address are being received at once"));
    }
}
