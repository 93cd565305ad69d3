package dev.tournant.http.client.token;

import static dev.tournant.http.client.token.TokenWorld.BACK;
import static dev.tournant.http.client.token.TokenWorld.BY_CODE;
import static dev.tournant.http.client.token.TokenWorld.KEYS;
import static dev.tournant.http.client.token.TokenWorld.NAME;
import static dev.tournant.http.client.token.TokenWorld.OWN;
import static dev.tournant.http.client.token.TokenWorld.access;
import static dev.tournant.http.client.token.TokenWorld.failure;
import static dev.tournant.http.client.token.TokenWorld.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Keyring;
import dev.tournant.messages.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TokensTest {
    private final TokenWorld world = new TokenWorld();

    private static CompletionStage<Held> own(Tokens node) {
        return node.current(NAME, OWN, KEYS);
    }

    private static CompletionStage<Held> byCode(Tokens node) {
        return node.current(NAME, BY_CODE, KEYS);
    }

    @Test
    void obtainsATokenOnceAndKeepsIt() {
        Tokens node = world.node();
        assertThat(access(own(node))).isEqualTo("access-1");
        assertThat(access(own(node))).isEqualTo("access-1");
        assertThat(world.partner.grants).containsExactly("client_credentials");
        assertThat(world.count("granted")).isEqualTo(1);
    }

    @Test
    void aHundredCallersWaitForOneRequest() {
        Tokens node = world.node();
        world.partner.hold();
        List<CompletableFuture<Held>> all = Stream.generate(() -> own(node).toCompletableFuture())
                .limit(100)
                .toList();
        assertThat(all).noneMatch(CompletableFuture::isDone);
        world.partner.letGo();
        assertThat(all).allMatch(each -> access(each).equals("access-1"));
        assertThat(world.partner.grants).hasSize(1);
    }

    @Test
    void whatAGateRefusesIsAskedForWhenItHasRoom() {
        Tokens node = world.node();
        world.partner.refuseNext(Duration.ofMinutes(3));
        assertThat(failure(own(node)))
                .hasMessage("the partner gave none: the limit of square is used up; the next attempt is not before"
                        + " 2026-11-22T10:03:00Z");
        world.time.pass(Duration.ofMinutes(3));
        assertThat(access(own(node))).isEqualTo("access-1");
    }

    @Test
    void aDueTokenIsUsedWhileItIsRenewed() {
        Tokens node = world.authorised();
        world.time.pass(Duration.ofMinutes(51));
        world.partner.hold();
        assertThat(access(byCode(node))).isEqualTo("access-1");
        assertThat(access(byCode(node))).isEqualTo("access-1");
        world.partner.letGo();
        assertThat(access(byCode(node))).isEqualTo("access-2");
        assertThat(world.partner.grants).containsExactly("authorization_code", "refresh_token");
    }

    @Test
    void anExpiredTokenIsWaitedForWithinALimit() {
        Tokens node = world.authorised();
        world.time.pass(Duration.ofHours(2));
        world.partner.hold();
        CompletionStage<Held> waiting = byCode(node);
        world.time.pass(Duration.ofSeconds(9));
        assertThat(failure(waiting)).hasMessage("it was not renewed within PT8S");
        // The renewal went on without it.
        world.partner.letGo();
        assertThat(access(byCode(node))).isEqualTo("access-2");
    }

    @Test
    void nodesShareATokenAndUseARefreshTokenOnce() {
        Tokens one = world.authorised();
        Tokens two = world.node();
        Tokens three = world.node();
        assertThat(access(byCode(two))).isEqualTo("access-1");
        world.time.pass(Duration.ofHours(1));

        world.partner.hold();
        List<CompletionStage<Held>> all =
                Stream.of(one, two, three, two, one).map(TokensTest::byCode).toList();
        world.time.pass(Duration.ofSeconds(2));
        world.partner.letGo();
        world.time.pass(Duration.ofSeconds(2));

        assertThat(all).allMatch(each -> access(each).equals("access-2"));
        assertThat(world.partner.grants).containsExactly("authorization_code", "refresh_token");
    }

    @Test
    void aHolderThatDiedHoldsOthersUpUntilItsLeaseRunsOut() {
        world.authorised();
        Tokens node = world.node();
        world.time.pass(Duration.ofHours(1));
        now(world.store.lease(
                NAME.key(), now(world.store.read(NAME.key())), Duration.ofSeconds(30), List.of(world.time.now())));
        world.time.pass(Duration.ofSeconds(11));

        CompletionStage<Held> waiting = byCode(node);
        assertThat(world.partner.grants).hasSize(1);
        assertThat(failure(waitedOut(waiting))).hasMessageStartingWith("it was not renewed within");
        world.time.pass(Duration.ofSeconds(15));
        assertThat(access(byCode(node))).isEqualTo("access-2");
    }

    private CompletionStage<Held> waitedOut(CompletionStage<Held> waiting) {
        world.time.pass(Duration.ofSeconds(8));
        return waiting;
    }

    @Test
    void withoutACodeSomebodyMustAuthorise() {
        assertThat(failure(byCode(world.node())))
                .hasMessage("there is none yet; somebody must authorise us: POST /v1/credentials/main/code");
        assertThat(world.partner.grants).isEmpty();
    }

    @Test
    void aPartnerThatSaysLaterIsLeftAloneByAllNodes() {
        Tokens one = world.node();
        Tokens two = world.node();
        world.partner.answerNext(429, "{\"message\": \"quota\", \"type\": \"too_many_requests\"}", "120");
        assertThat(failure(own(one)))
                .hasMessageStartingWith(
                        "the partner gave none: HTTP 429; the next attempt is not" + " before 2026-11-22T10:02:00Z");
        assertThat(failure(own(two))).hasMessageStartingWith("the partner gave none: HTTP 429");
        world.time.pass(Duration.ofSeconds(119));
        assertThat(failure(own(one)).until()).isEqualTo(Instant.parse("2026-11-22T10:02:00Z"));
        assertThat(world.partner.grants).hasSize(1);
        world.time.pass(Duration.ofSeconds(6));
        assertThat(access(own(two))).isEqualTo("access-1");
        assertThat(access(own(one))).isEqualTo("access-1");
        assertThat(world.count("later")).isEqualTo(1);
    }

    @Test
    void aDueTokenIsUsedAsLongAsItIsGoodWhenThePartnerGivesNone() {
        Tokens node = world.authorised();
        world.time.pass(Duration.ofMinutes(51));
        for (int i = 0; i < 540; i++) {
            if (i < 100) {
                world.partner.answerNext(503, "", null);
            }
            assertThat(access(byCode(node))).startsWith("access-");
            world.time.pass(Duration.ofSeconds(1));
        }
        assertThat(world.partner.grants).hasSizeBetween(3, 10);
        world.time.pass(Duration.ofMinutes(1));
        assertThat(failure(byCode(node))).hasMessageContaining("HTTP 503");
    }

    @Test
    void aRefusalIsRememberedByAllNodesForAWhile() {
        Tokens one = world.authorised();
        Tokens two = world.node();
        world.time.pass(Duration.ofHours(2));
        world.partner.answerNext(400, "{\"error\": \"invalid_grant\"}", null);
        for (Tokens node : List.of(one, two, one)) {
            assertThat(failure(byCode(node)))
                    .hasMessageStartingWith("the partner has refused: HTTP 400 invalid_grant; somebody must authorise"
                            + " us: POST /v1/credentials/main/code");
        }
        assertThat(world.partner.grants).hasSize(2);
        assertThat(world.count("refused")).isEqualTo(1);

        // A new consent ends it at once, for the others as soon as they look again.
        now(two.exchange(NAME, BY_CODE, KEYS, "code", BACK));
        assertThat(access(byCode(two))).isEqualTo("access-2");
        world.time.pass(Duration.ofSeconds(5));
        assertThat(access(byCode(one))).isEqualTo("access-2");
    }

    @Test
    void anUnreachablePartnerIsAskedAgainLaterAndLater() {
        Tokens node = world.node();
        for (int i = 0; i < 50; i++) {
            world.partner.dropNext();
        }
        for (int i = 0; i < 600; i++) {
            assertThat(failure(own(node))).hasMessageContaining("reset");
            world.time.pass(Duration.ofSeconds(1));
        }
        assertThat(world.partner.grants).hasSizeBetween(5, 7);
        assertThat(world.count("unreachable")).isEqualTo(world.partner.grants.size());
    }

    @Test
    void aTokenThatThePartnerNoLongerTakesIsReplaced() {
        Tokens node = world.authorised();
        Held first = now(byCode(node));
        assertThat(now(node.insteadOf(first, NAME, BY_CODE, KEYS)))
                .as("too young")
                .isEmpty();

        world.time.pass(Duration.ofMinutes(6));
        Held second = now(node.insteadOf(first, NAME, BY_CODE, KEYS)).orElseThrow();
        assertThat(second.token().access()).isEqualTo("access-2");
        assertThat(now(node.insteadOf(first, NAME, BY_CODE, KEYS))).contains(second);
        assertThat(access(byCode(node))).isEqualTo("access-2");
    }

    @Test
    void aTokenThatExpiredOnItsWayIsReplacedHoweverYoung() {
        world.partner.life = Duration.ofSeconds(30);
        Tokens node = world.authorised();
        Held first = now(byCode(node));
        world.time.pass(Duration.ofSeconds(30));
        assertThat(now(node.insteadOf(first, NAME, BY_CODE, KEYS)).orElseThrow().generation())
                .isEqualTo(2);
    }

    @Test
    void aPartnerThatAlwaysSays401IsNotAskedForTokensAllTheTime() {
        Tokens node = world.node("per-hour-max = 2");
        for (int i = 0; i < 3_600; i++) {
            if (own(node).toCompletableFuture().isDone()) {
                CompletionStage<Optional<Held>> unused = node.insteadOf(now(own(node)), NAME, OWN, KEYS);
            }
            world.time.pass(Duration.ofSeconds(1));
        }
        assertThat(world.partner.grants).hasSize(2);
    }

    @Test
    void anotherNodesTokenIsFoundAfterA401() {
        Tokens one = world.authorised();
        Tokens two = world.node();
        Held first = now(byCode(two));
        world.time.pass(Duration.ofMinutes(6));
        now(one.insteadOf(now(byCode(one)), NAME, BY_CODE, KEYS));

        assertThat(now(two.insteadOf(first, NAME, BY_CODE, KEYS))
                        .orElseThrow()
                        .token()
                        .access())
                .isEqualTo("access-2");
        assertThat(world.partner.grants).hasSize(2);
    }

    @Test
    void aCodeThatIsRefusedChangesNothing() {
        Tokens node = world.authorised();
        NoToken no = failure(node.exchange(NAME, BY_CODE, KEYS, "canary-code", BACK));
        assertThat(no.isRefused()).isTrue();
        assertThat(no).hasMessage("HTTP 400 invalid_grant");
        assertThat(access(byCode(node))).isEqualTo("access-1");
    }

    @Test
    void aMissingSecretIsNamed() {
        assertThat(failure(world.node().current(NAME, OWN, Keyring.of("client-id", "id"))))
                .hasMessage("client-secret: is not configured");
        assertThat(failure(world.node().exchange(NAME, BY_CODE, Keyring.of("client-id", "id"), "canary", BACK)))
                .hasMessage("client-secret: is not configured");
    }

    @Test
    void aTokenIsUsedOnlyAfterItIsStored() {
        Flaky store = new Flaky();
        Tokens node = world.node(store);
        CompletionStage<Held> waiting = own(node);
        assertThat(waiting.toCompletableFuture()).isNotDone();
        assertThat(world.partner.grants).hasSize(1);

        world.time.pass(Duration.ofSeconds(4));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        store.works = true;
        world.time.pass(Duration.ofSeconds(2));
        assertThat(access(waiting)).isEqualTo("access-1");
        assertThat(access(own(world.node()))).isEqualTo("access-1");
        assertThat(world.partner.grants).hasSize(1);
    }

    @Test
    void aTokenThatCannotBeStoredIsGivenUpAfterAWhile() {
        Tokens node = world.node(new Flaky(), "storing-max = 5 s");
        CompletionStage<Held> waiting = own(node);
        world.time.pass(Duration.ofSeconds(7));
        assertThat(failure(waiting)).hasMessage("the new token cannot be stored");
        assertThat(world.count("lost")).isEqualTo(1);
    }

    @Test
    void aStoreThatFailsIsNoReasonToAskThePartner() {
        TokenStore broken = new Flaky() {
            @Override
            public CompletionStage<Entry> read(String name) {
                return CompletableFuture.failedFuture(new IllegalStateException("canary"));
            }
        };
        assertThat(failure(own(world.node(broken)))).hasMessage("it failed with IllegalStateException");
        assertThat(world.partner.grants).isEmpty();
    }

    @Test
    void aNodeThatWasPausedAfterItTookTheLeaseDoesNotAsk() {
        Flaky slow = new Flaky() {
            @Override
            public CompletionStage<Optional<Lease>> lease(
                    String name, Entry seen, Duration life, List<Instant> askedAt) {
                CompletionStage<Optional<Lease>> lease = super.lease(name, seen, life, askedAt);
                world.time.pass(Duration.ofSeconds(25));
                return lease;
            }
        };
        CompletionStage<Held> waiting = own(world.node(slow));
        assertThat(waiting.toCompletableFuture()).isNotDone();
        assertThat(world.partner.grants).isEmpty();
    }

    @Test
    void tellsHowLongTheTokenIsGood() {
        Tokens node = world.node();
        now(own(node));
        world.time.pass(Duration.ofMinutes(1));
        assertThat(world.registry
                        .get(TokenMetrics.EXPIRES_IN)
                        .tag("partner", "square")
                        .tag("credentials", "main")
                        .gauge()
                        .value())
                .isEqualTo(3_540);
    }

    @Test
    void showsNoTokenInAnyText() {
        Tokens node = world.authorised();
        Held held = now(byCode(node));
        assertThat(held.toString() + now(world.store.read(NAME.key())))
                .doesNotContain("access-1")
                .doesNotContain("refresh-1");
        assertThat(TokenForm.read(now(world.store.read(NAME.key())))).isEqualTo(held);
    }

    /** The world's store, behind which nothing can be stored until it works. */
    private class Flaky extends OtherStore {
        boolean works;

        Flaky() {
            super(world.store);
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public CompletionStage<Boolean> put(Lease lease, String token) {
            return works
                    ? super.put(lease, token)
                    : CompletableFuture.failedFuture(new IllegalStateException("canary"));
        }
    }
}
