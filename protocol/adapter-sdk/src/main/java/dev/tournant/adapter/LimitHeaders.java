package dev.tournant.adapter;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where answers tell how much of a limit is used. Names are of headers, kept in lower case; null where there is none.
 *
 * @param limit how many calls the partner allows
 * @param remaining how many are left
 * @param reset when the partner counts anew
 * @param which names the limit that an answer tells of, where a partner tells of one of several
 * @param words what {@code which} says for this limit, in any case; 1 to 16 if there is a {@code which}, else none. An
 *     answer that says something else there, or nothing, tells nothing of this limit
 */
public record LimitHeaders(
        @Nullable String limit,
        @Nullable String remaining,
        @Nullable Wait reset,
        @Nullable String which,
        Set<String> words) {
    /** Answers tell nothing. */
    public static final LimitHeaders NONE = new LimitHeaders(null, null, null, null, Set.of());

    private static final int WORDS_MAX = 16;

    /** Some partners add more behind the number: {@code 100, 100;w=60}. */
    private static final Pattern NUMBER = Pattern.compile("\\s*([0-9]{1,18})(\\.[0-9]{0,9})?\\s*([,;].*)?");

    public LimitHeaders {
        limit = lower("limit", limit);
        remaining = lower("remaining", remaining);
        which = lower("which", which);
        if (reset != null && remaining == null) {
            throw Settings.wrong("reset", "is when the remaining calls are replaced: name the header of those too");
        }
        if (words.size() > WORDS_MAX || (which == null) != words.isEmpty()) {
            throw Settings.wrong(
                    "words", "must have 1 to " + WORDS_MAX + " elements if there is a which, and none otherwise");
        }
        words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable String lower(String field, @Nullable String header) {
        return header == null ? null : Settings.headerName(field, header).toLowerCase(Locale.ROOT);
    }

    /** The same for answers that name the limit they tell of. */
    public LimitHeaders where(String header, String... says) {
        return new LimitHeaders(limit, remaining, reset, header, Set.of(says));
    }

    /** What an answer tells, as {@link News} of a call that was not refused. Nothing that cannot be read counts. */
    News news(Answer answer) {
        if ((limit == null && remaining == null) || !tellsOfThis(answer)) {
            return News.NONE;
        }
        Integer allowed = number(limit, answer);
        Integer left = number(remaining, answer);
        Duration again = reset == null ? Duration.ZERO : reset.of(answer);
        return allowed == null && left == null
                ? News.NONE
                : new News(false, Duration.ZERO, allowed, left, again.isZero() ? null : again);
    }

    /** Whether an answer says that it tells of another limit than this one. */
    boolean namesAnother(Answer answer) {
        return which != null
                && answer.header(which)
                        .map(said -> !words.contains(said.strip().toLowerCase(Locale.ROOT)))
                        .orElse(false);
    }

    private boolean tellsOfThis(Answer answer) {
        return which == null || (answer.header(which).isPresent() && !namesAnother(answer));
    }

    private static @Nullable Integer number(@Nullable String header, Answer answer) {
        if (header == null) {
            return null;
        }
        var match = NUMBER.matcher(answer.header(header).orElse(""));
        return match.matches() ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(match.group(1))) : null;
    }
}
