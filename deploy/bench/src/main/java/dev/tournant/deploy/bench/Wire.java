package dev.tournant.deploy.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** One line there, one line back: how a bench steers the JVM that it measures. */
final class Wire implements AutoCloseable {
    private static final String FAILED = "failed: ";

    private final Socket socket;
    private final BufferedReader in;
    private final PrintWriter out;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Where the child's wire is awaited; give the child its port. */
    static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    static Wire accept(ServerSocket listening, Duration within) throws IOException {
        listening.setSoTimeout(Math.toIntExact(within.toMillis()));
        return new Wire(listening.accept());
    }

    String ask(String line, Duration within) throws IOException {
        socket.setSoTimeout(Math.toIntExact(within.toMillis()));
        out.println(line);
        String answer = in.readLine();
        if (answer == null) {
            throw new IOException("the measured process ended at \"" + line + "\"; see its log");
        }
        if (answer.startsWith(FAILED)) {
            throw new IOException("\"" + line + "\" " + answer);
        }
        return answer;
    }

    /** Runs in the child: answers lines until the bench hangs up. */
    static void serve(int port, Function<String, String> answer) {
        try (Wire wire = new Wire(new Socket(InetAddress.getLoopbackAddress(), port))) {
            for (String line = wire.in.readLine(); line != null; line = wire.in.readLine()) {
                wire.out.println(answered(line, answer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answered(String line, Function<String, String> answer) {
        try {
            return answer.apply(line);
        } catch (RuntimeException e) {
            return FAILED + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
