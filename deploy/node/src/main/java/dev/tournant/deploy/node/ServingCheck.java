package dev.tournant.deploy.node;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.function.BooleanSupplier;
import scala.concurrent.Future;
import scala.runtime.AbstractFunction0;

/** Ready only after everything has been started and the directory has been read. Asked by Akka Management. */
public final class ServingCheck extends AbstractFunction0<Future<Object>> {
    private final ActorSystem system;

    /** Called by Akka Management. */
    public ServingCheck(ActorSystem system) {
        this.system = system;
    }

    @Override
    public Future<Object> apply() {
        return Future.successful(Switch.ID.get(system).serving.getAsBoolean());
    }

    /** From now on this tells whether the node serves. */
    static void serving(ActorSystem system, BooleanSupplier serving) {
        Switch.ID.get(system).serving = serving;
    }

    private static final class Switch implements Extension {
        private static final Id ID = new Id();

        private volatile BooleanSupplier serving = () -> false;

        private static final class Id extends AbstractExtensionId<Switch> {
            @Override
            public Switch createExtension(ExtendedActorSystem system) {
                return new Switch();
            }
        }
    }
}
