package dev.tournant.deploy.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.kafka.javadsl.SendProducer;
import com.typesafe.config.Config;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.cluster.gate.ShardedGates;
import dev.tournant.cluster.ingest.Ingest;
import dev.tournant.cluster.ingest.IngestMetrics;
import dev.tournant.cluster.ingest.IngestSettings;
import dev.tournant.cluster.ingest.KafkaInbox;
import dev.tournant.cluster.ingest.KafkaReplays;
import dev.tournant.cluster.lease.Joining;
import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.lease.NodeLeases;
import dev.tournant.cluster.merchant.JournalChanges;
import dev.tournant.cluster.merchant.JournalHistory;
import dev.tournant.cluster.merchant.MerchantLimits;
import dev.tournant.cluster.merchant.MerchantMetrics;
import dev.tournant.cluster.merchant.MerchantSetup;
import dev.tournant.cluster.merchant.ShardedMerchants;
import dev.tournant.cluster.ops.ConsumerLag;
import dev.tournant.cluster.ops.KafkaSettings;
import dev.tournant.cluster.poll.Fetcher;
import dev.tournant.cluster.poll.Rounds;
import dev.tournant.cluster.poll.ShardedPollers;
import dev.tournant.cluster.publish.KafkaChanges;
import dev.tournant.cluster.publish.KafkaDirectory;
import dev.tournant.cluster.push.Pusher;
import dev.tournant.http.client.AuthorisedClient;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.client.PartnerClient;
import dev.tournant.http.client.PartnerConsents;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.http.server.HttpApi;
import dev.tournant.http.server.HttpConfig;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.CassandraPollMemories;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Joins the parts. What takes in is started last and stopped first: HTTP is unbound, then ingestion is drained while
 * this node's merchants still answer, then the merchants move, then the node's lease is given back and Kafka and
 * Cassandra are let go.
 */
final class Node {
    private final ActorSystem<?> system;
    private final Config config;
    private final MeterRegistry registry;
    private final Adapters adapters;
    private final Credentials credentials;
    private final KafkaSettings kafka;

    private Node(ActorSystem<?> system) {
        this.system = system;
        this.adapters = Adapters.load(system.settings().config());
        this.config = adapters.withBaseUrls(system.settings().config());
        this.registry = Metrics.of(system.classicSystem()).registry();
        this.credentials = new ConfiguredCredentials(config);
        this.kafka = new KafkaSettings(system);
    }

    static void start(ActorSystem<?> system) {
        new Node(system).start();
    }

    private void start() {
        ClientConfig partners = ClientConfig.read(config);
        HttpConfig http = HttpConfig.read(config);
        Bounds.check(config, partners, http);
        // Before anything that acts, and before Kafka is touched: both wait for Cassandra.
        Joining.await(system);
        NodeLease lease = NodeLeases.start(system, registry);
        SendProducer<String, byte[]> producer = kafka.producer();
        // Its own: whoever puts much into quarantine may have to wait, and nobody else with it.
        SendProducer<String, byte[]> quarantine = kafka.producer();
        KafkaInbox inbox =
                new KafkaInbox(system, producer, config.getBytes("tournant.kafka.inbox-bytes-max"), registry);
        KafkaChanges changes =
                new KafkaChanges(system, producer, config.getBytes("tournant.kafka.publish-bytes-max"), registry);
        ShardedGates gates = NodeGates.start(system, partners, adapters.byPartner(), lease, registry);
        PartnerClient client = PartnerClient.create(system, partners, gates.gates(), registry);
        Map<PartnerName, AuthScheme> schemes = adapters.authentication();
        Tokens tokens =
                Tokens.create(system, partners.tokens(), TokenStores.open(system, schemes), client::send, registry);
        Outbound outbound = new AuthorisedClient(
                client, schemes, credentials, tokens, Clock.systemUTC(), system.executionContext());
        Fetcher fetcher = new Fetcher(system, adapters.byPartner(), outbound, inbox, Clock.systemUTC(), registry);
        Pusher pusher = new Pusher(system, adapters.byPartner(), outbound, registry);
        KafkaDirectory directory = KafkaDirectory.start(system, kafka, registry);
        ShardedPollers pollers = ShardedPollers.start(
                system,
                adapters.byPartner(),
                NodeGates.budgets(config, partners, adapters.byPartner(), credentials),
                CassandraPollMemories.create(system),
                registry);
        MerchantSetup setup = new MerchantSetup(
                MerchantLimits.of(config),
                adapters.traits(),
                new NodePorts(changes, fetcher, pollers, pusher),
                new MerchantMetrics(registry),
                lease);
        ShardedMerchants merchants = ShardedMerchants.start(system, setup, registry);
        Rounds.start(system, directory, pollers);
        IngestSettings ingest = IngestSettings.of(config);
        Ingest.start(
                system,
                kafka,
                ingest,
                merchants,
                directory,
                adapters.byPartner(),
                quarantine,
                new IngestMetrics(registry));
        ConsumerLag.start(system, kafka, ingest.group(), registry);
        closeLast(List.of(producer, quarantine), client);
        new HttpApi(
                        system,
                        http,
                        merchants,
                        inbox,
                        directory,
                        new JournalChanges(system),
                        new JournalHistory(system, merchants),
                        new KafkaReplays(system, kafka, merchants, adapters.byPartner(), inbox),
                        adapters.byPartner(),
                        credentials,
                        new PartnerConsents(partners, schemes, credentials, tokens, system.executionContext()),
                        gates.board(),
                        pollers.board(),
                        Clock.systemUTC(),
                        registry)
                .bind()
                .whenCompleteAsync(
                        (running, failure) -> {
                            if (failure == null) {
                                serve(running, directory);
                            } else {
                                system.log().error("the HTTP port cannot be opened: {}", failure.getMessage());
                                system.terminate();
                            }
                        },
                        system.executionContext());
    }

    private void serve(HttpApi.Running http, KafkaDirectory directory) {
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "stop-http", () -> {
            ServingCheck.serving(system.classicSystem(), () -> false);
            return http.stop().thenApply(stopped -> Done.getInstance());
        });
        ServingCheck.serving(system.classicSystem(), directory::isComplete);
        system.log()
                .info(
                        "serving at http://{}:{}",
                        http.address().getHostString(),
                        http.address().getPort());
    }

    private void closeLast(List<SendProducer<String, byte[]>> producers, PartnerClient client) {
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-clients", () -> {
                    client.close();
                    CompletableFuture<?>[] closed = producers.stream()
                            .map(each -> each.close().toCompletableFuture())
                            .toArray(CompletableFuture<?>[]::new);
                    return CompletableFuture.allOf(closed).thenApply(done -> {
                        kafka.close();
                        return Done.getInstance();
                    });
                });
    }
}
