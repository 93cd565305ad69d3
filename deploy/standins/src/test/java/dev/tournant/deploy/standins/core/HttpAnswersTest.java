package dev.tournant.deploy.standins.core;

import static org.assertj.core.api.Assertions.assertThat;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Directives;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpAnswersTest {
    private static final Answer ANSWER = Answer.ok(Json.texts(
                    IntStream.range(0, 200).mapToObj(Integer::toString).toList()))
            .withHeaders(Map.of("X-Extra", "yes"));
    private final String body = ANSWER.body().toString();
    private final Loopback loopback = Loopback.alone("doordash-standin");

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void sendsAnAnswerWhole() throws Exception {
        String received = received(HttpAnswers.of(ANSWER));

        assertThat(received).startsWith("HTTP/1.1 200").contains("X-Extra: yes").endsWith(body);
    }

    @Test
    void sendsAnAnswerInPieces() throws Exception {
        long before = System.nanoTime();
        String received = received(HttpAnswers.slowly(ANSWER, Duration.ofMillis(160)));

        assertThat(received).contains("X-Extra: yes").endsWith(body);
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
    }

    @Test
    void breaksAnAnswerOffWithinItsBody() throws Exception {
        String received = received(HttpAnswers.brokenOff(ANSWER));

        assertThat(received).startsWith("HTTP/1.1 200").contains("Content-Length: " + body.length());
        assertThat(received).endsWith(body.substring(0, body.length() / 2));
    }

    /** All that comes until the connection ends, well or not. */
    private String received(HttpResponse response) throws IOException {
        loopback.serve(0, Directives.complete(response));
        StringBuilder received = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", loopback.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                received.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
            }
            return received.toString();
        } catch (SocketException reset) {
            return received.toString();
        }
    }
}
