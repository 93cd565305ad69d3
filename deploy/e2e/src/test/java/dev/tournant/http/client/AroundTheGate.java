package dev.tournant.http.client;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What no class of the client may do; never run. Each class breaks the rule in one way. */
public final class AroundTheGate {
    private AroundTheGate() {}

    public static final class OverTheWire {
        Object send(Wire wire) {
            return wire.connection(new CompletableFuture<>());
        }
    }

    public static final class OnAConnection {
        Object send(Wire wire, ActorSystem<?> system, HttpRequest request) {
            return Connection.open(wire, system).send(request);
        }
    }

    public static final class WithAPassOfItsOwn {
        Object send(PartnerPool pool, HttpRequest request) {
            return pool.send(new Attempt(request, new Forged(), Lane.ORDER, 0, Duration.ZERO));
        }
    }

    public static final class Forged implements Gates.Pass {
        @Override
        public boolean isGood() {
            return true;
        }

        @Override
        public void answered(Answer answer) {}

        @Override
        public void lost() {}

        @Override
        public void unused() {}
    }
}
