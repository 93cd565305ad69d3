package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Outbound.Unreachable;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Expiry;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.deploy.local.LocalServices;
import dev.tournant.deploy.plugins.Plugins;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.square.SquareSettings;
import dev.tournant.deploy.standins.square.SquareStandin;
import dev.tournant.deploy.standins.square.TokenRules;
import dev.tournant.deploy.standins.toast.Faults;
import dev.tournant.deploy.standins.toast.ToastSettings;
import dev.tournant.deploy.standins.toast.ToastStandin;
import dev.tournant.messages.Consents;
import dev.tournant.messages.Problem;
import dev.tournant.messages.TokenStore;
import dev.tournant.model.PartnerName;
import dev.tournant.persistence.Schema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TokensOverNodesTest {
    private static final AuthScheme SQUARE = Objects.requireNonNull(
                    Plugins.load(null, "production").found().get(new PartnerName("square")))
            .adapter()
            .authentication();

    private static final AuthScheme TOAST = new ClientCredentials(
            new TokenCall(
                    "/authentication/v1/authentication/login",
                    TokenCall.Format.JSON,
                    Map.of(
                            "clientId", new Value.Secret("client-id"),
                            "clientSecret", new Value.Secret("client-secret"),
                            "userAccessType", new Value.Text("TOAST_MACHINE_CLIENT")),
                    Map.of()),
            TokenFields.of(
                    "token.accessToken", null, new Expiry(FieldPath.of("token.expiresIn"), null, Duration.ofHours(12))),
            new Renewal(Duration.ofMinutes(1), null),
            PrefixedHeader.bearer());

    private static final Request LOCATIONS = new Request("GET", "/v2/locations", Map.of(), null, true);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<AutoCloseable> opened = new ArrayList<>();
    /** The store outlives a test. */
    private final String credentials = "main-" + UUID.randomUUID();

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeAll
    static void schema() {
        Schema.apply(LocalServices.cassandra(), "datacenter1", TokenNode.KEYSPACE, 1);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        root().detachAppender(said);
        root().setLevel(Level.WARN);
    }

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private SquareStandin square() {
        SquareStandin square =
                SquareStandin.start(SquareSettings.defaults().withSellers(1).withItems(5));
        opened.add(square);
        return square;
    }

    private TokenNode node(SquareStandin square, String... settings) {
        Keyring keys = Keyring.of(
                "client-id", square.application().id(),
                "client-secret", square.application().secret());
        return opened(new TokenNode("square", SQUARE, square.url(), TokenNode.KEY, credentials, keys, settings));
    }

    private TokenNode node(ToastStandin toast, String... settings) {
        ToastStandin.Client client = toast.clients().get(0);
        Keyring keys = Keyring.of("client-id", client.clientId(), "client-secret", client.clientSecret());
        return opened(new TokenNode("toast", TOAST, toast.url(), TokenNode.KEY, credentials, keys, settings));
    }

    private TokenNode opened(TokenNode node) {
        opened.add(node);
        return node;
    }

    private static String code(SquareStandin square) {
        return square.code(square.accounts().get(0).merchantId());
    }

    private static int asked(URI standin, String endpoint) throws Exception {
        String stats = HTTP.send(
                        HttpRequest.newBuilder(standin.resolve("/control/stats"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher count =
                Pattern.compile('"' + Pattern.quote(endpoint) + "\":(\\d+)").matcher(stats);
        return count.find() ? Integer.parseInt(count.group(1)) : 0;
    }

    private static void awaitUntil(Instant at) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(30))
                .until(() -> !Instant.now().isBefore(at));
    }

    @Test
    void twoHundredRequestsAroundTheExpiryUseOneRefreshToken() throws Exception {
        SquareStandin square = square();
        TokenNode one = node(square);
        TokenNode two = node(square);
        square.setTokenRules(new TokenRules(3_000, true, 0));
        one.bring(code(square));
        square.setTokenRules(TokenRules.DEFAULTS);
        Instant expires = Instant.now().plusMillis(3_000);
        assertThat(two.status(LOCATIONS)).isEqualTo(200);

        awaitUntil(expires.minusMillis(100));
        List<CompletableFuture<Answer>> before = hundred(one, two);
        awaitUntil(expires);
        List<CompletableFuture<Answer>> after = hundred(two, one);

        assertThat(Stream.concat(before.stream(), after.stream())
                        .map(each -> each.orTimeout(60, TimeUnit.SECONDS).join().status()))
                .hasSize(200)
                .containsOnly(200);
        assertThat(asked(square.url(), "POST /oauth2/token"))
                .as("one code, one refresh")
                .isEqualTo(2);
        assertThat(one.renewals("refused") + two.renewals("refused")).isZero();
        assertThat(one.renewals("granted") + two.renewals("granted")).isEqualTo(2);
    }

    /** Several nodes, over many short lives: whoever is first renews, and no refresh token is used twice. */
    @Test
    void noRefreshTokenIsBurntOverManyLives() throws Exception {
        SquareStandin square = square();
        List<TokenNode> nodes = List.of(node(square), node(square), node(square));
        square.setTokenRules(new TokenRules(2_500, true, 0));
        nodes.get(0).bring(code(square));

        Instant end = Instant.now().plusSeconds(12);
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        while (Instant.now().isBefore(end)) {
            nodes.stream()
                    .flatMap(node -> Stream.of(node.send(LOCATIONS), node.send(LOCATIONS)))
                    .toList()
                    .forEach(each -> statuses.add(
                            each.orTimeout(60, TimeUnit.SECONDS).join().status()));
        }

        double granted =
                nodes.stream().mapToDouble(node -> node.renewals("granted")).sum();
        assertThat(statuses).containsExactly(200);
        assertThat(granted).isGreaterThan(2).isEqualTo(asked(square.url(), "POST /oauth2/token"));
    }

    private static List<CompletableFuture<Answer>> hundred(TokenNode one, TokenNode two) {
        return Stream.generate(() -> Stream.of(one.send(LOCATIONS), two.send(LOCATIONS)))
                .limit(50)
                .flatMap(each -> each)
                .toList();
    }

    @Test
    void aHolderThatDiedIsSucceededWhenItsLeaseRunsOut() throws Exception {
        SquareStandin square = square();
        TokenNode dying = node(square);
        TokenNode other = node(square);
        square.setTokenRules(new TokenRules(1_000, true, 0));
        dying.bring(code(square));
        square.setTokenRules(TokenRules.DEFAULTS);
        Instant expires = Instant.now().plusMillis(1_000);
        String name = "square/" + credentials;
        TokenStore.Lease lease = dying.store
                .read(name)
                .thenCompose(seen -> dying.store.lease(name, seen, Duration.ofSeconds(2), List.of(Instant.now())))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .orElseThrow();
        dying.close();
        opened.remove(dying);
        awaitUntil(expires);

        assertThat(other.status(LOCATIONS)).isEqualTo(200);
        assertThat(asked(square.url(), "POST /oauth2/token")).isEqualTo(2);
        assertThat(other.store.put(lease, "late").toCompletableFuture().get(30, TimeUnit.SECONDS))
                .as("the dead one's fence")
                .isFalse();
    }

    @Test
    void aRevokedTokenIsRenewedOnceAndThenSomebodyMustAuthorise() throws Exception {
        SquareStandin square = square();
        TokenNode node = node(square, "tokens.distrust-age-min = 1 ms");
        node.bring(code(square));
        assertThat(node.status(LOCATIONS)).isEqualTo(200);

        square.revoke(square.accounts().get(0).merchantId());
        awaitUntil(Instant.now().plusMillis(1_200));
        for (int i = 0; i < 20; i++) {
            assertThat(node.status(LOCATIONS)).isEqualTo(401);
        }
        assertThat(asked(square.url(), "POST /oauth2/token")).isEqualTo(2);
        assertThat(node.renewals("refused")).isEqualTo(1);

        node.bring(code(square));
        assertThat(node.status(LOCATIONS)).isEqualTo(200);
    }

    @Test
    void tellsWhereAMerchantConsents() {
        SquareStandin square = square();
        TokenNode node = node(square);
        PartnerName partner = new PartnerName("square");
        URI page = node.consents.page(partner, credentials, "https://us.example/back", "s1");

        assertThat(page.toString())
                .startsWith(square.url() + "/oauth2/authorize?client_id="
                        + square.application().id() + "&")
                .contains("redirect_uri=https%3A%2F%2Fus.example%2Fback", "session=false", "state=s1")
                .doesNotContain(square.application().secret());
        assertThatThrownBy(() -> node.consents.page(partner, "lost", "x", "s")).isInstanceOf(Consents.Refused.class);
        assertThatThrownBy(() -> node.consents.page(new PartnerName("toast"), credentials, "x", "s"))
                .isInstanceOf(Consents.Refused.class);
    }

    @Test
    void withoutAKeyACodeIsRefusedBeforeItIsSpent() {
        SquareStandin square = square();
        Keyring keys = Keyring.of(
                "client-id", square.application().id(),
                "client-secret", square.application().secret());
        TokenNode node = opened(new TokenNode("square", SQUARE, square.url(), "", credentials, keys));
        assertThatThrownBy(() -> node.bring(code(square)))
                .isInstanceOf(Consents.Refused.class)
                .extracting(no -> ((Consents.Refused) no).problem())
                .isEqualTo(Problem.TOKENS_NOT_KEPT);
    }

    @Test
    void withoutATokenRequestsSayWhoMustDoWhat() {
        TokenNode node = node(square());
        assertThatThrownBy(() -> node.status(LOCATIONS))
                .hasCauseInstanceOf(Unreachable.class)
                .hasMessageContaining(
                        "credentials \"" + credentials + "\": no token of square: there is none yet; somebody"
                                + " must authorise us: POST /v1/credentials/" + credentials + "/code");
    }

    @Test
    void theQuotaOfThePartnerIsWaitedFor() throws Exception {
        SquareStandin square = square();
        TokenNode node = node(square);
        square.setTokenRules(new TokenRules(1_000, true, 0));
        node.bring(code(square));
        square.setTokenRules(new TokenRules(TokenRules.DEFAULTS.lifeMs(), true, 1));
        awaitUntil(Instant.now().plusMillis(1_100));
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> node.status(LOCATIONS)).hasMessageContaining("the partner gave none: HTTP 429");
        }
        assertThat(asked(square.url(), "POST /oauth2/token")).isEqualTo(2);
    }

    @Test
    void nodesLogInToToastOnce() throws Exception {
        ToastStandin toast = ToastStandin.start(ToastSettings.defaults());
        opened.add(toast);
        TokenNode one =
                node(toast, "tokens.per-hour-max = 2", "tokens.distrust-age-min = 1 ms", "tokens.recheck = 10 ms");
        TokenNode two =
                node(toast, "tokens.per-hour-max = 2", "tokens.distrust-age-min = 1 ms", "tokens.recheck = 10 ms");
        Request metadata = new Request(
                "GET",
                "/menus/v2/metadata",
                Map.of("Toast-Restaurant-External-ID", toast.restaurants().get(0)),
                null,
                true);

        List<CompletableFuture<Answer>> all =
                Stream.of(one, two, one, two).map(node -> node.send(metadata)).toList();
        assertThat(all)
                .allMatch(each -> each.orTimeout(60, TimeUnit.SECONDS).join().status() == 200);
        String login = "POST /authentication/v1/authentication/login";
        assertThat(asked(toast.url(), login)).isEqualTo(1);

        // From now on every token is refused: one more login is all that an hour has.
        toast.setFaults(Faults.NONE.with(Json.object().put("unauthorizedRatio", 1)));
        awaitUntil(Instant.now().plusMillis(1_100));
        for (int i = 0; i < 20; i++) {
            assertThat(one.status(metadata)).isIn(401, 429);
            assertThat(two.status(metadata)).isIn(401, 429);
        }
        assertThat(asked(toast.url(), login)).isEqualTo(2);
    }

    @Test
    void saysNoSecretInAnyLog() throws Exception {
        said.start();
        root().addAppender(said);
        root().setLevel(Level.DEBUG);
        SquareStandin square = square();
        TokenNode node = node(square);
        square.setTokenRules(new TokenRules(1_000, true, 0));
        String code = code(square);
        node.bring(code);
        Instant expires = Instant.now().plusMillis(1_000);
        String first = stored(node);
        awaitUntil(expires);
        assertThat(node.status(LOCATIONS)).isEqualTo(200);
        String second = stored(node);
        assertThatThrownBy(() -> node.bring(code)).hasMessageContaining("401");
        node.close();
        opened.remove(node);

        List<String> secrets =
                new ArrayList<>(List.of(code, square.application().secret(), TokenNode.KEY));
        for (String text : List.of(first, second)) {
            Matcher values =
                    Pattern.compile("\"(?:access|refresh)\":\"([^\"]+)\"").matcher(text);
            while (values.find()) {
                secrets.add(values.group(1));
            }
        }
        assertThat(secrets).hasSize(7).doesNotHaveDuplicates();
        List<ILoggingEvent> all = List.copyOf(said.list);
        assertThat(all).hasSizeGreaterThan(50);
        for (ILoggingEvent each : all) {
            String text = each.getFormattedMessage()
                    + (each.getThrowableProxy() == null
                            ? ""
                            : each.getThrowableProxy().getMessage());
            secrets.forEach(secret -> assertThat(text).as(each.getLoggerName()).doesNotContain(secret));
        }
    }

    private String stored(TokenNode node) throws Exception {
        return String.valueOf(node.store
                .read("square/" + credentials)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .token());
    }
}
