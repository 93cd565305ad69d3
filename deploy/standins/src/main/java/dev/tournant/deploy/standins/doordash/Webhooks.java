package dev.tournant.deploy.standins.doordash;

import dev.tournant.deploy.standins.core.HttpUrl;
import dev.tournant.deploy.standins.core.Later;
import dev.tournant.deploy.standins.core.Luck;
import dev.tournant.deploy.standins.core.Outbox;
import dev.tournant.deploy.standins.core.Stats;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Tells the outcome of menu jobs to the one endpoint that an environment has, all stores alike. */
final class Webhooks implements MenuJobs.Watcher {
    private final DoorDashSettings settings;
    private final HttpClient client;
    private final Later later;
    private final Luck<Faults> luck;
    private final Stats stats;
    private @Nullable Subscriber subscriber;

    Webhooks(DoorDashSettings settings, Executor executor, Later later, Luck<Faults> luck, Stats stats) {
        this.settings = settings;
        this.later = later;
        this.luck = luck;
        this.stats = stats;
        this.client = Outbox.client(settings.answerTimeout(), executor);
    }

    /**
     * From now on webhooks go there and nowhere else; what waits for the former endpoint is lost. Throws
     * {@link IllegalArgumentException} for a URL that is none.
     */
    synchronized void subscribe(String url, String token) {
        URI target = HttpUrl.of(url);
        close();
        Outbox.Patience patience = Outbox.Patience.doubling(settings.retryBase(), settings.retriesMax());
        Outbox outbox = new Outbox(patience, settings.webhooksMax(), client, later, stats);
        subscriber = new Subscriber(target, token, settings.answerTimeout(), outbox);
    }

    synchronized Optional<String> url() {
        return Optional.ofNullable(subscriber).map(Subscriber::url);
    }

    /** Webhooks not yet answered 2xx or given up. */
    synchronized int open() {
        return subscriber == null ? 0 : subscriber.open();
    }

    synchronized void close() {
        if (subscriber != null) {
            subscriber.close();
        }
    }

    @Override
    public void ended(Store store, MenuJob job, MenuJob.Outcome outcome) {
        current().ifPresent(to -> send(to, job.event(store.id(), outcome).toString()));
    }

    private synchronized Optional<Subscriber> current() {
        return Optional.ofNullable(subscriber);
    }

    private void send(Subscriber to, String body) {
        Faults faults = luck.faults();
        stats.webhook(Stats.Webhook.RAISED);
        if (luck.strikes(faults.webhookDropRatio())) {
            stats.webhook(Stats.Webhook.DROPPED);
            return;
        }
        boolean signed = !luck.strikes(faults.webhookUnsignedRatio());
        if (!signed) {
            stats.webhook(Stats.Webhook.UNSIGNED);
        }
        Duration wait = Duration.ofMillis(faults.webhookDelayMs());
        to.deliver(body, signed, wait);
        if (luck.strikes(faults.webhookDuplicateRatio())) {
            stats.webhook(Stats.Webhook.DUPLICATED);
            to.deliver(body, signed, wait);
        }
    }
}
