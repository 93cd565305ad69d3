package dev.tournant.deploy.node;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Credentials;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.http.client.AuthorisedClient;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.client.PartnerClient;
import dev.tournant.http.client.PartnerConsents;
import dev.tournant.http.client.token.Tokens;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a node has to call partners, with an actor system of its own and the tokens in a real Cassandra. */
final class TokenNode implements AutoCloseable {
    static final String KEYSPACE = "tokens_over_nodes";
    /** Of 32 bytes. */
    static final String KEY = "Y2FuYXJ5LXNlYWwta2V5LWNhbmFyeS1zZWFsLWtleSE=";

    final OpenGates gates = new OpenGates();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final PartnerConsents consents;
    final TokenStore store;
    private final ActorSystem<Void> system;
    private final PartnerClient client;
    private final AuthorisedClient authorised;
    private final Link link;

    TokenNode(
            String partner,
            AuthScheme scheme,
            URI url,
            String key,
            String credentials,
            Keyring keys,
            String... settings) {
        Config config = config(partner, url, key, settings);
        PartnerName name = new PartnerName(partner);
        Map<PartnerName, AuthScheme> schemes = Map.of(name, scheme);
        Credentials all = asked -> asked.equals(credentials) ? Optional.of(keys) : Optional.empty();
        ClientConfig partners = ClientConfig.read(config);
        this.link = new Link(new LinkId("link-1"), name, "account", null, credentials);
        this.system = ActorSystem.create(Behaviors.empty(), "tokens", config);
        this.client = PartnerClient.create(system, partners, gates, registry);
        this.store = TokenStores.open(system, schemes);
        Tokens tokens = Tokens.create(system, partners.tokens(), store, client::send, registry);
        this.authorised =
                new AuthorisedClient(client, schemes, all, tokens, Clock.systemUTC(), system.executionContext());
        this.consents = new PartnerConsents(partners, schemes, all, tokens, system.executionContext());
    }

    private static Config config(String partner, URI url, String key, String... settings) {
        return ConfigFactory.load(ConfigFactory.parseString(String.join("\n", settings))
                .atPath("tournant.client.partners." + partner)
                .withFallback(ConfigFactory.parseString(
                        """
                        tournant.client.partners.%s {
                          base-url = "%s", timeout = 15 s, gate-wait-max = 2 s, connections-max = 32, queue-max = 512
                          tokens { lease = 20 s, apart-min = 1 s, wait-max = 20 s }
                        }
                        tournant.cassandra { contact-points = ["%s"], keyspace = "%s" }
                        tournant.tokens.key = "%s"
                        akka { loglevel = DEBUG, loggers = ["akka.event.slf4j.Slf4jLogger"]
                          logging-filter = "akka.event.slf4j.Slf4jLoggingFilter", jvm-shutdown-hooks = off
                          coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off } }
                        """.formatted(partner, url, LocalServices.cassandra(), KEYSPACE, key)))
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .withFallback(ConfigFactory.parseResources("tournant-persistence.conf")));
    }

    CompletableFuture<Answer> send(Request request) {
        return authorised.send(link, request, Lane.MENU).toCompletableFuture();
    }

    int status(Request request) {
        return send(request).orTimeout(60, TimeUnit.SECONDS).join().status();
    }

    /** The merchant has consented, and its browser brought this. */
    void bring(String code) {
        consents.exchange(link.partner(), link.credentials(), code, "https://us.example/back")
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    double renewals(String outcome) {
        return registry.counter(
                        "tournant.client.token.renewals",
                        List.of(
                                io.micrometer.core.instrument.Tag.of(
                                        "partner", link.partner().value()),
                                io.micrometer.core.instrument.Tag.of("outcome", outcome)))
                .count();
    }

    @Override
    public void close() {
        client.close();
        system.terminate();
        system.getWhenTerminated()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }
}
