package dev.tournant.http.server;

import dev.tournant.messages.MerchantQuery;
import dev.tournant.messages.Problem;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is wanted.
 *
 * @param after what the page before ended with; null for the first page
 */
record Page(@Nullable String after, int limit) {
    private static final int LIMIT_ELSE = 100;
    static final int LIMIT_MAX = MerchantQuery.Records.LIMIT_MAX;

    static Page of(Call call) {
        return of(call.query("after", "limit"));
    }

    /** From a query that has other parameters too. */
    static Page of(Map<String, String> query) {
        String token = query.get("after");
        return new Page(token == null ? null : untoken(token), limit(query.get("limit")));
    }

    /** Where the page begins, read as {@code read} does. */
    <T> Optional<T> after(Function<String, T> read) {
        try {
            return Optional.ofNullable(after).map(read);
        } catch (InvalidValue | IllegalArgumentException e) {
            throw badToken();
        }
    }

    /** The path and query of the page after the one that ends with {@code last}. */
    String next(String path, String last) {
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        return path + "?after=" + token + "&limit=" + limit;
    }

    private static String untoken(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return LIMIT_ELSE;
        }
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LIMIT_MAX) {
                return limit;
            }
        }
        throw new Refusal(Problem.BAD_REQUEST, "limit must be a whole number from 1 to " + LIMIT_MAX);
    }

    private static Refusal badToken() {
        return new Refusal(Problem.BAD_REQUEST, "after must be taken from the link \"next\" of the page before");
    }
}
