package dev.tournant.deploy.node;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The meters of this node: one registry an actor system, found by whatever Akka starts from configuration. */
final class Metrics implements Extension {
    private static final Id ID = new Id();

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static final class Id extends AbstractExtensionId<Metrics> {
        @Override
        public Metrics createExtension(ExtendedActorSystem system) {
            return new Metrics();
        }
    }

    private Metrics() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    static Metrics of(ActorSystem system) {
        return ID.get(system);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** In the Prometheus text format. */
    String scrape() {
        return registry.scrape();
    }
}
