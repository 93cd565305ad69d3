package dev.tournant.deploy.standins.square;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;

/** Answers as Akka HTTP sends them. */
final class HttpAnswers {
    private HttpAnswers() {}

    static HttpResponse of(Answer answer) {
        return HttpResponse.create()
                .withStatus(answer.status())
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.write(answer.body())));
    }
}
