package dev.tournant.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.InvalidValue;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What answers mean that are no success, for partners that keep to the meanings of HTTP: 401 and 403 ask for new
 * authorisation, 408, 425, 429 and 5xx pass, and the rest stays.
 *
 * @param code where an answer holds the partner's word for what is wrong; tried one after another, at most 8. A name
 *     that is a number is a place in a list
 * @param detail where it says more; repeated in reasons as {@link Details#plain} has it, as it may echo a secret
 * @param waits where an answer that means "too many" says how long to wait; at most 8
 * @param passing codes of trouble that passes, whatever the status; at most {@value #CODES_MAX}
 * @param unauthorised codes that ask for new authorisation, whatever the status; at most {@value #CODES_MAX}
 * @param tooMany codes that mean too many calls, whatever the status, and pass too; at most {@value #CODES_MAX}
 */
public record Refusals(
        List<FieldPath> code,
        List<FieldPath> detail,
        List<Wait> waits,
        Set<String> passing,
        Set<String> unauthorised,
        Set<String> tooMany) {
    public static final int CODES_MAX = 64;

    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final Set<Integer> PASSING = Set.of(TIMEOUT, 425, TOO_MANY);

    public Refusals {
        code = Settings.list("code", code, 0, 8);
        detail = Settings.list("detail", detail, 0, 8);
        waits = Settings.list("waits", waits, 0, 8);
        passing = Set.copyOf(Settings.list("passing", List.copyOf(passing), 0, CODES_MAX));
        unauthorised = Set.copyOf(Settings.list("unauthorised", List.copyOf(unauthorised), 0, CODES_MAX));
        tooMany = Set.copyOf(Settings.list("too-many", List.copyOf(tooMany), 0, CODES_MAX));
    }

    /** Codes and details at these places; {@code Retry-After} says how long to wait. */
    public static Refusals at(String code, String detail) {
        return new Refusals(
                List.of(FieldPath.of(code)),
                List.of(FieldPath.of(detail)),
                List.of(Wait.RETRY_AFTER),
                Set.of(),
                Set.of(),
                Set.of());
    }

    public Refusals withWaits(Wait... others) {
        return new Refusals(code, detail, List.of(others), passing, unauthorised, tooMany);
    }

    public Refusals withPassing(String... codes) {
        return new Refusals(code, detail, waits, Set.of(codes), unauthorised, tooMany);
    }

    public Refusals withUnauthorised(String... codes) {
        return new Refusals(code, detail, waits, passing, Set.of(codes), tooMany);
    }

    public Refusals withTooMany(String... codes) {
        return new Refusals(code, detail, waits, passing, unauthorised, Set.of(codes));
    }

    /** What an answer means that is no success. Never throws for what a partner may answer. */
    public Outcome outcome(Answer answer) {
        String word = code(answer);
        String why = "HTTP " + answer.status() + (word.isEmpty() ? "" : " " + word) + said(answer);
        if (passing.contains(word) || tooMany.contains(word)) {
            return new Outcome.TryLater(Wait.longest(waits, answer), why);
        }
        if (answer.status() == 401 || answer.status() == 403 || unauthorised.contains(word)) {
            return new Outcome.NeedsReauthorisation(why);
        }
        if (PASSING.contains(answer.status())) {
            return new Outcome.TryLater(Wait.longest(waits, answer), why);
        }
        if (answer.status() >= 500) {
            // Not what counts calls: some partners tell on every answer when their count begins anew.
            return new Outcome.TryLater(Wait.longest(List.of(Wait.RETRY_AFTER), answer), why);
        }
        return new Outcome.GiveUp(word.isEmpty() ? "http-" + answer.status() : word, why);
    }

    /**
     * Whether a call that was answered so may have been carried out all the same: something broke at the partner, or took too
     * long. What would make a thing twice is then looked for before it is told again.
     */
    public boolean leavesOpen(Answer answer) {
        boolean broke = answer.status() >= 500 || answer.status() == TIMEOUT;
        return broke && !isTooMany(answer) && outcome(answer) instanceof Outcome.TryLater;
    }

    /** The partner's word for what is wrong; empty where there is none. */
    public String code(Answer answer) {
        return first(code, answer);
    }

    /** Whether a document bears one of the codes that count whatever the status, so that it is no success. */
    public boolean refuses(JsonNode document) {
        String word = first(code, document);
        return passing.contains(word) || unauthorised.contains(word) || tooMany.contains(word);
    }

    /** Whether an answer means too many calls: by its code, or by its status where its code does not mean something else. */
    public boolean isTooMany(Answer answer) {
        String word = answer.status() == TOO_MANY || !tooMany.isEmpty() ? code(answer) : "";
        return tooMany.contains(word)
                || (answer.status() == TOO_MANY && !passing.contains(word) && !unauthorised.contains(word));
    }

    /** How long an answer that means too many calls wants no more of them; zero where it does not say. */
    public Duration stop(Answer answer) {
        return Wait.longest(waits, answer);
    }

    private String said(Answer answer) {
        String text = Details.plain(first(detail, answer));
        return text.isEmpty() ? "" : ": " + text;
    }

    private static String first(List<FieldPath> places, Answer answer) {
        try {
            return first(places, Documents.object(answer.body()));
        } catch (InvalidValue e) {
            // An answer that is no JSON says nothing but its status.
            return "";
        }
    }

    private static String first(List<FieldPath> places, JsonNode document) {
        for (FieldPath place : places) {
            String text = place.text(document).orElse("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
