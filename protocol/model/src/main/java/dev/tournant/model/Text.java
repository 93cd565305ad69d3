package dev.tournant.model;

/** The rules that every piece of text keeps: bounded, and made of characters that every partner can carry. */
final class Text {
    private Text() {}

    static String check(String text, int charsMax) {
        if (text.length() > charsMax) {
            throw new InvalidValue("has " + text.length() + " characters; send at most " + charsMax);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new InvalidValue("holds the character U+0000; remove it");
            }
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw new InvalidValue("holds half of a surrogate pair; send well-formed Unicode");
                }
                i++;
            }
        }
        return text;
    }

    /** Ids travel in paths, headers and Kafka keys: 1 to {@code charsMax} of {@code A-Z a-z 0-9 . _ ~ : # -}. */
    static String checkId(String what, String id, int charsMax) {
        if (id.isEmpty() || id.length() > charsMax) {
            throw new InvalidValue(what + " must have 1 to " + charsMax + " characters, not " + id.length());
        }
        if (id.equals(".") || id.equals("..")) {
            throw new InvalidValue(what + " must not be \"" + id + "\": in a path that is another place");
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '~'
                    || c == ':'
                    || c == '#'
                    || c == '-';
            if (!plain) {
                throw new InvalidValue(
                        what + " may hold letters, digits and . _ ~ : # - only; found '" + c + "' at position " + i);
            }
        }
        return id;
    }
}
