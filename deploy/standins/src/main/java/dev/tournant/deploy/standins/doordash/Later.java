package dev.tournant.deploy.standins.doordash;

import java.time.Duration;

/** Runs something after a while; nothing once the stand-in is closed. */
interface Later {
    void run(Duration wait, Runnable work);
}
