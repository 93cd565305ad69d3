package dev.tournant.deploy.standins.doordash;

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
    private final Luck luck;
    private final Stats stats;
    private @Nullable Outbox outbox;

    Webhooks(DoorDashSettings settings, Executor executor, Later later, Luck luck, Stats stats) {
        this.settings = settings;
        this.later = later;
        this.luck = luck;
        this.stats = stats;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.answerTimeout())
                .executor(executor)
                .build();
    }

    /** From now on webhooks go there and nowhere else; what waits for the former endpoint is lost. */
    synchronized void subscribe(String url, String token) {
        close();
        outbox = new Outbox(url, token, settings, client, later, stats);
    }

    synchronized Optional<String> url() {
        return Optional.ofNullable(outbox).map(Outbox::url);
    }

    /** Webhooks not yet answered 2xx or given up. */
    synchronized int open() {
        return outbox == null ? 0 : outbox.open();
    }

    synchronized void close() {
        if (outbox != null) {
            outbox.close();
        }
    }

    @Override
    public void ended(Store store, MenuJob job, MenuJob.Outcome outcome) {
        stats.job(job.type(), outcome.status());
        String body = job.event(store.id(), outcome).toString();
        current().ifPresent(endpoint -> send(endpoint, body));
    }

    private synchronized Optional<Outbox> current() {
        return Optional.ofNullable(outbox);
    }

    private void send(Outbox endpoint, String body) {
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
        endpoint.deliver(body, signed, wait);
        if (luck.strikes(faults.webhookDuplicateRatio())) {
            stats.webhook(Stats.Webhook.DUPLICATED);
            endpoint.deliver(body, signed, wait);
        }
    }
}
