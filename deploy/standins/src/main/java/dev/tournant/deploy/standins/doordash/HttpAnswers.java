package dev.tournant.deploy.standins.doordash;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers as Akka HTTP sends them: whole, piece by piece, or broken off. */
final class HttpAnswers {
    private static final int PIECES = 8;

    /** Says no more in the log than that it was no accident. */
    private static final class CutOnPurpose extends IOException {
        CutOnPurpose() {
            super("cut on purpose");
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private HttpAnswers() {}

    static HttpResponse whole(Answer answer) {
        return head(answer).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(answer.body())));
    }

    /** The body takes about this long to arrive, in pieces. */
    static HttpResponse slowly(Answer answer, Duration within) {
        ByteString body = ByteString.fromArray(Json.write(answer.body()));
        int size = Math.max(1, (body.size() + PIECES - 1) / PIECES);
        List<ByteString> pieces = new ArrayList<>();
        for (int at = 0; at < body.size(); at += size) {
            pieces.add(body.slice(at, Math.min(body.size(), at + size)));
        }
        Source<ByteString, Object> dripping =
                Source.from(pieces).throttle(1, within.dividedBy(PIECES)).mapMaterializedValue(unused -> unused);
        return head(answer).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body.size(), dripping));
    }

    /** The connection is cut where the body should have come. */
    static HttpResponse cut(Answer answer) {
        Source<ByteString, Object> broken =
                Source.<ByteString>failed(new CutOnPurpose()).mapMaterializedValue(unused -> unused);
        int length = Json.write(answer.body()).length;
        return head(answer).withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, length, broken));
    }

    private static HttpResponse head(Answer answer) {
        List<HttpHeader> headers = new ArrayList<>();
        answer.headers().forEach((name, value) -> headers.add(RawHeader.create(name, value)));
        return HttpResponse.create().withStatus(answer.status()).withHeaders(headers);
    }
}
