package dev.tournant.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What no HTTP client would send. */
class RawSocketTest {
    private static final String AUTHORIZED =
            "Host: x\r\nAuthorization: Bearer " + TestServer.BOTH + "\r\nContent-Type: application/json\r\n";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer("body-within = 500 ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String answer(String request) throws IOException {
        return answer(request, 0);
    }

    /** Sends a request and then as many spaces as the server takes, and reads until the server has closed or stops. */
    private static String answer(String request, int spaces) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] block = " ".repeat(65_536).getBytes(StandardCharsets.ISO_8859_1);
            try {
                for (int sent = 0; sent < spaces; sent += block.length) {
                    out.write(block);
                }
                out.flush();
            } catch (IOException e) {
                // The server no longer reads; what it said before is still to be read.
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8192];
        int length = 0;
        while (length >= 0 && !complete(text)) {
            text.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            length = complete(text) ? -1 : socket.getInputStream().read(buffer);
        }
        return text.toString();
    }

    private static boolean complete(CharSequence text) {
        return text.length() > 0 && text.charAt(text.length() - 1) == '}';
    }

    @Test
    void refusesFiftyMegabytesAndSaysWhy() throws IOException {
        String told = answer(
                "PUT /v1/merchants/m HTTP/1.1\r\n" + AUTHORIZED + "Content-Length: 52428800\r\n\r\n", 52_428_800);

        assertThat(told).startsWith("HTTP/1.1 413").contains("too-large").contains("1048576 bytes");
    }

    @Test
    void stopsAChunkedBodyAtTheLimit() throws IOException {
        String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";
        String told = answer("PUT /v1/merchants/m HTTP/1.1\r\n" + AUTHORIZED + "Transfer-Encoding: chunked\r\n\r\n"
                + chunk.repeat(40));

        assertThat(told).startsWith("HTTP/1.1 413").contains("too-large");
    }

    @Test
    void givesUpOnABodyThatDoesNotArrive() throws IOException {
        String told = answer("PUT /v1/merchants/m HTTP/1.1\r\n" + AUTHORIZED + "Content-Length: 100\r\n\r\n{");

        assertThat(told).startsWith("HTTP/1.1 408").contains("too-slow");
    }

    @Test
    void refusesRequestsWhoseLengthIsAmbiguous() throws IOException {
        String both = answer("PUT /v1/merchants/m HTTP/1.1\r\n" + AUTHORIZED
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        String twice = answer(
                "PUT /v1/merchants/m HTTP/1.1\r\n" + AUTHORIZED + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n");

        assertThat(both).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
        assertThat(twice).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
    }

    @Test
    void refusesLongUrisAndHeadersWithProblems() throws IOException {
        String uri = answer("GET /v1/merchants/" + "x".repeat(5000) + " HTTP/1.1\r\n" + AUTHORIZED + "\r\n");
        String header =
                answer("GET /v1/merchants HTTP/1.1\r\n" + AUTHORIZED + "X-Long: " + "x".repeat(20_000) + "\r\n\r\n");
        String headers = answer("GET /v1/merchants HTTP/1.1\r\n" + AUTHORIZED + "X-Many: 1\r\n".repeat(100) + "\r\n");

        assertThat(uri).startsWith("HTTP/1.1 414").contains("uri-too-long").contains("application/problem+json");
        assertThat(header).startsWith("HTTP/1.1 431").contains("headers-too-large");
        assertThat(headers).startsWith("HTTP/1.1 4").contains("application/problem+json");
    }

    @Test
    void answersNonsenseWithAProblem() throws IOException {
        assertThat(answer("NONSENSE NONSENSE NONSENSE\r\n\r\n"))
                .startsWith("HTTP/1.1 4")
                .contains("application/problem+json");
        assertThat(answer("BREW /v1/merchants HTTP/1.1\r\n" + AUTHORIZED + "\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("method-not-allowed");
        assertThat(answer("GET /v1/%zz HTTP/1.1\r\n" + AUTHORIZED + "\r\n")).startsWith("HTTP/1.1 400");
        assertThat(answer("GET /v1/merchants?after=%zz HTTP/1.1\r\n" + AUTHORIZED + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }
}
