package dev.tournant.deploy.standins.core;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.ThrottleMode;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Answers as Akka HTTP sends them: whole, piece by piece, or broken off. */
public final class HttpAnswers {
    /** Pieces of a body that comes slowly. */
    private static final int PIECES = 8;

    /** The failure of a stream overtakes what waits in its buffers: without a wait, nothing of the answer would arrive. */
    private static final Duration HALF_LEAVES_WITHIN = Duration.ofMillis(50);

    /** Akka logs it with all that it carries; it says enough without a trace. */
    private static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenOff() {
            super("broken off on purpose");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private HttpAnswers() {}

    public static HttpResponse of(Answer answer) {
        return head(answer).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(answer.body())));
    }

    /** The body takes about this long to arrive, in pieces; zero sends it whole. */
    public static HttpResponse slowly(Answer answer, Duration within) {
        if (within.isZero()) {
            return of(answer);
        }
        ByteString body = body(answer);
        int size = (body.size() + PIECES - 1) / PIECES;
        List<ByteString> pieces = new ArrayList<>();
        for (ByteString left = body; !left.isEmpty(); left = left.drop(size)) {
            pieces.add(left.take(size));
        }
        Duration beat = within.dividedBy(pieces.size());
        // Of itself a throttle lets a tenth of a second's worth pass at once.
        Source<ByteString, ?> dripping =
                Source.from(pieces).initialDelay(beat).throttle(1, beat, 1, ThrottleMode.shaping());
        return streamed(answer, body.size(), dripping);
    }

    /** Promises the whole body and sends half of it; then the connection is cut. */
    public static HttpResponse brokenOff(Answer answer) {
        ByteString body = body(answer);
        Source<ByteString, ?> failure = Source.<ByteString>never()
                .completionTimeout(HALF_LEAVES_WITHIN)
                .mapError(TimeoutException.class, late -> new BrokenOff());
        Source<ByteString, ?> half = Source.single(body.take(body.size() / 2)).concatLazy(failure);
        return streamed(answer, body.size(), half);
    }

    private static ByteString body(Answer answer) {
        return ByteString.fromArray(Json.write(answer.body()));
    }

    private static HttpResponse streamed(Answer answer, long length, Source<ByteString, ?> body) {
        return head(answer)
                .withEntity(HttpEntities.create(
                        ContentTypes.APPLICATION_JSON, length, body.mapMaterializedValue(unused -> (Object) unused)));
    }

    private static HttpResponse head(Answer answer) {
        List<HttpHeader> headers = new ArrayList<>();
        answer.headers().forEach((name, value) -> headers.add(RawHeader.create(name, value)));
        return HttpResponse.create().withStatus(answer.status()).withHeaders(headers);
    }
}
