package dev.tournant.cluster.merchant;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.tournant.messages.MerchantMessage;

/**
 * Takes what comes from outside before Akka Persistence sees it. That would stash what comes while a write is under
 * way, and hand it on by recursion: some hundreds overflow a thread's stack (akka/akka#29933), which ends the JVM.
 */
final class MerchantFront extends BehaviorInterceptor<MerchantMessage, MerchantMessage> {
    private final Merchant merchant;

    MerchantFront(Merchant merchant) {
        super(MerchantMessage.class);
        this.merchant = merchant;
    }

    @Override
    public Behavior<MerchantMessage> aroundReceive(
            TypedActorContext<MerchantMessage> typed, MerchantMessage message, ReceiveTarget<MerchantMessage> target) {
        boolean own = message instanceof Merchant.Internal || message instanceof Merchant.ReadNow;
        return own ? target.apply(typed, message) : taken(message);
    }

    private Behavior<MerchantMessage> taken(MerchantMessage message) {
        merchant.take(message);
        return Behaviors.same();
    }
}
