package dev.tournant.deploy.standins.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.standins.core.Answer;
import java.util.UUID;
import java.util.function.Supplier;

/** What a part of a restaurant says: a body, or an error that gets the id of its request when it is sent. */
interface Reply {
    Answer answer(Supplier<UUID> requestId);

    static Reply ok(JsonNode body) {
        return requestId -> Answer.ok(body);
    }

    static Reply refused(ToastError error) {
        return requestId -> error.answer(requestId.get());
    }
}
