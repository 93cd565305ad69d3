package dev.tournant.cluster.merchant;

import akka.actor.typed.ActorRef;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantCommand.Absorb;
import dev.tournant.messages.MerchantReply;
import dev.tournant.persistence.Commit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Commands that wait to be decided, in order of arrival, and the groups in which they are. */
final class Waiting {
    private final MerchantRules rules;
    private final MerchantLimits limits;
    private final Deque<Change> changes = new ArrayDeque<>();

    /** A command, and who waits for its answer. */
    record Change(MerchantCommand command, ActorRef<MerchantReply> replyTo) {
        private int deliveries() {
            return command instanceof Absorb absorb ? absorb.deliveries().size() : 1;
        }
    }

    /**
     * Commands that were decided one after another, each against the state that the ones before lead to.
     *
     * @param after the state that all of them lead to
     * @param parts what is to be written; empty if nothing
     * @param answers to be given when it is
     */
    record Group(MerchantState after, List<Commit> parts, List<Runnable> answers) {}

    Waiting(MerchantRules rules, MerchantLimits limits) {
        this.rules = rules;
        this.limits = limits;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    boolean isFull() {
        return changes.size() >= limits.waitingMax();
    }

    /** Whether such a command waits already. */
    boolean has(Class<? extends MerchantCommand> sort) {
        return changes.stream().anyMatch(each -> sort.isInstance(each.command()));
    }

    void add(Change change) {
        changes.add(change);
    }

    /** Decides as many as a group may hold. */
    Group decide(MerchantState state) {
        List<Commit> parts = new ArrayList<>();
        MerchantState now = state;
        List<Runnable> answers = new ArrayList<>();
        int size = 0;
        long weight = 0;
        while (!changes.isEmpty()
                && answers.size() < limits.groupCommandsMax()
                && size < limits.groupDeliveriesMax()
                && weight < limits.groupBytesMax()) {
            Change change = changes.remove();
            size += change.deliveries();
            Decision decision = rules.decide(now, change.command(), limits.groupBytesMax() - weight);
            if (!decision.commit().isEmpty()) {
                parts.add(decision.commit());
            }
            now = decision.after();
            weight += decision.weight();
            answers.add(() -> change.replyTo().tell(decision.reply()));
        }
        return new Group(now, parts, answers);
    }
}
