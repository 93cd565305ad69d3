package dev.tournant.deploy.standins.core;

import java.time.Duration;

/** Runs something after a while; nothing once the stand-in is closed. */
public interface Later {
    void run(Duration wait, Runnable work);
}
