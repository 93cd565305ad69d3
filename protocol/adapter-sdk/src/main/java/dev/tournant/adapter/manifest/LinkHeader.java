package dev.tournant.adapter.manifest;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link (RFC 8288): {@code </items?page=2>; title="more, please"; rel="next last"}, several with commas between. */
final class LinkHeader {
    private static final int PARAMETERS_MAX = 64;
    private static final Pattern LINK =
            Pattern.compile("<([^>]{1,2000})>((?:[^,\"<]++|\"[^\"]*+\"){0," + PARAMETERS_MAX + "}+)");
    private static final Pattern RELATIONS =
            Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*+)\"|([^\\s;,\"]++))", Pattern.CASE_INSENSITIVE);

    private LinkHeader() {}

    /** The address of the first link to the next page; empty where there is none. */
    static String next(String header) {
        Matcher link = LINK.matcher(header);
        while (link.find()) {
            Matcher relations = RELATIONS.matcher(link.group(2));
            if (relations.find() && isNext(relations.group(1) == null ? relations.group(2) : relations.group(1))) {
                return link.group(1);
            }
        }
        return "";
    }

    private static boolean isNext(String relations) {
        return Arrays.stream(relations.split("\\s+", -1)).anyMatch("next"::equalsIgnoreCase);
    }
}
