package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Next pages that are addresses, and elements that are counted. */
class ManifestPagingTest {
    private static final Fetch FETCH = new Fetch(Potluck.LINK, "catalog", null);

    /** @param base of both environments */
    private static ManifestAdapter paged(String base, String page) {
        String yaml = Potluck.YAML
                .replace(".example/v1", ".example" + base)
                .replace("    complete: [category, item, modifier-group]\n", "")
                .replace("catalog?limit=100", "catalog")
                .replace("{cursor: next_cursor, parameter: cursor}", page);
        try {
            return ManifestAdapter.of("potluck.yaml", yaml);
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static Answer answer(Map<String, String> headers, String json) {
        return new Answer(200, headers, Potluck.json(json), Potluck.RECEIVED);
    }

    /** Where the client sends what follows: it puts the base URL's own path before every path. */
    private static String sent(ManifestAdapter partner, String base, Answer answer) {
        Request first = partner.open(FETCH);
        Turn turn = partner.turn(FETCH, first, answer);
        assertThat(turn).isInstanceOf(Turn.Page.class);
        Request next = Objects.requireNonNull(((Turn.Page) turn).next());
        assertThat(next.method()).isEqualTo("GET");
        assertThat(next.headers()).isEqualTo(first.headers());
        return base + next.path();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "whole       | /v1     | https://api.potluck.example/v1/locations/LOC/catalog?page=2",
                "whole       |         | https://api.potluck.example/locations/LOC/catalog?page=2",
                "whole       | /api/v1 | HTTPS://api.potluck.example/api/v1/locations/LOC/catalog?page=2",
                "from root   | /v1     | /v1/locations/LOC/catalog?page=2",
                "from root   |         | /locations/LOC/catalog?page=2",
                "from base   | /v1     | /locations/LOC/catalog?page=2",
                "other host  | /v1     | https://elsewhere.example/v1/locations/LOC/catalog?page=2",
                "no scheme   | /v1     | //elsewhere.example/v1/locations/LOC/catalog?page=2",
                "query       | /v1     | ?page=2",
                "query       |         | ?page=2",
                "relative    | /v1     | catalog?page=2",
                "relative    |         | ./catalog?page=2",
                "climbing    | /v1     | ../LOC/catalog?page=2",
            })
    void aNextAddressIsFollowedWhereTheRequestWent(String how, @Nullable String base, String address) {
        String at = base == null ? "" : base;
        String expected = at + "/locations/LOC/catalog?page=2";
        assertThat(sent(paged(at, "{next: links.next}"), at, answer(Map.of(), "{'links':{'next':'" + address + "'}}")))
                .as(how)
                .isEqualTo(expected);
        String link = "<https://x.example/first>; rel=\"prev\", <" + address + ">; rel=\"next\"";
        assertThat(sent(paged(at, "{next: header}"), at, answer(Map.of("link", link), "{}")))
                .as("%s, in the header", how)
                .isEqualTo(expected);
    }

    @Test
    void aNextAddressMayBeOfAnotherPath() {
        String address = "{'links':{'next':'%s'}}";
        ManifestAdapter partner = paged("/v1", "{next: links.next}");
        assertThat(sent(partner, "/v1", answer(Map.of(), String.format(address, "/v1/scrolls/8f"))))
                .isEqualTo("/v1/scrolls/8f");
        assertThat(sent(partner, "/v1", answer(Map.of(), String.format(address, "/v1/x/locations/LOC/catalog"))))
                .as("which ends as the first one does")
                .isEqualTo("/v1/x/locations/LOC/catalog");
        assertThat(sent(partner, "/v1", answer(Map.of(), String.format(address, "catalog/2/"))))
                .isEqualTo("/v1/locations/LOC/catalog/2/");
    }

    @Test
    void theBaseUrlMayBeOneThatOnlyTheNodeKnows() {
        ManifestAdapter partner = paged("/v1", "{next: links.next}");
        Answer answer = answer(Map.of(), "{'links':{'next':'/gateway/p/locations/LOC/catalog?page=2'}}");
        assertThat(sent(partner, "/gateway/p", answer)).isEqualTo("/gateway/p/locations/LOC/catalog?page=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://api.potluck.example/v1/x",
                "mailto:x",
                "../../../v1/x",
                "/v1/locations/LOC/catalog",
                "catalog",
                "#top",
                "https://"
            })
    void anAddressThatLeadsNowhereNewEndsTheFetch(String address) {
        ManifestAdapter partner = paged("/v1", "{next: links.next}");
        Request first = partner.open(FETCH);
        Answer answer = answer(Map.of(), "{'links':{'next':'" + address + "'}}");
        assertThat(partner.turn(FETCH, first, answer)).asString().contains("has a next page that leads");
    }

    @Test
    void aPageWithoutANextAddressIsTheLast() {
        for (String page : List.of("{next: links.next}", "{next: header}")) {
            ManifestAdapter partner = paged("/v1", page);
            Turn turn = partner.turn(FETCH, partner.open(FETCH), answer(Map.of("link", "</v1/x>; rel=\"prev\""), "{}"));
            assertThat(turn).isEqualTo(new Turn.Page(null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</v1/x>; rel=next",
                "</v1/x>;rel=\"next\"",
                "</v1/x>; title=\"a, b; c\"; Rel=\"last NEXT\"",
                "</v1/y>; rel=\"next-archive\", </v1/x>; rel = next",
                "</v1/y>; rel=nextpage,</v1/x>; rel=\"next\"; type=\"text/html\"",
                "</v1/y>, </v1/x>; rel=\"next\"",
            })
    void aLinkSaysByItsRelationWhereItLeads(String header) {
        ManifestAdapter partner = paged("/v1", "{next: header}");
        assertThat(sent(partner, "/v1", answer(Map.of("link", header), "{}"))).isEqualTo("/v1/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "</v1/y>", "</v1/y>; rel=\"prev\"", "</v1/y>; rel=\"next", "; rel=next", "<>; rel=next"})
    void noLinkIsNoNextPage(String header) {
        assertThat(LinkHeader.next(header)).isEmpty();
        assertThat(LinkHeader.next(header + "<x>;\"\"".repeat(20_000))).isEmpty();
    }

    @Test
    void anAddressIsMadeOneThatCanBeSent() {
        String address = "{'links':{'next':'?after=a|b c{}\u00e9&page[size]=5%25%2C'}}";
        assertThat(sent(paged("/v1", "{next: links.next}"), "/v1", answer(Map.of(), address)))
                .isEqualTo("/v1/locations/LOC/catalog?after=a%7Cb%20c%7B%7D%C3%A9&page%5Bsize%5D=5%25%2C");
    }

    @Test
    void aRequestIsSignedAsItIsSent() throws ManifestException {
        String yaml = Potluck.YAML.replace("catalog?limit=100", "catalog?page[size]=100&sort=a|b");
        assertThat(ManifestAdapter.of("potluck.yaml", yaml).open(FETCH).path())
                .isEqualTo("/locations/LOC/catalog?page%5Bsize%5D=100&sort=a%7Cb");
    }

    @Test
    void elementsAreCountedUntilAPageIsNotFull() {
        ManifestAdapter partner = paged("/v1", "{offset: from, size: 2, size-parameter: count}");
        List<String> paths = new ArrayList<>();
        Request request = partner.open(FETCH);
        for (String items : List.of("[{},{}]", "[{},{}]", "[{}]")) {
            paths.add(request.path());
            Turn.Page page = (Turn.Page) partner.turn(FETCH, request, answer(Map.of(), "{'items':" + items + "}"));
            request = page.next() == null ? request : page.next();
        }
        assertThat(paths)
                .containsExactly(
                        "/locations/LOC/catalog?count=2&from=0",
                        "/locations/LOC/catalog?count=2&from=2",
                        "/locations/LOC/catalog?count=2&from=4");
        assertThat(request.path()).as("the last one").isEqualTo(paths.get(2));
    }
}
