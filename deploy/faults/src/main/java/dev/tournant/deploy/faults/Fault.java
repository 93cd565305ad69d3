package dev.tournant.deploy.faults;

import dev.tournant.deploy.local.ChildProcess;
import dev.tournant.deploy.stack.NodeProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is done to the cluster; {@link #strike} returns when it is over and all may heal. */
sealed interface Fault {
    void strike(Scene scene) throws IOException;

    /** As it stands in the table. */
    String title();

    /** Whether nodes are reached through proxies. */
    default boolean needsProxies() {
        return false;
    }

    /** Whether only writes tell that a merchant works; reads need no journal. */
    default boolean writesOnly() {
        return false;
    }

    /** What is promised of the first answer of a merchant that was where the fault struck; null where nothing is. */
    default @Nullable Duration answersWithin() {
        return null;
    }

    /** SIGSTOP, and SIGCONT after a while. */
    record Pause(Duration time, boolean oldest) implements Fault {
        @Override
        public void strike(Scene scene) throws IOException {
            NodeProcess victim = scene.victim(oldest);
            scene.strike(victim, "pausing");
            ChildProcess process = victim.process();
            process.pause();
            Wait.pass(time);
            process.resume();
            scene.say(victim.name() + " goes on after " + time.toSeconds() + " s");
        }

        @Override
        public String title() {
            return "pause " + time.toSeconds() + " s, " + which(oldest);
        }
    }

    /** SIGKILL. */
    record Kill(boolean oldest) implements Fault {
        private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(23);

        @Override
        public void strike(Scene scene) throws IOException {
            NodeProcess victim = scene.victim(oldest);
            scene.strike(victim, "killing");
            victim.process().kill9();
        }

        @Override
        public String title() {
            return "kill -9, " + which(oldest);
        }

        @Override
        public Duration answersWithin() {
            return ANSWERS_WITHIN;
        }
    }

    /** SIGTERM to one after another; each is there again before the next one goes. */
    record Rolling() implements Fault {
        private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(3);
        private static final Duration GONE_WITHIN = Duration.ofMinutes(1);
        private static final Duration BACK_WITHIN = Duration.ofMinutes(2);
        /** For shards to move to the node that came back. */
        private static final Duration BETWEEN = Duration.ofSeconds(8);

        @Override
        public void strike(Scene scene) throws IOException {
            for (NodeProcess node : scene.stack().nodes()) {
                scene.strike(node, "ending");
                if (!node.process().terminate(GONE_WITHIN)) {
                    throw new IllegalStateException(node.name() + " did not end within " + GONE_WITHIN.toSeconds()
                            + " s of SIGTERM; see " + node.process().log());
                }
                if (!Wait.until(
                        BACK_WITHIN,
                        () -> node.process().isAlive() && scene.stack().isReady(node))) {
                    throw new IllegalStateException(
                            node.name() + " is not ready again within " + BACK_WITHIN.toSeconds() + " s; see "
                                    + node.process().log());
                }
                Wait.pass(BETWEEN);
            }
        }

        @Override
        public String title() {
            return "rolling restart";
        }

        @Override
        public Duration answersWithin() {
            return ANSWERS_WITHIN;
        }
    }

    /** SIGSTOP of Cassandra. */
    record PauseCassandra(Duration time) implements Fault {
        @Override
        public void strike(Scene scene) {
            scene.strikeAll("pausing Cassandra");
            ChildProcess process = scene.stack().cassandra().process();
            process.pause();
            Wait.pass(time);
            process.resume();
            scene.say("Cassandra goes on after " + time.toSeconds() + " s");
        }

        @Override
        public String title() {
            return "Cassandra paused " + time.toSeconds() + " s";
        }

        @Override
        public boolean writesOnly() {
            return true;
        }
    }

    /** One node and the others no longer hear of each other; all reach Cassandra and Kafka. */
    record CutOff(Duration time, boolean oldest) implements Fault {
        @Override
        public void strike(Scene scene) throws IOException {
            NodeProcess victim = scene.victim(oldest);
            scene.strike(victim, "cutting off");
            scene.network().cutOff(victim);
            Wait.pass(time);
            scene.network().heal();
            scene.say(victim.name() + " and the others hear each other again after " + time.toSeconds() + " s");
        }

        @Override
        public String title() {
            return "partition " + time.toSeconds() + " s, " + which(oldest);
        }

        @Override
        public boolean needsProxies() {
            return true;
        }
    }

    private static String which(boolean oldest) {
        return (oldest ? "OLDEST" : "ANY").toLowerCase(Locale.ROOT);
    }
}
