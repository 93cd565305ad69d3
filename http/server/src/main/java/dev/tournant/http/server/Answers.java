package dev.tournant.http.server;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tournant.messages.Json;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.RecordKey;
import java.util.List;

/** Builds answers. */
final class Answers {
    private static final List<HttpHeader> SECURED = List.of(
            RawHeader.create("X-Content-Type-Options", "nosniff"),
            RawHeader.create("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            RawHeader.create("Cache-Control", "no-store"));

    private Answers() {}

    static HttpResponse json(Object json) {
        return json(StatusCodes.OK, json);
    }

    static HttpResponse json(StatusCode status, Object json) {
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, bytes(json)));
    }

    /** JSON that is written already. */
    static HttpResponse document(byte[] utf8) {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, utf8));
    }

    static HttpResponse text(String text) {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, text));
    }

    static HttpResponse empty(StatusCode status) {
        return HttpResponse.create().withStatus(status).withEntity(HttpEntities.EMPTY);
    }

    /** The headers that every answer bears. */
    static HttpResponse secured(HttpResponse response) {
        return response.addHeaders(SECURED);
    }

    static HttpHeader location(MerchantId merchant) {
        return RawHeader.create("Location", path(merchant));
    }

    static HttpHeader location(MerchantId merchant, RecordKey key) {
        return RawHeader.create("Location", path(merchant, key));
    }

    static HttpHeader location(MerchantId merchant, LinkId link) {
        return RawHeader.create("Location", path(merchant) + "/links/" + escaped(link.value()));
    }

    static String path(MerchantId merchant) {
        return "/v1/merchants/" + escaped(merchant.value());
    }

    static String path(MerchantId merchant, RecordKey key) {
        return path(merchant) + "/records/" + key.kind().json() + "/"
                + escaped(key.id().value());
    }

    /** Of all that an id may hold, only # means something in a path. */
    private static String escaped(String id) {
        return id.replace("#", "%23");
    }

    static byte[] bytes(Object json) {
        try {
            return Json.text().writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we built can be written", e);
        }
    }
}
