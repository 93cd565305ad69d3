package dev.tournant.deploy.node;

import akka.actor.typed.ActorRef;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts;
import dev.tournant.cluster.poll.Fetcher;
import dev.tournant.cluster.poll.ShardedPollers;
import dev.tournant.cluster.publish.KafkaChanges;
import dev.tournant.cluster.push.Pusher;
import dev.tournant.messages.Revision;
import dev.tournant.model.MerchantId;
import dev.tournant.model.MerchantProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What merchants use of this node. */
record NodePorts(KafkaChanges changes, Fetcher fetcher, ShardedPollers plan, Pusher pusher) implements MerchantPorts {
    @Override
    public void publish(
            MerchantId merchant,
            List<Revision> revisions,
            @Nullable MerchantProfile profile,
            ActorRef<Merchant.Internal> replyTo) {
        changes.publish(merchant, revisions, profile, replyTo);
    }

    @Override
    public void fetch(MerchantId merchant, Reading reading, ActorRef<Merchant.Internal> replyTo) {
        fetcher.fetch(merchant, reading, replyTo);
    }

    @Override
    public void push(MerchantId merchant, Difference difference, Lane lane, ActorRef<Merchant.Internal> replyTo) {
        pusher.push(merchant, difference, lane, replyTo);
    }
}
