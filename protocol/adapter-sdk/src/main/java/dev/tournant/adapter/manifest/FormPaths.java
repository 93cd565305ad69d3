package dev.tournant.adapter.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a partner's document holds what our own form of a value holds, so that faults are told by the partner's names. */
final class FormPaths {
    private static final Pattern FIRST = Pattern.compile("(\\[[0-9]+]|[^.\\[]+)\\.?(.*)", Pattern.DOTALL);

    private FormPaths() {}

    /**
     * The path below a form of a path in our value: {@code [0].ordinal} is {@code [0].position} where the form says so.
     * What the form does not name is left as it is.
     */
    static String theirs(Yaml form, String ours) {
        Matcher path = FIRST.matcher(ours);
        if (form.isText() || !path.matches()) {
            return ours;
        }
        String first = path.group(1);
        String rest = path.group(2);
        if (first.startsWith("[")) {
            return form.get("each")
                    .map(each -> first + below(each, rest))
                    .or(() -> form.get("one").map(one -> undotted(below(one, rest))))
                    .orElse(ours);
        }
        return form.get("object")
                .flatMap(object -> object.get(first))
                .map(member -> undotted(below(member, rest)))
                .orElse(ours);
    }

    /** With a dot or a bracket before it, or empty. */
    private static String below(Yaml form, String ours) {
        String own = form.isText() ? form.text() : form.text("path", "");
        String inside = ours.isEmpty() ? "" : theirs(form, ours);
        return (own.equals(Forms.ITSELF) ? "" : dotted(own)) + (inside.isEmpty() ? "" : dotted(inside));
    }

    private static String undotted(String path) {
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String dotted(String path) {
        return path.isEmpty() || path.startsWith("[") ? path : "." + path;
    }
}
