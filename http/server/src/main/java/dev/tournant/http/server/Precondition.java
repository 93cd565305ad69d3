package dev.tournant.http.server;

import dev.tournant.messages.Problem;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which condition a write is wanted, from {@code If-Match} and {@code If-None-Match}.
 *
 * @param revision for {@link Kind#AT}
 */
record Precondition(Kind kind, long revision) {
    private static final Pattern TAG = Pattern.compile("\"r([1-9][0-9]{0,17})\"");

    enum Kind {
        /** No condition was sent. */
        NONE,
        /** {@code If-Match: "r7"}: it is at this revision. */
        AT,
        /** {@code If-Match: *}: it is there. */
        PRESENT,
        /** {@code If-None-Match: *}: it is not there. */
        ABSENT
    }

    static String tag(long revision) {
        return "\"r" + revision + "\"";
    }

    static Precondition of(Call call) {
        List<String> match = call.header("If-Match");
        List<String> noneMatch = call.header("If-None-Match");
        if (match.size() + noneMatch.size() > 1) {
            throw new Refusal(Problem.BAD_REQUEST, "send one of If-Match and If-None-Match, once");
        }
        if (!noneMatch.isEmpty()) {
            return absent(noneMatch.get(0));
        }
        return match.isEmpty() ? new Precondition(Kind.NONE, 0) : present(match.get(0));
    }

    private static Precondition absent(String value) {
        if (!value.equals("*")) {
            throw new Refusal(Problem.BAD_REQUEST, "If-None-Match may only be * here");
        }
        return new Precondition(Kind.ABSENT, 0);
    }

    private static Precondition present(String value) {
        if (value.equals("*")) {
            return new Precondition(Kind.PRESENT, 0);
        }
        Matcher tag = TAG.matcher(value);
        if (tag.matches()) {
            return new Precondition(Kind.AT, Long.parseLong(tag.group(1)));
        }
        if (value.matches("\"[^\"]*\"")) {
            throw new Refusal(Problem.STALE_REVISION, "the entity tag " + Call.shown(value) + " is none of ours");
        }
        throw new Refusal(
                Problem.BAD_REQUEST, "If-Match must be one strong entity tag such as \"r7\", in quotes, or *");
    }
}
