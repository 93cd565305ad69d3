package dev.tournant.cluster.gate;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.News;
import dev.tournant.messages.PoolBoard;
import dev.tournant.messages.WireMessage;
import org.jspecify.annotations.Nullable;

/** What a gate receives. */
public interface GateMessage {
    /**
     * Asks for a permit, and asks again for as long as it waits: a wish that nobody repeats is not granted any more.
     *
     * @param id new for each permit, the same when it is repeated
     * @param round counts the repetitions; a grant says which one it answers
     * @param withinMillis how long it may still wait
     */
    record Ask(long id, int round, Lane lane, long withinMillis, Terms terms, ActorRef<GateReply> replyTo)
            implements GateMessage, WireMessage {}

    /**
     * What became of a permit, or of a wish that is withdrawn.
     *
     * @param news what the answer told; null where there was none
     */
    record Ended(long id, How how, @Nullable News news) implements GateMessage, WireMessage {}

    /** The three ends of a permit. */
    enum How {
        ANSWERED,
        LOST,
        UNUSED
    }

    /** Shows the pool; does not open it. */
    record Look(ActorRef<Seen> replyTo) implements GateMessage, WireMessage {}

    /** @param pool null where nobody has used it lately */
    record Seen(PoolBoard.@Nullable Pool pool) implements WireMessage {}

    /** What never leaves the node. */
    interface Internal extends GateMessage {}

    /** What a gate answers to an {@link Ask}. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = GateReply.Granted.class, name = "granted"),
        @JsonSubTypes.Type(value = GateReply.Refused.class, name = "refused")
    })
    sealed interface GateReply extends WireMessage {
        long id();

        /**
         * One call may go out.
         *
         * @param round of the {@link Ask} that it answers: the permit is good for {@code lifeMillis} from before that was
         *     sent, by the clock of the node that sent it
         */
        record Granted(long id, int round, long lifeMillis) implements GateReply {}

        /** It could not go in the time that there was; in {@code afterMillis} it could. */
        record Refused(long id, long afterMillis, String why) implements GateReply {}
    }
}
