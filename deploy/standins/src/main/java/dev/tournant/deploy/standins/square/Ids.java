package dev.tournant.deploy.standins.square;

import java.util.Random;

/** Ids that look like Square's, from a seed. Not safe for threads: the seller guards it. */
final class Ids {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    private final Random random;

    Ids(long seed) {
        this.random = new Random(seed);
    }

    /** A catalog object: 24 characters. */
    String object() {
        return text(BASE32, 24);
    }

    String location() {
        return "L" + text(BASE32, 12);
    }

    String merchant() {
        return "ML" + text(BASE32, 11);
    }

    String token() {
        return "EAAA" + text(MIXED, 60);
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
