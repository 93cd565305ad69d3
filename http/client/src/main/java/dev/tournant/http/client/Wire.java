package dev.tournant.http.client;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.Http;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Host;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.TLSClosing;
import akka.stream.TLSProtocol.SslTlsInbound;
import akka.stream.TLSProtocol.SslTlsOutbound;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.TLS;
import akka.stream.javadsl.TLSPlacebo;
import akka.util.ByteString;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How connections to one partner are made: the only place of the project where one to a partner is opened. HTTP/1.1, over
 * TLS if the base URL says https; certificates and host names are verified as the JDK does.
 *
 * <p>Akka's own outgoing connection takes a request before it is connected and holds it until it is; a request could so
 * leave long after its pass was over. This one tells when bytes leave at once: TLS has been agreed on by then too.
 */
final class Wire {
    private final ActorSystem<?> system;
    private final String host;
    private final int port;
    private final boolean secure;
    private final ClientConnectionSettings settings;
    private final SSLContext trust;

    Wire(ActorSystem<?> system, PartnerConfig partner, ClientConnectionSettings settings, SSLContext trust) {
        this.system = system;
        this.host = partner.baseUrl().getHost();
        this.port = partner.port();
        this.secure = partner.isSecure();
        this.settings = settings;
        this.trust = trust;
    }

    /** One connection, for one materialization; {@code ready} completes once what is sent leaves at once. */
    Flow<HttpRequest, HttpResponse, ?> connection(CompletableFuture<Done> ready) {
        Flow<SslTlsOutbound, SslTlsInbound, ?> bytes = secure ? secured(ready) : plain(ready);
        return Http.get(system).clientLayer(Host.create(host, port), settings).join(bytes);
    }

    private Flow<SslTlsOutbound, SslTlsInbound, ?> plain(CompletableFuture<Done> ready) {
        Flow<ByteString, ByteString, ?> tcp = tcp().mapMaterializedValue(
                        connected -> connected.thenAccept(connection -> ready.complete(Done.getInstance())));
        return Flow.upcast(TLSPlacebo.getInstance().join(tcp));
    }

    private Flow<SslTlsOutbound, SslTlsInbound, ?> secured(CompletableFuture<Done> ready) {
        return TLS.create(this::engine, session -> ready.complete(Done.getInstance()), TLSClosing.eagerClose())
                .join(tcp());
    }

    private Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> tcp() {
        return ClientTransport.TCP().connectTo(bare(host), port, settings, Adapter.toClassic(system));
    }

    private SSLEngine engine() {
        SSLEngine engine = trust.createSSLEngine(bare(host), port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Of an IPv6 address, without its brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
