package dev.tournant.http.client.token;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.time.Instant;

/** What time it is, how much has passed, and what to do later. */
interface Time {
    /** The wall clock, which the times of tokens and pauses are by. */
    Instant now();

    /** As {@link System#nanoTime}: for how long something has taken. */
    long nanos();

    void after(Duration wait, Runnable work);

    static Time of(ActorSystem<?> system) {
        return new Time() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(Duration wait, Runnable work) {
                system.scheduler().scheduleOnce(wait, work, system.executionContext());
            }
        };
    }
}
