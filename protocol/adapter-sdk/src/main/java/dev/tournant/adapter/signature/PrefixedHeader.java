package dev.tournant.adapter.signature;

import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Settings;
import dev.tournant.model.InvalidValue;
import java.util.Locale;

/**
 * A header and what stands in it before the value that matters: {@code Authorization: Bearer …}.
 *
 * @param name in any case
 * @param prefix with its blank, if it has one; compared exactly; may be empty
 */
public record PrefixedHeader(String name, String prefix) {
    public static final int PREFIX_CHARS_MAX = 64;

    public PrefixedHeader {
        Settings.headerName("name", name);
        Settings.headerValue("prefix", prefix);
        if (prefix.length() > PREFIX_CHARS_MAX) {
            throw Settings.wrong("prefix", "must have at most " + PREFIX_CHARS_MAX + " characters");
        }
    }

    public static PrefixedHeader bare(String name) {
        return new PrefixedHeader(name, "");
    }

    public static PrefixedHeader bearer() {
        return new PrefixedHeader("Authorization", "Bearer ");
    }

    /** The header's whole value. {@link InvalidValue} names {@code secret} if its value cannot stand in a header. */
    public String value(String secret, String value) {
        return prefix + Settings.headerValue(secret, value);
    }

    String lowerCaseName() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** What stands after the prefix; {@link InvalidValue} if the header is missing, too long or begins otherwise. */
    String read(Hook hook) {
        String text = Content.header(hook, lowerCaseName());
        if (!text.startsWith(prefix)) {
            throw new InvalidValue("the header " + lowerCaseName() + " does not begin with \"" + prefix + "\"");
        }
        return text.substring(prefix.length());
    }
}
