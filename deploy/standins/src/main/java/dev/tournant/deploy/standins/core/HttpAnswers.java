package dev.tournant.deploy.standins.core;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;

/** Answers as Akka HTTP sends them. */
public final class HttpAnswers {
    private HttpAnswers() {}

    public static HttpResponse of(Answer answer) {
        return HttpResponse.create()
                .withStatus(answer.status())
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(answer.body())));
    }
}
