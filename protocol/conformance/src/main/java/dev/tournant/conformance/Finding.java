package dev.tournant.conformance;

import org.jspecify.annotations.Nullable;

/**
 * Where an adapter breaks a rule.
 *
 * @param document the sample, request or answer that shows it, and how the kit had changed it
 * @param path where in it: {@code objects[3].item_data.name}, the name of a header, {@code $} for all of it
 * @param why what was expected, what there was instead, and what to look at
 * @param body the document itself as text, cut at {@value #BODY_CHARS_MAX} characters; null where there is none
 */
public record Finding(
        String document, String path, String why, @Nullable String body) {
    public static final int BODY_CHARS_MAX = 20_000;
    private static final int WHY_CHARS_MAX = 2_000;

    public Finding {
        why = cut(why, WHY_CHARS_MAX);
        body = body == null ? null : cut(body, BODY_CHARS_MAX);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    @Override
    public String toString() {
        return document + " at " + path + ": " + why;
    }
}
