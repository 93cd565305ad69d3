package dev.tournant.cluster.schedule;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Polls of resources drawn by lot, whatever is believed of them: the share found unchanged is an unbiased estimate of how
 * many are fresh. One at a time; the estimate is a mean over about the last thousand.
 */
final class Audit {
    private static final int RECENT = 1000;
    private static final int DRAWS_MAX = 64;

    private final int every;
    private final SplittableRandom random;
    private int sinceLast;
    private int drawn = PollSchedule.NONE;
    private boolean underWay;

    long looks;
    private double recentLooks;
    private double recentFresh;

    Audit(int every, long seed) {
        this.every = every;
        this.random = new SplittableRandom(seed);
    }

    boolean isDue() {
        return !underWay && sinceLast >= every - 1;
    }

    /** Draws until a number is one that can be polled; {@link PollSchedule#NONE} if some draws do not find one. */
    int draw(int top, IntPredicate canBePolled) {
        if (drawn != PollSchedule.NONE && !canBePolled.test(drawn)) {
            drawn = PollSchedule.NONE;
        }
        for (int i = 0; i < DRAWS_MAX && drawn == PollSchedule.NONE; i++) {
            int id = random.nextInt(top);
            if (canBePolled.test(id)) {
                drawn = id;
            }
        }
        return drawn;
    }

    /** A poll was begun. */
    void started(int id) {
        if (drawn == id) {
            underWay = true;
            sinceLast = 0;
        } else {
            sinceLast++;
        }
    }

    /** Whether the outcome of this resource's poll is to be counted. */
    boolean isOf(int id) {
        return underWay && drawn == id;
    }

    /** Its poll will not be heard of after all. */
    void forget(int id) {
        if (drawn == id) {
            drawn = PollSchedule.NONE;
            underWay = false;
        }
    }

    void found(boolean fresh) {
        looks++;
        double keep = recentLooks < RECENT ? 1 : 1 - 1.0 / RECENT;
        recentLooks = recentLooks * keep + 1;
        recentFresh = recentFresh * keep + (fresh ? 1 : 0);
        drawn = PollSchedule.NONE;
        underWay = false;
    }

    /** NaN without any. */
    double recent() {
        return recentFresh / recentLooks;
    }

    double recentError() {
        double fresh = recent();
        return Math.sqrt(fresh * (1 - fresh) / recentLooks);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(looks);
        out.writeDouble(recentLooks);
        out.writeDouble(recentFresh);
    }

    void read(DataInputStream in) throws IOException {
        looks = in.readLong();
        recentLooks = in.readDouble();
        recentFresh = in.readDouble();
    }
}
