package dev.tournant.deploy.standins.core;

import akka.actor.ActorSystem;
import akka.actor.Cancellable;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A stand-in's place: an actor system, its own or another's, and a socket on the loopback interface. */
public final class Loopback implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final ActorSystem system;
    private final Config config;
    private final boolean ownsSystem;
    private @Nullable ServerBinding binding;
    private volatile boolean closed;

    private Loopback(ActorSystem system, Config config, boolean ownsSystem) {
        this.system = system;
        this.config = config;
        this.ownsSystem = ownsSystem;
    }

    /** With an actor system of its own, named and configured by a file {@code name.conf}; it ends with this. */
    public static Loopback alone(String name) {
        Config config = ConfigFactory.load(name);
        return new Loopback(ActorSystem.create(name, config), config, true);
    }

    /** On an actor system that others use too; the file {@code name.conf} counts for the socket only. */
    public static Loopback on(ActorSystem system, String name) {
        return new Loopback(system, ConfigFactory.load(name), false);
    }

    public ActorSystem system() {
        return system;
    }

    /** The actor system may outlive this; what was to be run later must not. */
    public Later later() {
        return (wait, work) -> {
            if (!closed) {
                system.scheduler().scheduleOnce(wait, () -> unlessClosed(work), system.dispatcher());
            }
        };
    }

    private void unlessClosed(Runnable work) {
        if (!closed) {
            work.run();
        }
    }

    public Cancellable every(Duration beat, Runnable work) {
        return system.scheduler().scheduleWithFixedDelay(beat, beat, work, system.dispatcher());
    }

    /** Serves from now on; port 0 takes a free one. Fails with {@code CompletionException} when the port is taken. */
    public void serve(int port, Route route) {
        binding = Http.get(system)
                .newServerAt(HOST, port)
                .withSettings(ServerSettings.create(config))
                .bind(route)
                .toCompletableFuture()
                .join();
    }

    public int port() {
        if (binding == null) {
            throw new IllegalStateException("not served yet");
        }
        return binding.localAddress().getPort();
    }

    public URI url() {
        return URI.create("http://" + HOST + ":" + port());
    }

    /** Ends the socket, with what is under way given a few seconds, and whatever was to be run later. */
    public void unbind() {
        boolean serving = !closed;
        closed = true;
        if (serving && binding != null) {
            binding.terminate(CLOSE_WITHIN).toCompletableFuture().join();
        }
    }

    /** Ends the socket, and the actor system if it is its own. */
    @Override
    public void close() {
        unbind();
        if (ownsSystem) {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
    }
}
