package dev.tournant.messages;

import akka.actor.typed.ActorRef;

/** What a merchant actor receives. */
public interface MerchantMessage {
    /** Carry out a command; answered once, after its effect is committed. */
    record Change(MerchantCommand command, ActorRef<MerchantReply> replyTo) implements MerchantMessage, WireMessage {}

    /** Answer a question. */
    record Ask(MerchantQuery query, ActorRef<MerchantReply> replyTo) implements MerchantMessage, WireMessage {}

    /**
     * Sends every revision after {@code after} to the watcher, beginning with {@link WatchSignal.Watching}. Repeating
     * it renews the watch, which otherwise runs out.
     */
    record Watch(long after, ActorRef<WatchSignal> watcher) implements MerchantMessage, WireMessage {}

    /** The watcher is gone. */
    record Unwatch(ActorRef<WatchSignal> watcher) implements MerchantMessage, WireMessage {}
}
