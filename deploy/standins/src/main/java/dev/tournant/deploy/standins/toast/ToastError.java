package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A refusal as Toast words it. Its own codes are not published: the HTTP status stands for them. */
record ToastError(int status, String message, @Nullable String fieldName) {

    static ToastError unauthorized() {
        return new ToastError(401, "The access token is missing, wrong or expired", null);
    }

    static ToastError wrongCredentials() {
        return new ToastError(401, "The client id or secret is wrong", null);
    }

    static ToastError tooMany() {
        return new ToastError(429, "Too many requests", null);
    }

    static ToastError internal() {
        return new ToastError(500, "An unexpected error occurred", null);
    }

    static ToastError unavailable() {
        return new ToastError(503, "The service is unavailable", null);
    }

    static ToastError noSuchRestaurant() {
        return new ToastError(404, "No restaurant has this GUID", null);
    }

    static ToastError nothingPublished() {
        return new ToastError(404, "The restaurant has published no menus", null);
    }

    static ToastError noSuchPath() {
        return new ToastError(404, "Not found", null);
    }

    static ToastError notAllowed() {
        return new ToastError(405, "The method is not allowed here", null);
    }

    static ToastError bad(String message, @Nullable String fieldName) {
        return new ToastError(400, message, fieldName);
    }

    Answer answer(UUID requestId) {
        ObjectNode json = Json.object();
        json.put("status", status);
        json.put("code", status);
        json.put("message", message);
        json.putNull("messageKey");
        json.put("fieldName", fieldName);
        json.putNull("link");
        json.put("requestId", requestId.toString());
        json.putNull("developerMessage");
        json.putArray("errors");
        return Answer.of(status, json);
    }
}
