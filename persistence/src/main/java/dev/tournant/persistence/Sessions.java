package dev.tournant.persistence;

import akka.actor.ActorSystem;
import akka.stream.alpakka.cassandra.CqlSessionProvider;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.internal.core.config.typesafe.DefaultDriverConfigLoader;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import java.util.concurrent.CompletionStage;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** Opens sessions with Cassandra at {@link ContactPoints}; Akka Persistence has its session from here. */
public final class Sessions implements CqlSessionProvider {
    static final String DRIVER = "datastax-java-driver";

    private final Config driver;

    /** Called by Akka Persistence with its own section, which is not asked: all sessions are alike. */
    public Sessions(ActorSystem system, Config section) {
        this.driver = driver(system.settings().config());
    }

    @Override
    public Future<CqlSession> connect(ExecutionContext executor) {
        return FutureConverters.asScala(open(driver));
    }

    /** The driver's section with the contact points in it. */
    static Config driver(Config config) {
        return config.getConfig(DRIVER)
                .withValue("basic.contact-points", ConfigValueFactory.fromIterable(ContactPoints.of(config)));
    }

    /** A session of its own, for whoever changes the driver's section. */
    static CompletionStage<CqlSession> open(Config driver) {
        return CqlSession.builder().withConfigLoader(loader(driver)).buildAsync();
    }

    /** What the driver is to go by, and nothing else. */
    static DriverConfigLoader loader(Config driver) {
        return new DefaultDriverConfigLoader(() -> driver, false);
    }
}
