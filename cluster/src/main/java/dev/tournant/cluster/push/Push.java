package dev.tournant.cluster.push;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Gates;
import dev.tournant.adapter.Lane;
import dev.tournant.adapter.Outbound;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Result;
import dev.tournant.cluster.merchant.Merchant;
import dev.tournant.cluster.merchant.MerchantPorts.PushEnded;
import dev.tournant.cluster.merchant.MerchantPorts.Told;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One push: plans it, makes its calls in the order of its {@link Course}, and tells the merchant of each what became of its
 * records as soon as that is known. It begins no further call once the merchant is gone from this node: the next one compares
 * for itself. However it stops, the merchant is told that it ended, after everything else.
 */
final class Push extends AbstractBehavior<Push.Message> {
    private static final int PATH_CHARS_MAX = 200;
    private static final Plan NOTHING = new Plan(List.of(), Map.of());

    /** What a push receives. */
    sealed interface Message {}

    private enum Begin implements Message {
        NOW
    }

    private enum MerchantGone implements Message {
        NOW
    }

    private record Ended(
            Call call, @Nullable Answer answer, @Nullable Throwable failure) implements Message {}

    /** What a push has to do, and for whom. */
    record Task(
            MerchantId merchant,
            Difference difference,
            Lane lane,
            Adapter adapter,
            ActorRef<Merchant.Internal> replyTo) {
        PartnerName partner() {
            return difference.link().partner();
        }
    }

    private final Task task;
    private final Outbound outbound;
    private final PushSettings settings;
    private final PushMetrics metrics;
    private final Translator translator;
    private final long begunNanos = System.nanoTime();

    private Standing standing = new Standing(NOTHING);
    private Course course;
    private boolean isMerchantGone;
    /** What the merchant is told if nothing better is known when this stops. */
    private @Nullable String failure = "the push broke off; the log of its node says why";

    private Push(
            ActorContext<Message> context, Task task, Outbound outbound, PushSettings settings, PushMetrics metrics) {
        super(context);
        this.task = task;
        this.outbound = outbound;
        this.settings = settings;
        this.metrics = metrics;
        this.course = new Course(List.of(), settings);
        this.translator = new Translator(
                task.adapter(),
                thrown -> context.getLog()
                        .warn(
                                "the adapter for {} has a defect, met when telling link {} of merchant {}",
                                task.partner(),
                                task.difference().link().id(),
                                task.merchant(),
                                thrown));
    }

    static Behavior<Message> create(Task task, Outbound outbound, PushSettings settings, PushMetrics metrics) {
        return Behaviors.setup(context -> {
            context.watchWith(task.replyTo(), MerchantGone.NOW);
            context.getSelf().tell(Begin.NOW);
            return new Push(context, task, outbound, settings, metrics);
        });
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessageEquals(Begin.NOW, this::begin)
                .onMessageEquals(MerchantGone.NOW, this::merchantGone)
                .onMessage(Ended.class, this::ended)
                .onSignal(PostStop.class, stopped -> stopped())
                .build();
    }

    private Behavior<Message> begin() {
        Plan plan = translator.plan(task.difference());
        standing = new Standing(plan);
        course = new Course(plan.steps(), settings);
        tell(standing.settled(), Map.of(), Told.PLAN);
        return proceed();
    }

    /** What it knows is lost with it, and found out by whoever comes after it. */
    private Behavior<Message> merchantGone() {
        isMerchantGone = true;
        metrics.abandoned(task.partner());
        course.halt("merchant " + task.merchant() + " is not on this node any more");
        return proceed();
    }

    private Behavior<Message> proceed() {
        for (Optional<Call> call = course.next(); call.isPresent(); call = course.next()) {
            Call made = call.get();
            getContext().pipeToSelf(send(made), (answer, thrown) -> new Ended(made, answer, thrown));
        }
        if (!course.isOver()) {
            return this;
        }
        failure = course.failure();
        return Behaviors.stopped();
    }

    private CompletionStage<Answer> send(Call call) {
        try {
            return outbound.send(task.difference().link(), call.request(), task.lane());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Behavior<Message> ended(Ended ended) {
        Call call = ended.call();
        Answer answer = ended.answer();
        String line = line(call);
        Result result;
        if (answer != null) {
            result = translator.read(call, answer);
            line += " -> " + answer.status();
        } else {
            Throwable cause = cause(ended.failure());
            result = unanswered(call, cause);
            line += isUnsent(cause) ? " -> not sent" : " -> no answer";
        }
        metrics.called(task.partner(), result);
        tell(standing.ended(call, result), result.remotes(), line);
        course.ended(call, result);
        return proceed();
    }

    private static String line(Call call) {
        String path = call.request().path();
        return call.request().method() + " "
                + (path.length() <= PATH_CHARS_MAX ? path : path.substring(0, PATH_CHARS_MAX - 1) + "…");
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        Throwable inner = failure == null ? null : failure.getCause();
        return failure instanceof CompletionException && inner != null ? inner : failure;
    }

    private static boolean isUnsent(@Nullable Throwable cause) {
        return cause instanceof Gates.Refused || (cause instanceof Outbound.Unreachable lost && lost.isUnsent());
    }

    /** A refusal of the gates says the same each time: what changes is remembered, and limits refuse often. */
    private Result unanswered(Call call, @Nullable Throwable cause) {
        if (cause instanceof Gates.Refused refused) {
            return Translator.unsent(
                    call,
                    refused.after(),
                    "the limits of " + task.partner() + " leave no room; GET /v1/pools shows them");
        }
        String why = cause instanceof Outbound.Unreachable ? String.valueOf(cause.getMessage()) : "" + cause;
        return isUnsent(cause) ? Translator.unsent(call, Duration.ZERO, why) : translator.unanswered(call, why);
    }

    private void tell(Map<RecordKey, Outcome> outcomes, Map<RecordKey, Remote> remotes, String call) {
        if (isMerchantGone || (outcomes.isEmpty() && remotes.isEmpty())) {
            return;
        }
        metrics.told(task.partner(), outcomes.values());
        task.replyTo()
                .tell(new Told(task.difference().link().id(), task.difference().nonce(), outcomes, remotes, call));
    }

    private Behavior<Message> stopped() {
        metrics.ended(task.partner(), task.lane(), failure == null, Duration.ofNanos(System.nanoTime() - begunNanos));
        if (!isMerchantGone) {
            task.replyTo()
                    .tell(new PushEnded(
                            task.difference().link().id(), task.difference().nonce(), failure, course.retryAfter()));
        }
        return this;
    }
}
