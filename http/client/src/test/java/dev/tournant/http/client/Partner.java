package dev.tournant.http.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A partner on a socket, which behaves as badly as it is told. */
final class Partner implements AutoCloseable {
    /** What was received: request line, headers and body. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    /** Connections that the other side has closed while we waited. */
    final AtomicInteger cut = new AtomicInteger();

    private final ServerSocket listener;
    private final Behaviour behaviour;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Answers the n-th request, from 0; false ends the connection. */
    interface Behaviour {
        boolean answer(Partner partner, Socket socket, int number) throws IOException;
    }

    Partner(Behaviour behaviour) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    }

    Partner(ServerSocket listener, Behaviour behaviour) {
        this.behaviour = behaviour;
        this.listener = listener;
        daemon(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "partner");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                open.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            closed.countDown();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            boolean on = true;
            while (on) {
                String request = request(in);
                int number;
                synchronized (requests) {
                    number = requests.size();
                    requests.add(request);
                }
                on = behaviour.answer(this, socket, number);
            }
        } catch (IOException e) {
            cut.incrementAndGet();
        }
    }

    private static String request(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        int length = 0;
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            lines.add(line);
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("closed");
        }
        char[] body = new char[length];
        int read = 0;
        while (read < length) {
            read += in.read(body, read, length - read);
        }
        lines.add(new String(body));
        return String.join("\n", lines);
    }

    static boolean say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return true;
    }

    static boolean say(Socket socket, int status, String body, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return say(
                socket,
                "HTTP/1.1 " + status + " x\r\nContent-Type: application/json\r\n" + more + "Content-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    /** Says nothing until the other side closes. */
    boolean hang(Socket socket) throws IOException {
        if (socket.getInputStream().read() < 0) {
            cut.incrementAndGet();
        }
        return false;
    }

    /** Says a byte every few milliseconds for as long as somebody listens. */
    boolean drip(Socket socket, String head) throws IOException {
        say(socket, head);
        try {
            while (!closed.await(5, TimeUnit.MILLISECONDS)) {
                say(socket, "x");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    static boolean reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closed.countDown();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
