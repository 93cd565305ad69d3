package dev.tournant.deploy.faults.gates;

import java.time.Duration;

/** Calls that were counted in a stretch of time. */
record Stretch(int calls, Duration time) {
    double seconds() {
        return time.toNanos() / 1e9;
    }

    /** Calls as a share of what is allowed in the same time; 1 is all of it, 0 for no time. */
    double share(double allowedPerSecond) {
        return time.isZero() ? 0 : calls / (seconds() * allowedPerSecond);
    }
}
