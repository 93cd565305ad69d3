package dev.tournant.deploy.node;

import akka.actor.ExtendedActorSystem;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;

/** {@code GET /metrics} on the management port, for Prometheus. */
public final class MetricsRoute extends AllDirectives implements ManagementRouteProvider {
    private static final ContentType.WithCharset TEXT = ContentTypes.TEXT_PLAIN_UTF8;

    private final ExtendedActorSystem system;

    /** Called by Akka Management. */
    public MetricsRoute(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public Route routes(ManagementRouteProviderSettings settings) {
        return path(
                "metrics",
                () -> get(() ->
                        complete(HttpEntities.create(TEXT, Metrics.of(system).scrape()))));
    }
}
