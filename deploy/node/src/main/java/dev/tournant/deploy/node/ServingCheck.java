package dev.tournant.deploy.node;

import akka.actor.AbstractExtensionId;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Ready only after everything has been started and the directory has been read. Asked by Akka Management. */
public final class ServingCheck implements Supplier<CompletionStage<Boolean>> {
    private final ActorSystem system;

    /** Called by Akka Management. */
    public ServingCheck(ActorSystem system) {
        this.system = system;
    }

    @Override
    public CompletionStage<Boolean> get() {
        return CompletableFuture.completedFuture(Switch.ID.get(system).serving.getAsBoolean());
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
