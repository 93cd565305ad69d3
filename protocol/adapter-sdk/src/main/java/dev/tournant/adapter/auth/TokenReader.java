package dev.tournant.adapter.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Wait;
import dev.tournant.model.InvalidValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads answers to token requests. Reasons hold the status and known words only: an answer may echo anything. */
final class TokenReader {
    /** Too slow, too early, too many. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final TokenFields fields;
    private final Answer answer;
    private final Instant now;

    TokenReader(TokenFields fields, Answer answer, Instant now) {
        this.fields = fields;
        this.answer = answer;
        this.now = now;
    }

    TokenReply read(@Nullable Token before) {
        ObjectNode document = document();
        String error = document == null ? "" : fields.error().text(document).orElse("");
        boolean good = answer.status() / 100 == 2;
        Optional<String> access =
                good && document != null ? fields.accessToken().text(document) : Optional.empty();
        if (document != null && access.isPresent()) {
            return granted(document, access.get(), before);
        }
        if (fields.passing().contains(error)) {
            return later(" " + error);
        }
        if (fields.lasting().contains(error)) {
            return new TokenReply.Refused(error, "HTTP " + answer.status() + " " + error);
        }
        if (good) {
            return later(" without " + fields.accessToken());
        }
        if (PASSING.contains(answer.status()) || answer.status() >= 500) {
            return later("");
        }
        return new TokenReply.Refused("http-" + answer.status(), "HTTP " + answer.status());
    }

    private @Nullable ObjectNode document() {
        try {
            return Documents.object(answer.body());
        } catch (InvalidValue e) {
            return null;
        }
    }

    private TokenReply granted(ObjectNode document, String access, @Nullable Token before) {
        try {
            Settings.headerValue(fields.accessToken().toString(), access);
            return new TokenReply.Granted(new Token(
                    access, refresh(document, before), now, fields.expiry().of(document, now)));
        } catch (InvalidValue e) {
            return later(", " + e.getMessage());
        }
    }

    private @Nullable String refresh(ObjectNode document, @Nullable Token before) {
        Optional<String> next = fields.refreshToken() == null
                ? Optional.empty()
                : fields.refreshToken().text(document);
        return next.orElse(before == null ? null : before.refresh());
    }

    private TokenReply later(String what) {
        return new TokenReply.TryLater(
                Wait.longest(List.of(Wait.RETRY_AFTER), answer), "HTTP " + answer.status() + what);
    }
}
