package dev.tournant.adapters.toast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.TokenReply;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FetchTest {
    private static final ToastAdapter TOAST = new ToastAdapter();
    private static final String SINCE = "2026-11-20T10:00:00.001Z";

    private static Fetch fetch(String resource, @Nullable String since) {
        return new Fetch(Sample.LINK, resource, since);
    }

    private static Turn turn(Fetch fetch, Request asked, byte[] body) {
        return TOAST.turn(fetch, asked, new Answer(200, Map.of(), body, Sample.RECEIVED));
    }

    private static Turn refused(int status, Map<String, String> headers, String body) {
        Fetch fetch = fetch("menus", null);
        return TOAST.turn(fetch, TOAST.open(fetch), new Answer(status, headers, Sample.json(body), Sample.RECEIVED));
    }

    @Test
    void asksForMenusOnceAndThenWhetherThereAreOthers() {
        assertThat(TOAST.capabilities()).contains(Capability.PROBE);
        assertThat(TOAST.resources()).containsExactly("store", "menus", "stock");
        Fetch first = fetch("menus", null);
        assertThat(TOAST.open(first)).hasToString("GET /menus/v2/menus");
        assertThat(TOAST.open(first).headers()).containsExactly(Map.entry("Toast-Restaurant-External-ID", "HERE"));
        assertThat(turn(first, TOAST.open(first), Sample.bytes("menus.json"))).isEqualTo(new Turn.Page(null, SINCE));

        Fetch later = fetch("menus", SINCE);
        Request probe = TOAST.open(later);
        assertThat(probe).hasToString("GET /menus/v2/metadata");
        assertThat(turn(later, probe, metadata("2026-11-20T10:00:00.001+0000")))
                .as("the same")
                .isEqualTo(new Turn.Page(null, SINCE));
        assertThat(turn(later, probe, metadata("2026-11-20T09:00:00.000+0000")))
                .as("a server that lags")
                .isEqualTo(new Turn.Page(null, SINCE));
        Turn ask = turn(later, probe, metadata("2026-11-20T10:00:00.002+0000"));
        assertThat(ask).isEqualTo(new Turn.Ask(TOAST.open(first)));
        assertThat(turn(later, ((Turn.Ask) ask).next(), Sample.bytes("menus.json")))
                .isEqualTo(new Turn.Page(null, SINCE));
    }

    private static byte[] metadata(String lastUpdated) {
        return Sample.json("{'restaurantGuid':'HERE','lastUpdated':'" + lastUpdated + "'}");
    }

    @Test
    void asksForStockAndTheRestaurantAsTheyAre() {
        Fetch stock = fetch("stock", "anything");
        assertThat(TOAST.open(stock)).hasToString("GET /stock/v1/inventory");
        assertThat(turn(stock, TOAST.open(stock), Sample.bytes("stock.json"))).isEqualTo(new Turn.Page(null, null));
        Fetch store = fetch("store", null);
        assertThat(TOAST.open(store)).hasToString("GET /restaurants/v1/restaurants/HERE");
        assertThat(turn(store, TOAST.open(store), Sample.bytes("restaurant.json")))
                .isEqualTo(new Turn.Page(null, null));
        assertThat(TOAST.open(fetch("menus", "no time"))).hasToString("GET /menus/v2/menus");
        assertThatThrownBy(() -> TOAST.open(fetch("orders", null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsTheRestaurantByTheAccountOfALinkWithoutLocation() {
        Link link = new Link(new LinkId("t"), ToastAdapter.TOAST, "ACCOUNT", null, "main");
        assertThat(TOAST.open(new Fetch(link, "stock", null)).headers())
                .containsEntry("Toast-Restaurant-External-ID", "ACCOUNT");
    }

    @Test
    void triesLaterWhenAnAnswerMakesNoSense() {
        for (String resource : List.of("menus", "stock", "store")) {
            Fetch fetch = fetch(resource, null);
            for (String garbage : List.of("", "<html>", "7", "{", "[")) {
                assertThat(turn(fetch, TOAST.open(fetch), Sample.json(garbage)))
                        .as(resource + garbage)
                        .isInstanceOf(Turn.Broken.class);
            }
        }
        Fetch menus = fetch("menus", null);
        for (String odd : List.of("{}", "{'lastUpdated':'2026-11-20T10:00:00.001+0000'}", "{'menus':[]}")) {
            assertThat(turn(menus, TOAST.open(menus), Sample.json(odd))).as(odd).isInstanceOf(Turn.Broken.class);
        }
        Fetch later = fetch("menus", SINCE);
        assertThat(turn(later, TOAST.open(later), metadata("yesterday")))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(
                        Duration.ZERO, "the answer: lastUpdated: must be a time of the form rfc3339")));
    }

    @Test
    void waitsAsLongAsToastSays() {
        String reset = Long.toString(Sample.RECEIVED.getEpochSecond() + 30);
        assertThat(refused(429, Map.of("retry-after", "2"), ""))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ofSeconds(2), "HTTP 429")));
        assertThat(refused(429, Map.of("x-toast-ratelimit-reset", reset, "retry-after", "2"), ""))
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ofSeconds(30), "HTTP 429")));
        assertThat(refused(503, Map.of("x-toast-ratelimit-reset", reset), ""))
                .as("which every answer bears")
                .isEqualTo(new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "HTTP 503")));
    }

    @Test
    void givesUpWhereOnlySomebodyCanHelp() {
        assertThat(refused(401, Map.of(), "{'status':401,'code':10010,'message':'No.'}"))
                .isEqualTo(new Turn.Broken(new Outcome.NeedsReauthorisation("HTTP 401 10010: No.")));
        assertThat(refused(404, Map.of(), "{'message':'Nothing is published.'}"))
                .isEqualTo(new Turn.Broken(new Outcome.GiveUp("http-404", "HTTP 404: Nothing is published.")));
    }

    @Test
    void countsCallsByRestaurantAndLoginsByAddress() {
        ClientCredentials login = (ClientCredentials) TOAST.authentication();
        Request asked = login.obtain(Keyring.of("client-id", "id", "client-secret", "secret"));
        assertThat(counting(asked)).contains(Limit.Scope.ADDRESS, Limit.Scope.APPLICATION);
        assertThat(counting(TOAST.open(fetch("stock", null))))
                .containsExactly(Limit.Scope.LOCATION, Limit.Scope.LOCATION);
        assertThat(counting(TOAST.open(fetch("menus", null)))).hasSize(3);
        assertThat(counting(TOAST.open(fetch("menus", SINCE)))).hasSize(2);
        assertThat(TOAST.limits()).extracting(Limit::name).doesNotHaveDuplicates();
    }

    private static List<Limit.Scope> counting(Request request) {
        return TOAST.limits().stream()
                .filter(limit -> limit.counts(request))
                .map(Limit::scope)
                .toList();
    }

    @Test
    void readsItsOwnFormOfATokenAnswer() {
        ClientCredentials login = (ClientCredentials) TOAST.authentication();
        Answer answer = new Answer(
                200,
                Map.of(),
                Sample.json("{'status':'SUCCESS','token':{'tokenType':'Bearer','accessToken':'t','expiresIn':86400}}"),
                Sample.RECEIVED);
        TokenReply reply = login.read(answer, null, Sample.RECEIVED);
        assertThat(((TokenReply.Granted) reply).token().expiresAt())
                .isEqualTo(Sample.RECEIVED.plus(Duration.ofDays(1)));
    }
}
