package dev.tournant.deploy.standins.toast;

import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.ResponseEntity;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Luck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers as they leave: with what they say of limits, and with the bodies that come slowly or break off. */
final class Wire {
    /** Pieces of a body that comes slowly. */
    private static final int PIECES = 10;

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

    private final Luck<Faults> luck;

    Wire(Luck<Faults> luck) {
        this.luck = luck;
    }

    HttpResponse response(Answer answer, Optional<Limiter.Verdict> verdict) {
        HttpResponse response = HttpResponse.create().withStatus(answer.status());
        return verdict.map(said -> response.addHeaders(headers(said)))
                .orElse(response)
                .withEntity(entity(Json.write(answer.body())));
    }

    private static List<HttpHeader> headers(Limiter.Verdict verdict) {
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(RawHeader.create("X-Toast-RateLimit-By", verdict.by().name()));
        headers.add(RawHeader.create("X-Toast-RateLimit-Remaining", Integer.toString(verdict.remaining())));
        headers.add(RawHeader.create("X-Toast-RateLimit-Reset", Long.toString(verdict.resetEpochSeconds())));
        if (!verdict.admitted()) {
            headers.add(RawHeader.create("Retry-After", Long.toString(verdict.retryAfterSeconds())));
        }
        return headers;
    }

    private ResponseEntity entity(byte[] bytes) {
        Faults faults = luck.faults();
        ByteString body = ByteString.fromArray(bytes);
        if (luck.strikes(faults.resetRatio())) {
            return streamed(body, broken(body));
        }
        return faults.slowBodyMs() == 0
                ? HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes)
                : streamed(body, slow(body, Duration.ofMillis(faults.slowBodyMs())));
    }

    private static ResponseEntity streamed(ByteString body, Source<ByteString, NotUsed> source) {
        return HttpEntities.create(
                ContentTypes.APPLICATION_JSON, body.length(), source.mapMaterializedValue(unused -> (Object) unused));
    }

    /** Promises the whole and sends the half. */
    private static Source<ByteString, NotUsed> broken(ByteString body) {
        return Source.single(body.take(body.length() / 2)).concat(Source.failed(new BrokenOff()));
    }

    private static Source<ByteString, NotUsed> slow(ByteString body, Duration within) {
        int length = body.length() / PIECES + 1;
        List<ByteString> pieces = new ArrayList<>();
        for (ByteString left = body; !left.isEmpty(); left = left.drop(length)) {
            pieces.add(left.take(length));
        }
        return Source.from(pieces)
                .delay(within.dividedBy(PIECES), akka.stream.DelayOverflowStrategy.backpressure())
                .withAttributes(akka.stream.Attributes.inputBuffer(1, 1));
    }
}
