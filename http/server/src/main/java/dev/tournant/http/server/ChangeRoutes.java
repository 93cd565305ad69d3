package dev.tournant.http.server;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.JavaFlowSupport;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.tournant.http.server.Operation.Access;
import dev.tournant.messages.ChangeStream;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Problem;
import dev.tournant.messages.Revision;
import dev.tournant.model.MerchantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live changes as Server-Sent Events. The id of an event is the number of the revision, so that a client that lost the
 * connection goes on exactly where it was.
 */
final class ChangeRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeRoutes.class);
    /** An answer whose body was not asked for by then belongs to a client that is gone. */
    private static final Duration FETCHED_WITHIN = Duration.ofSeconds(30);

    private final Asking asking;
    private final ChangeStream changes;
    private final HttpConfig config;
    private final ActorSystem<?> system;
    private final Slots streams;
    private final SharedKillSwitch end = KillSwitches.shared("changes");

    ChangeRoutes(Asking asking, ChangeStream changes, HttpConfig config, ActorSystem<?> system, Slots streams) {
        this.asking = asking;
        this.changes = changes;
        this.config = config;
        this.system = system;
        this.streams = streams;
    }

    List<Operation> operations() {
        return List.of(new Operation("GET", "/v1/merchants/{id}/changes", Access.READ, this::stream));
    }

    /** Ends all streams in an orderly way; the clients reconnect to another node. Returns whether there were any. */
    boolean stop() {
        boolean any = streams.taken() > 0;
        end.shutdown();
        return any;
    }

    private CompletionStage<HttpResponse> stream(Call call) {
        MerchantId merchant = call.merchant();
        long after = after(call);
        return asking.summary(merchant)
                .thenComposeAsync(summary -> open(merchant, after, summary), system.executionContext());
    }

    private static long after(Call call) {
        Map<String, String> query = call.query("after");
        List<String> last = call.header("Last-Event-ID");
        @Nullable String text = last.isEmpty() ? query.get("after") : last.get(last.size() - 1);
        if (text == null) {
            return 0;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw new Refusal(Problem.BAD_REQUEST, "after and Last-Event-ID must be the number of a revision");
        }
        return Long.parseLong(text);
    }

    private CompletionStage<HttpResponse> open(MerchantId merchant, long after, MerchantReply.Merchant summary) {
        if (after > summary.revision()) {
            throw new Refusal(
                    Problem.BAD_REQUEST,
                    "revision " + after + " is not there yet; the newest one is " + summary.revision());
        }
        Slots.Slot slot = streams.take()
                .orElseThrow(
                        () -> new Refusal(Problem.SLOW_DOWN, "this node has no room for another stream of changes"));
        // The answer says 200 only when the merchant has a place for this stream.
        return AsOf.answered(changes.after(merchant, after), system.executionContext())
                .whenComplete((revisions, failure) -> {
                    if (failure != null) {
                        slot.free();
                    }
                })
                .thenApply(revisions -> HttpResponse.create()
                        .withEntity(HttpEntities.createChunked(
                                ContentTypes.create(MediaTypes.TEXT_EVENT_STREAM), events(merchant, revisions, slot))));
    }

    private Source<ByteString, NotUsed> events(
            MerchantId merchant, Flow.Publisher<Revision> revisions, Slots.Slot slot) {
        AtomicBoolean taken = new AtomicBoolean();
        system.scheduler()
                .scheduleOnce(
                        FETCHED_WITHIN,
                        () -> {
                            if (taken.compareAndSet(false, true)) {
                                slot.free();
                                JavaFlowSupport.Source.fromPublisher(revisions).runWith(Sink.cancelled(), system);
                            }
                        },
                        system.executionContext());
        return Source.lazySource(() -> taken.compareAndSet(false, true)
                        ? JavaFlowSupport.Source.<Revision>fromPublisher(revisions)
                        : Source.<Revision>failed(new IllegalStateException("asked for too late")))
                .map(ChangeRoutes::event)
                .recover(Throwable.class, () -> comment("the stream ended; reconnect to go on"))
                .prepend(Source.single(ByteString.fromString("retry: 2000\n\n")))
                .keepAlive(config.heartbeat(), () -> comment("still here"))
                .via(end.flow())
                .watchTermination((nothing, done) -> {
                    done.whenCompleteAsync(
                            (ended, failure) -> {
                                slot.free();
                                LOG.debug("stream of {} ended", merchant);
                            },
                            system.executionContext());
                    return NotUsed.getInstance();
                });
    }

    private static ByteString event(Revision revision) {
        String json = new String(Answers.bytes(revision), StandardCharsets.UTF_8);
        return ByteString.fromString("id: " + revision.number() + "\ndata: " + json + "\n\n");
    }

    private static ByteString comment(String text) {
        return ByteString.fromString(": " + text + "\n\n");
    }
}
