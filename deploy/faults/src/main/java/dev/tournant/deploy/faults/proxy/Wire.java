package dev.tournant.deploy.faults.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One connection through a proxy: two threads, one for each direction. Ends when either side ends. */
final class Wire {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Socket caller;
    private final int targetPort;
    private final Gate gate = new Gate();

    Wire(Socket caller, int targetPort) {
        this.caller = caller;
        this.targetPort = targetPort;
    }

    /** The port at the caller's end. */
    int callerPort() {
        return caller.getPort();
    }

    Gate gate() {
        return gate;
    }

    boolean isEnded() {
        return caller.isClosed();
    }

    /** Connects to the target and copies until the end; blocks. */
    void run() {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try (caller;
                Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort)) {
            caller.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            Thread back = Threads.daemon("proxy-back-" + targetPort, () -> copy(target, caller));
            copy(caller, target);
            back.join();
        } catch (IOException e) {
            // The node behind is not there: the caller sees its connection end, as it would without us.
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                gate.pass();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side is gone; both are closed by now, which ends the other direction.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        try {
            caller.close();
        } catch (IOException e) {
            System.err.println("a connection of the proxy to " + targetPort + " does not close: " + e);
        }
        gate.open();
    }
}
