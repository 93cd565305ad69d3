package dev.tournant.adapter;

/**
 * Text of a partner as far as we repeat it in reasons and reports. These are stored and sent on, so they are short and
 * well-formed whatever the partner sent.
 */
final class Excerpt {
    static final int CHARS_MAX = 500;

    private Excerpt() {}

    static String of(String text) {
        String head = text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX - 1) + "…";
        StringBuilder clean = new StringBuilder(head.length());
        head.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
