package dev.tournant.conformance;

import static dev.tournant.conformance.Finder.found;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ways to ask a partner that are wrong. */
class PlantedFetchFaultsTest {
    @Test
    void aCursorThatIsIgnored() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Page page ? new Turn.Page(null, page.until()) : turn;
                    }
                },
                "fetch-reads-all-pages",
                "menu/page-1.json",
                "cursor of this page is not read");
    }

    @Test
    void theFirstPageForEver() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Page page && page.next() != null
                                ? new Turn.Page(right.open(fetch), page.until())
                                : turn;
                    }
                },
                "fetch-reads-all-pages",
                "menu/page-1.json",
                "never ends",
                "cursor of this page is ignored");
    }

    @Test
    void aCircleOfPages() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        boolean circle = turn instanceof Turn.Broken broken
                                && broken.outcome() instanceof Outcome.TryLater later
                                && later.why().contains("same page");
                        return circle ? new Turn.Page(asked, null) : turn;
                    }
                },
                "pages-in-a-circle",
                "for ever",
                "Turn.Broken");
    }

    @Test
    void aCursorThatIsNotEncoded() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        if (turn instanceof Turn.Page page && page.next() != null) {
                            String cursor =
                                    Documents.object(answer.body()).path("next").asText();
                            return new Turn.Page(
                                    new Request("GET", "/menu?cursor=" + cursor, Map.of(), null, true), page.until());
                        }
                        return turn;
                    }
                },
                "requests-stay-below-base-url",
                "the path of the request",
                "percent-encode");
    }

    @Test
    void anEmptyPageThatEndsTheFetch() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        boolean empty = new String(answer.body(), StandardCharsets.UTF_8).contains("\"items\":[]");
                        return empty && turn instanceof Turn.Page page ? new Turn.Page(null, page.until()) : turn;
                    }
                },
                "pages-of-any-size",
                "with no record",
                "the cursor counts");
    }

    @Test
    void aFetchThatBeginsAnewEachTime() {
        found(
                new Passing() {
                    @Override
                    public Request open(Fetch fetch) {
                        return super.open(new Fetch(fetch.link(), fetch.resource(), null));
                    }
                },
                "fetch-goes-on-from-until",
                "until",
                "2026-11-22T11:00:00Z",
                "same request as the first");
    }

    @Test
    void somethingThatIsRememberedBetweenFetches() {
        found(
                new Passing() {
                    private final Map<String, Integer> asked = new HashMap<>();

                    @Override
                    public Turn turn(Fetch fetch, Request request, Answer answer) {
                        Turn turn = super.turn(fetch, request, answer);
                        int nth = asked.merge(fetch.resource(), 1, Integer::sum);
                        return turn instanceof Turn.Page page && page.next() != null
                                ? new Turn.Page(page.next().with("X-Page", String.valueOf(nth)), page.until())
                                : turn;
                    }
                },
                "fetches-do-not-mix",
                "menu/page-1.json",
                "remembers something");
    }

    @Test
    void aRefusalForNowThatIsGivenUp() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        return answer.status() == 429
                                ? new Turn.Broken(new Outcome.GiveUp("http-429", "too many requests"))
                                : super.turn(fetch, asked, answer);
                    }
                },
                "refused-fetches-as-declared",
                "status 429",
                "GiveUp",
                "TryLater");
    }

    @Test
    void htmlThatEndsAFetch() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        boolean html = new String(answer.body(), StandardCharsets.UTF_8).startsWith("<");
                        return html && answer.status() == 200
                                ? new Turn.Page(null, null)
                                : super.turn(fetch, asked, answer);
                    }
                },
                "garbage-is-no-page",
                "HTTP 200 with HTML",
                "taken for a page");
    }

    @Test
    void aSecretInALogText() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Broken && answer.status() >= 500
                                ? new Turn.Broken(new Outcome.TryLater(
                                        Duration.ZERO,
                                        answer.headers() + new String(answer.body(), StandardCharsets.UTF_8)))
                                : turn;
                    }
                },
                "echoed-secrets-not-repeated",
                "turn of menu",
                "holds the secret");
    }

    @Test
    void anAddressInPlaceOfAPath() {
        found(
                new Passing() {
                    @Override
                    public Request open(Fetch fetch) {
                        return new Request("GET", "//bistro.example/menu", Map.of(), null, true);
                    }
                },
                "requests-stay-below-base-url",
                "//bistro.example/menu",
                "must begin with one /");
    }

    @Test
    void aLimitWithASlipInItsPath() {
        found(
                new Passing() {
                    @Override
                    public List<Limit> limits() {
                        return List.of(Limit.rate("writes", Limit.Scope.ACCOUNT, 1, Duration.ofSeconds(1))
                                .only("POST", "/menu/item/"));
                    }
                },
                "limits-count-requests",
                "writes",
                "/menu/item/",
                "POST /menu/items");
    }
}
