package dev.tournant.cluster.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.Party;
import dev.tournant.adapter.Request;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class PoolNamesTest {
    private static final PartnerName PARTNER = new PartnerName("potluck");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Limit ALL = Limit.rate("all", Scope.APPLICATION, 50, SECOND);
    private static final Limit ADDRESS = Limit.rate("address", Scope.ADDRESS, 20, SECOND);
    private static final Limit TOKEN = Limit.bucket("token", Scope.TOKEN, 40, 2, SECOND);
    private static final Limit ACCOUNT = Limit.rate("account", Scope.ACCOUNT, 10, SECOND);
    private static final Limit LOCK = Limit.concurrent("lock", Scope.ACCOUNT, 1).only("POST", "/v2/catalog");
    private static final Limit MENUS = Limit.rate("menus", Scope.LOCATION, 1, SECOND).only("GET", "/menus");
    private static final Limit LOCATION = Limit.rate("location", Scope.LOCATION, 5, SECOND);
    private static final PoolNames NAMES = new PoolNames(
            Map.of(PARTNER, List.of(ALL, ADDRESS, TOKEN, ACCOUNT, LOCK, LOCATION, MENUS)));

    private static Request request(String method, String path) {
        return new Request(method, path, Map.of(), null, true);
    }

    private static Party party(String application, @Nullable String account, @Nullable String location) {
        return new Party(PARTNER, "main", application, "default", account, location);
    }

    private static List<String> names(Party party, String method, String path) {
        return NAMES.passing(party, request(method, path)).stream()
                .map(PoolNames.Passing::pool)
                .toList();
    }

    @Example
    void passesNarrowPoolsBeforeBroadOnes() {
        assertThat(names(party("app", "M1", "L1"), "GET", "/menus?page=2"))
                .containsExactly(
                        "potluck:menus:app:M1:L1",
                        "potluck:location:app:M1:L1",
                        "potluck:account:app:M1",
                        "potluck:token:app:main",
                        "potluck:address:default",
                        "potluck:all:app");
    }

    @Example
    void aLockHoldsForAllOurApplicationsTogether() {
        assertThat(names(party("one", "M1", "L1"), "POST", "/v2/catalog/object")).contains("potluck:lock:-:M1");
        assertThat(names(party("two", "M1", "L2"), "POST", "/v2/catalog/object")).contains("potluck:lock:-:M1");
    }

    @Example
    void aCallForNoAccountHasPoolsOfItsOwn() {
        assertThat(names(party("app", null, null), "POST", "/token"))
                .contains("potluck:account:app:-main", "potluck:location:app:-main:-");
        assertThat(names(party("app", "-main", "-"), "POST", "/token"))
                .contains("potluck:account:app:%2Dmain", "potluck:location:app:%2Dmain:%2D");
    }

    @Example
    void aPartnerWithoutLimitsPassesNone() {
        Party stranger = new Party(new PartnerName("stranger"), "main", "M1", null);
        assertThat(NAMES.passing(stranger, request("GET", "/"))).isEmpty();
    }

    @Example
    void findsTheLimitBehindAName() {
        assertThat(NAMES.limit("potluck:menus:app:M1:L1")).contains(MENUS);
        assertThat(NAMES.limit("potluck:nothing:app:M1:L1")).isEmpty();
        assertThat(NAMES.limit("pot:menus:app")).isEmpty();
        assertThat(NAMES.limit("")).isEmpty();
    }

    @Property(tries = 500)
    void differentPartiesNeverShareAPoolOfALocation(@ForAll("texts") String one, @ForAll("texts") String two) {
        Set<Party> parties = new HashSet<>();
        parties.add(party("app", one, two));
        parties.add(party("app", two, one));
        parties.add(party("app", one + ":" + two, null));
        parties.add(party("app", one, null));
        parties.add(party("app", null, two));
        Set<String> names = new HashSet<>();
        parties.forEach(each -> names.add(names(each, "GET", "/").get(0)));
        assertThat(names).hasSameSizeAs(parties);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars(":-%+ abé".toCharArray())
                .ofMinLength(1)
                .ofMaxLength(4);
    }
}
