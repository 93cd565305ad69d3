package dev.tournant.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.manifest.ManifestAdapter;
import dev.tournant.adapter.manifest.ManifestException;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A partner that is a manifest, read to its last page by the addresses that its answers name, over a socket. */
@Timeout(60)
class NextLinkTest {
    private static final PartnerName PAGES = new PartnerName("pages");
    private static final Link LINK = new Link(new LinkId("pa-1"), PAGES, "A1", "L1", "main");
    private static final Fetch FETCH = new Fetch(LINK, "items", null);
    private static final String FIRST = "/gateway/v2/items?limit=2";
    private static ActorTestKit kit;

    private final GatesInMemory gates = new GatesInMemory();

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("next-link", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static ManifestAdapter adapter(String next) {
        try {
            return ManifestAdapter.of("pages.yaml", """
                    manifest: 1
                    partner: pages
                    environments: {production: https://api.pages.example/v2}
                    authentication: {static-header: {header: Authorization, secret: access-token}}
                    resources:
                      items: {request: GET /items?limit=2, records: {items: item}, page: {next: %s}, complete: item}
                    records: {item: {id: id, fields: {name: name}}}
                    """.formatted(next));
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private PartnerClient client(int port) {
        return PartnerClient.create(
                kit.system(),
                ClientConfig.read(ConfigFactory.parseString(
                                "base-url = \"http://127.0.0.1:" + port + "/gateway/v2\", attempts-max = 1")
                        .atPath("tournant.client.partners.pages")
                        .withFallback(ConfigFactory.parseResources("tournant-client.conf"))
                        .resolve()),
                gates,
                new SimpleMeterRegistry());
    }

    /** What was read of a partner, and where the fetch broke off, if it did. */
    private record Walk(List<String> ids, @Nullable Request broken) {}

    private static Walk walk(ManifestAdapter adapter, PartnerClient client, Request from) {
        List<String> ids = new ArrayList<>();
        Request asked = from;
        while (asked != null) {
            Answer answer = client.send(LINK, Keyring.of(), asked, Lane.MENU)
                    .toCompletableFuture()
                    .join();
            Turn turn = adapter.turn(FETCH, asked, answer);
            if (!(turn instanceof Turn.Page page)) {
                return new Walk(ids, asked);
            }
            adapter.read(new Payload(LINK, Currency.getInstance("USD"), "items", answer.at(), answer.body()))
                    .events()
                    .forEach(event -> event.deltas()
                            .forEach(delta -> ids.add(delta.key().id().value())));
            asked = page.next();
        }
        return new Walk(ids, null);
    }

    private static List<String> asked(Partner partner) {
        return partner.requests.stream()
                .map(each -> each.substring("GET ".length(), each.indexOf(" HTTP/1.1")))
                .toList();
    }

    /** Three pages; the address of the one after it stands in the body and in the header. */
    private static boolean page(Partner partner, Socket socket, int number, String address) throws IOException {
        String next = address.replace("PORT", String.valueOf(partner.port())).replace('N', (char) ('2' + number));
        String items = "\"items\":[{\"id\":\"a" + number + "\"},{\"id\":\"b" + number + "\"}]";
        return number == 2
                ? Partner.say(socket, 200, "{" + items + "}", "Link: </gateway/v2/items>; rel=\"first\"")
                : Partner.say(
                        socket,
                        200,
                        "{" + items + ",\"links\":{\"next\":\"" + next + "\"}}",
                        "Link: </gateway/v2/items>; rel=\"first\"",
                        "Link: <" + next + ">; title=\"more, please\"; rel=\"next\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "http://127.0.0.1:PORT/gateway/v2/items?page=N /gateway/v2/items?page=N",
                "https://api.pages.example/v2/items?page=N /gateway/v2/items?page=N",
                "http://169.254.169.254/gateway/v2/items?page=N /gateway/v2/items?page=N",
                "/gateway/v2/items?page=N /gateway/v2/items?page=N",
                "/v2/items?page=N /gateway/v2/items?page=N",
                "?page=N /gateway/v2/items?page=N",
                "items?page=N /gateway/v2/items?page=N",
                "/v2/scrolls/N /gateway/v2/scrolls/N",
                "?page[number]=N&page[size]=2 /gateway/v2/items?page%5Bnumber%5D=N&page%5Bsize%5D=2",
                "?after=N%2Bb%3D%3D /gateway/v2/items?after=N%2Bb%3D%3D",
                "?after=N..b%2Ec /gateway/v2/items?after=N..b%2Ec",
                "?after=N|b{c}^` /gateway/v2/items?after=N%7Cb%7Bc%7D%5E%60",
            })
    void isReadToItsLastPage(String address, String then) throws IOException {
        for (String next : List.of("links.next", "header")) {
            try (Partner partner = new Partner((self, socket, number) -> page(self, socket, number, address));
                    PartnerClient client = client(partner.port())) {
                ManifestAdapter adapter = adapter(next);
                Walk walk = walk(adapter, client, adapter.open(FETCH));

                assertThat(asked(partner)).containsExactly(FIRST, then.replace('N', '2'), then.replace('N', '3'));
                assertThat(walk).isEqualTo(new Walk(List.of("a0", "b0", "a1", "b1", "a2", "b2"), null));
                assertThat(partner.connections).hasValue(1);
            }
        }
        gates.allEnded();
    }

    @Test
    void goesOnAtThePageThatBroke() throws IOException {
        try (Partner partner = new Partner((self, socket, number) -> number == 1
                        ? Partner.say(socket, 503, "{}")
                        : page(self, socket, number == 0 ? 0 : number - 1, "?page=N"));
                PartnerClient client = client(partner.port())) {
            ManifestAdapter adapter = adapter("links.next");
            Walk walk = walk(adapter, client, adapter.open(FETCH));

            assertThat(walk.ids()).containsExactly("a0", "b0");
            assertThat(walk.broken()).isNotNull();
            assertThat(walk(adapter, client, walk.broken())).isEqualTo(new Walk(List.of("a1", "b1", "a2", "b2"), null));
            assertThat(asked(partner))
                    .containsExactly(
                            FIRST, "/gateway/v2/items?page=2", "/gateway/v2/items?page=2", "/gateway/v2/items?page=3");
        }
    }
}
