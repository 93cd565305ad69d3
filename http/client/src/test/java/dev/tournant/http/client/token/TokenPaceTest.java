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

import dev.tournant.messages.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What counts as a request for a token, and that no more than allowed go out in any hour. */
class TokenPaceTest {
    private final TokenWorld world = new TokenWorld();

    private static CompletionStage<Held> own(Tokens node) {
        return node.current(NAME, OWN, KEYS);
    }

    @Example
    void whatAGateRefusesIsNoRequestOfTheHour() {
        Tokens node = world.node("per-hour-max = 2", "apart-min = 1 s", "recheck = 1 s");
        for (int i = 0; i < 5; i++) {
            world.partner.refuseNext(Duration.ofSeconds(10));
            failure(own(node));
            world.time.pass(Duration.ofSeconds(10));
        }
        assertThat(now(world.store.read(NAME.key())).askedAt()).isEmpty();
        assertThat(access(own(node))).isEqualTo("access-1");
        assertThat(now(world.store.read(NAME.key())).askedAt()).hasSize(1);
    }

    @Example
    void aGateThatDoesNotSayWhenIsAskedAgainAfterTheShortestTime() {
        Tokens node = world.node("per-hour-max = 2", "apart-min = 10 s", "recheck = 1 s");
        world.partner.refuseNext(Duration.ZERO);
        assertThat(failure(own(node))).hasMessageEndingWith("not before 2026-11-22T10:00:10Z");
    }

    @Example
    void aCodeThatAGateRefusesIsNoRequestOfTheHour() {
        Tokens node = world.node("per-hour-max = 1");
        world.partner.refuseNext(Duration.ofSeconds(10));
        failure(node.exchange(NAME, BY_CODE, KEYS, "code", BACK));
        assertThat(now(world.store.read(NAME.key())).askedAt()).isEmpty();
    }

    /** Whatever gates refuse and partners do, and however nodes come in between one another. */
    @Property(tries = 300)
    void thePartnerIsNeverAskedMoreOftenThanAllowed(@ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> events) {
        List<Tokens> nodes = List.of(
                world.node("per-hour-max = 2", "apart-min = 1 s", "recheck = 1 s", "distrust-age-min = 1 s"),
                world.node("per-hour-max = 2", "apart-min = 1 s", "recheck = 1 s", "distrust-age-min = 1 s"));
        world.partner.life = Duration.ofMinutes(15);
        List<Instant> sent = new ArrayList<>();
        for (int event : events) {
            int before = world.partner.grants.size();
            switch (event) {
                case 0 -> world.partner.refuseNext(Duration.ofSeconds(5));
                case 1 -> world.partner.answerNext(503, "", null);
                case 2 -> world.partner.dropNext();
                default -> world.time.pass(Duration.ofMinutes(event == 3 ? 1 : 10));
            }
            nodes.forEach(node -> node.current(NAME, OWN, KEYS));
            for (int i = before; i < world.partner.grants.size(); i++) {
                if (!world.partner.grants.get(i).equals(TokenEndpoint.REFUSED)) {
                    sent.add(world.time.now());
                }
            }
        }
        for (int i = 2; i < sent.size(); i++) {
            assertThat(sent.get(i)).isAfterOrEqualTo(sent.get(i - 2).plus(Duration.ofHours(1)));
        }
    }

    @Example
    void whoHasNotSeenTheLastRequestDoesNotSendOne() {
        Tokens other = world.node("per-hour-max = 1");
        boolean[] late = {true};
        TokenStore slow = new OtherStore(world.store) {
            @Override
            public CompletionStage<Entry> read(String name) {
                CompletionStage<Entry> before = super.read(name);
                if (late[0]) {
                    late[0] = false;
                    world.partner.answerNext(503, "", null);
                    failure(own(other));
                }
                return before;
            }
        };
        CompletionStage<Held> waiting = own(world.node(slow, "per-hour-max = 1"));
        world.time.pass(Duration.ofSeconds(5));
        failure(waiting);
        assertThat(world.partner.grants).hasSize(1);
    }
}
