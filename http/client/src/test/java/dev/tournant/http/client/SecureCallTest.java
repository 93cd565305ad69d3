package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partner with TLS, whose certificate is for 127.0.0.1 and known to the client that is told of it. */
@Timeout(60)
class SecureCallTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Request GET = new Request("GET", "/x", Map.of(), null, true);
    private static ActorTestKit kit;
    private static SSLContext known;

    private final GatesInMemory gates = new GatesInMemory();

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        kit = ActorTestKit.create("secure", ConfigFactory.load());
        known = context(folder.resolve("keys.p12"));
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void everyPassHasEnded() {
        gates.allEnded();
    }

    private static SSLContext context(Path keys) throws IOException, GeneralSecurityException, InterruptedException {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "partner",
                        "-dname",
                        "CN=partner",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD),
                        "-keystore",
                        keys.toString()))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("partner", store.getCertificate("partner"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private Partner partner(ServerSocketFactory sockets) throws IOException {
        return new Partner(
                sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")),
                (self, socket, n) -> Partner.say(socket, 200, "{}"));
    }

    private Partner secured() throws IOException {
        return partner(known.getServerSocketFactory());
    }

    private PartnerClient client(String host, int port, @Nullable SSLContext trust) {
        Config config = ConfigFactory.parseString(
                        "base-url = \"https://" + host + ":" + port + "\", timeout = 2 s, attempts-max = 1")
                .atPath("tournant.client.partners.square")
                .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                .resolve();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        return trust == null
                ? PartnerClient.create(kit.system(), ClientConfig.read(config), gates, registry)
                : PartnerClient.create(kit.system(), ClientConfig.read(config), gates, registry, trust);
    }

    private static CompletableFuture<Answer> send(PartnerClient client) {
        Link link = new Link(new LinkId("sq-1"), new PartnerName("square"), "M1", "L1", "main");
        return client.send(link, Keyring.of("client-id", "id"), GET, Lane.MENU).toCompletableFuture();
    }

    @Test
    void speaksTlsAndUsesAConnectionAgain() throws IOException {
        try (Partner partner = secured();
                PartnerClient client = client("127.0.0.1", partner.port(), known)) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(client).join().status()).isEqualTo(200);
            }
            assertThat(partner.connections).hasValue(1);
            assertThat(gates.ends("answered")).isEqualTo(3);
        }
    }

    @Test
    void sendsNothingToWhomeverItDoesNotTrust() throws IOException {
        try (Partner partner = secured();
                PartnerClient client = client("127.0.0.1", partner.port(), null)) {
            assertThatThrownBy(send(client)::join)
                    .hasCauseInstanceOf(Unreachable.class)
                    .hasMessageContaining("no connection could be made");
            assertThat(partner.requests).isEmpty();
            assertThat(gates.ends("unused")).isEqualTo(1);
        }
    }

    @Test
    void sendsNothingToOneWithAnothersCertificate() throws IOException {
        try (Partner partner = secured();
                PartnerClient client = client("localhost", partner.port(), known)) {
            assertThatThrownBy(send(client)::join).hasCauseInstanceOf(Unreachable.class);
            assertThat(partner.requests).isEmpty();
            assertThat(gates.ends("unused")).isEqualTo(1);
        }
    }

    /** It listens, and answers no greeting: the request would have left when its pass was long over. */
    @Test
    void aPassIsUnusedWhileTlsIsNotAgreedOn() throws IOException {
        try (Partner partner = partner(ServerSocketFactory.getDefault());
                PartnerClient client = client("127.0.0.1", partner.port(), known)) {
            assertThatThrownBy(send(client)::join).hasMessageContaining("no answer within 2000 ms");
            assertThat(gates.ends("unused")).isEqualTo(1);
        }
    }
}
