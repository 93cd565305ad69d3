package dev.tournant.cluster.push;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.PushEnded;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Carries out pushes: tells a partner a difference, as its adapter plans it. At most {@code pushes-max} are under way on a
 * node; the next ones are told to come back. Nothing is kept over a restart, as the merchant compares again.
 */
public final class Pusher {
    private static final Duration UNKNOWN_WAITS = Duration.ofSeconds(30);
    private static final Duration BUSY_WAITS = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final Map<PartnerName, Adapter> adapters;
    private final Outbound outbound;
    private final PushSettings settings;
    private final PushMetrics metrics;

    public Pusher(
            ActorSystem<?> system, Map<PartnerName, Adapter> adapters, Outbound outbound, MeterRegistry registry) {
        this.system = system;
        this.adapters = Map.copyOf(adapters);
        this.outbound = outbound;
        this.settings = PushSettings.of(system.settings().config());
        this.metrics = new PushMetrics(registry);
    }

    /** See {@link dev.tournant.cluster.merchant.MerchantPorts#push}. */
    public void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {
        PartnerName partner = difference.link().partner();
        Adapter adapter = adapters.get(partner);
        if (adapter == null) {
            replyTo.tell(refusal(difference, "there is no adapter for " + partner, UNKNOWN_WAITS));
        } else if (!metrics.began(settings.pushesMax())) {
            metrics.refused(partner);
            String busy = settings.pushesMax() + " pushes are under way on this node, the most";
            replyTo.tell(refusal(difference, busy, BUSY_WAITS));
        } else {
            Push.Task task = new Push.Task(merchant, difference, lane, adapter, replyTo);
            system.systemActorOf(
                    Push.create(task, outbound, settings, metrics), "push-" + UUID.randomUUID(), Props.empty());
        }
    }

    private static PushEnded refusal(Difference difference, String why, Duration retryAfter) {
        return new PushEnded(difference.link().id(), difference.nonce(), why, retryAfter);
    }
}
