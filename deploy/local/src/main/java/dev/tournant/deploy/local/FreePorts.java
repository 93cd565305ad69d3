package dev.tournant.deploy.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Picks loopback ports that nothing listens on.
 *
 * <p>They come from 20000 to 31999, below the range from which Linux gives ports to outgoing connections, so that a
 * port which a data directory remembers is still free at the next start. This JVM never gives a port twice; another
 * process may still take one between the picking and its use.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int PAST = 32_000;
    private static final int TRIES_MAX = 2_000;

    private static final SplittableRandom RANDOM = new SplittableRandom();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    public static int pick() {
        return pick(1).get(0);
    }

    /**
     * Picks {@code count} different ports.
     *
     * @throws CannotStart when so many cannot be found
     */
    public static synchronized List<Integer> pick(int count) {
        List<Integer> picked = new ArrayList<>(count);
        for (int tries = 0; picked.size() < count; tries++) {
            if (tries == TRIES_MAX) {
                throw new CannotStart("No " + count + " free ports between " + FIRST + " and " + (PAST - 1)
                        + " on loopback. Look for processes that were left behind.");
            }
            int port = RANDOM.nextInt(FIRST, PAST);
            if (!GIVEN.contains(port) && isFree(port) && GIVEN.add(port)) {
                picked.add(port);
            }
        }
        return List.copyOf(picked);
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
