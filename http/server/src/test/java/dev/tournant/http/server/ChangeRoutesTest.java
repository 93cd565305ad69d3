package dev.tournant.http.server;

import static dev.tournant.http.server.TestServer.code;
import static dev.tournant.http.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ChangeRoutesTest {
    private static final String PATH = "/v1/merchants/grill/changes";
    private static final String TEA = "/v1/merchants/grill/records/item/tea";

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer("heartbeat = 100 ms", "streams-max = 2");
        server.createGrill();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** An open stream, read line by line. */
    private final class Stream implements AutoCloseable {
        private final InputStream in;
        private final BufferedReader lines;

        Stream(String path, String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(server.uri(path)).header("Authorization", "Bearer " + TestServer.READER);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            HttpResponse<InputStream> response =
                    server.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            this.in = response.body();
            this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        /** The first {@code count} lines that begin so. */
        List<String> lines(String prefix, int count) throws IOException {
            List<String> found = new ArrayList<>();
            String line = "";
            while (found.size() < count && line != null) {
                line = lines.readLine();
                if (line != null && line.startsWith(prefix)) {
                    found.add(line.substring(prefix.length()));
                }
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    @Test
    void streamsWhatWasAndThenWhatComes() throws Exception {
        server.patch(TEA, "{\"name\": \"Tea\"}", "If-None-Match", "*");
        try (Stream stream = new Stream(PATH)) {
            assertThat(stream.lines("id: ", 2)).containsExactly("1", "2");
            server.patch(TEA, "{\"name\": null}", "If-Match", "\"r2\"");
            assertThat(stream.lines("id: ", 1)).containsExactly("3");
            String data = stream.lines("data: ", 1).get(0);
            assertThat(json(data).get("number").asLong()).isEqualTo(3);
            assertThat(json(data).at("/facts/0/deltas/0/fields/name").isNull()).isTrue();
        }
    }

    @Test
    void goesOnAfterTheLastEventThatWasSeen() throws Exception {
        server.patch(TEA, "{\"name\": \"Tea\"}", "If-None-Match", "*");
        server.patch(TEA, "{\"name\": \"Tee\"}", "If-Match", "\"r2\"");

        try (Stream byQuery = new Stream(PATH + "?after=1");
                Stream byHeader = new Stream(PATH + "?after=1", "Last-Event-ID", "2")) {
            assertThat(byQuery.lines("id: ", 2)).containsExactly("2", "3");
            assertThat(byHeader.lines("id: ", 1)).containsExactly("3");
        }
    }

    @Test
    void sendsCommentsWhileNothingHappens() throws Exception {
        try (Stream stream = new Stream(PATH)) {
            assertThat(stream.lines(": ", 2)).containsExactly("still here", "still here");
        }
    }

    @Test
    void boundsOpenStreamsAndFreesTheirPlaces() throws Exception {
        try (Stream one = new Stream(PATH);
                Stream two = new Stream(PATH)) {
            HttpResponse<String> third = server.get(PATH);

            assertThat(code(third)).isEqualTo("slow-down 429");
            assertThat(third.headers().firstValue("Retry-After")).isPresent();
            assertThat(open()).isEqualTo(2);
            assertThat(one.lines("id: ", 1)).isEqualTo(two.lines("id: ", 1));
        }
        Eventually.holds(() -> open() == 0);
    }

    @Test
    void refusesAFollowerTooManyOfOneMerchantAndFreesItsPlaceOnTheNode() throws Exception {
        server.merchants.crowded = true;
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = server.get(PATH);
            assertThat(code(answer)).isEqualTo("slow-down 429");
            assertThat(json(answer.body()).get("detail").asText()).contains("64 followers");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        assertThat(open()).isZero();
        server.merchants.crowded = false;
        try (Stream stream = new Stream(PATH)) {
            assertThat(stream.lines("id: ", 1)).containsExactly("1");
        }
    }

    private double open() {
        return server.registry.get(HttpMetrics.STREAMS_OPEN).gauge().value();
    }

    @Test
    void refusesAStreamThatCannotBe() {
        assertThat(code(server.get("/v1/merchants/none/changes"))).isEqualTo("unknown-merchant 404");
        assertThat(code(server.get(PATH + "?after=x"))).isEqualTo("bad-request 400");
        assertThat(code(server.get(PATH + "?after=99"))).isEqualTo("bad-request 400");
    }

    @Test
    void endsStreamsInAnOrderlyWayWhenTheServerStops() throws Exception {
        try (Stream stream = new Stream(PATH)) {
            stream.lines("id: ", 1);
            server.running().stop();
            assertThat(stream.lines("never", 1)).isEmpty();
        }
    }
}
