package dev.tournant.deploy.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProxyTest {
    private static final int A_MOMENT_MILLIS = 200;

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void reads(Socket socket, int expected) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(expected);
    }

    private static void readsNothing(Socket socket) throws IOException {
        socket.setSoTimeout(A_MOMENT_MILLIS);
        assertThatExceptionOfType(SocketTimeoutException.class)
                .isThrownBy(() -> socket.getInputStream().read());
        socket.setSoTimeout(10_000);
    }

    @Test
    void carriesBothWaysAndEndsBothSides() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Proxy proxy = Proxy.start(0, target.getLocalPort());
                Socket caller = connect(proxy.port());
                Socket called = target.accept()) {
            caller.getOutputStream().write(7);
            reads(called, 7);
            called.getOutputStream().write(8);
            reads(caller, 8);
            caller.close();
            reads(called, -1);
        }
    }

    @Test
    void holdsUpWhomItIsToldAndLetsThemGoOnWithoutALoss() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Proxy proxy = Proxy.start(0, target.getLocalPort());
                Socket cut = connect(proxy.port());
                Socket calledByCut = target.accept();
                Socket other = connect(proxy.port());
                Socket calledByOther = target.accept()) {
            calledByCut.setSoTimeout(10_000);

            proxy.cut(port -> port == cut.getLocalPort());

            cut.getOutputStream().write(1);
            calledByCut.getOutputStream().write(2);
            other.getOutputStream().write(3);
            reads(calledByOther, 3);
            readsNothing(calledByCut);
            readsNothing(cut);

            proxy.heal();

            reads(calledByCut, 1);
            reads(cut, 2);
        }
    }

    @Test
    void holdsUpNewConnectionsToo() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Proxy proxy = Proxy.start(0, target.getLocalPort())) {
            proxy.cut(port -> true);
            target.setSoTimeout(A_MOMENT_MILLIS);
            try (Socket caller = connect(proxy.port())) {
                caller.getOutputStream().write(1);
                assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(target::accept);

                proxy.heal();

                target.setSoTimeout(10_000);
                try (Socket called = target.accept()) {
                    reads(called, 1);
                }
            }
        }
    }

    @Test
    void knowsWhoseAConnectionIs() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket caller = connect(target.getLocalPort())) {
            long own = ProcessHandle.current().pid();

            assertThat(Sockets.localPorts(own, target.getLocalPort())).containsExactly(caller.getLocalPort());
        }
    }
}
