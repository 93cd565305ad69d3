package dev.tournant.deploy.standins.toast;

import java.time.Duration;
import java.util.List;

/**
 * How webhooks are delivered.
 *
 * @param answerWithin an answer that takes longer is a failure
 * @param retryAfter the wait before each retry; then the event is dropped
 * @param errorsMax so many failures within {@code errorsWithin} pause the subscription
 * @param pause how long nothing is sent then
 * @param pausesMax so many pauses within {@code pausesWithin} end the subscription, until it is made anew
 * @param waitingMax deliveries waiting, under way or to be retried for one subscription; beyond it events are lost
 */
public record WebhookRules(
        Duration answerWithin,
        List<Duration> retryAfter,
        int errorsMax,
        Duration errorsWithin,
        Duration pause,
        int pausesMax,
        Duration pausesWithin,
        int waitingMax) {

    /** Toast's own; but it has not said how many events may wait. */
    public static final WebhookRules PUBLISHED = new WebhookRules(
            Duration.ofSeconds(2),
            List.of(Duration.ofMinutes(5), Duration.ofMinutes(10)),
            50,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            9,
            Duration.ofMinutes(10),
            10_000);

    public WebhookRules {
        retryAfter = List.copyOf(retryAfter);
        check(answerWithin.toMillis() >= 1, "answerWithin", answerWithin);
        check(retryAfter.stream().noneMatch(Duration::isNegative), "retryAfter", retryAfter);
        check(errorsMax >= 1, "errorsMax", errorsMax);
        check(pause.toMillis() >= 1, "pause", pause);
        check(pausesMax >= 1, "pausesMax", pausesMax);
        check(waitingMax >= 1, "waitingMax", waitingMax);
    }

    /** The same in a world whose clock runs otherwise; only the time to answer is left as it is. */
    public WebhookRules scaled(double scale) {
        check(scale > 0 && scale <= 1, "scale", scale);
        return new WebhookRules(
                answerWithin,
                retryAfter.stream().map(wait -> scaled(wait, scale)).toList(),
                errorsMax,
                scaled(errorsWithin, scale),
                scaled(pause, scale),
                pausesMax,
                scaled(pausesWithin, scale),
                waitingMax);
    }

    public WebhookRules withAnswerWithin(Duration value) {
        return new WebhookRules(value, retryAfter, errorsMax, errorsWithin, pause, pausesMax, pausesWithin, waitingMax);
    }

    private static Duration scaled(Duration wait, double scale) {
        return Duration.ofMillis(Math.max(1, Math.round(wait.toMillis() * scale)));
    }

    private static void check(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException("toast stand-in: webhooks: " + name + " is out of range: " + value);
        }
    }
}
