package dev.tournant.adapter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a partner says in words about its answer, as far as it may be repeated. A partner may echo what it was sent, and
 * reasons are logged and shown: so whatever looks like a token is left out. Names of objects may look so too; the outcome
 * stands beside the record that it is about, so nothing is lost with them.
 */
public final class Details {
    /** Chars that are repeated at most; the rest is left out. */
    public static final int CHARS_MAX = 500;

    /** Stands for what is left out. */
    public static final String LEFT_OUT = "[…]";

    /** Words of a language are shorter, or letters of one case with an initial at most. */
    private static final int TOKEN_CHARS_MIN = 16;

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_+/=~-]{" + TOKEN_CHARS_MIN + ",}");
    private static final Pattern WORDS = Pattern.compile("[A-Z]?[a-z]+([_/-][A-Z]?[a-z]+)*|[A-Z]+([_/-][A-Z]+)*");

    private Details() {}

    /** The text without what looks like a token: {@value #LEFT_OUT} stands in its place. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        Matcher run = RUN.matcher(text.substring(0, Math.min(text.length(), CHARS_MAX)));
        while (run.find()) {
            boolean words = WORDS.matcher(run.group()).matches();
            run.appendReplacement(plain, Matcher.quoteReplacement(words ? run.group() : LEFT_OUT));
        }
        run.appendTail(plain);
        return text.length() > CHARS_MAX ? plain + LEFT_OUT : plain.toString();
    }
}
