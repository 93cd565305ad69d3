package dev.tournant.adapter.signature;

import dev.tournant.adapter.Signatures;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** How the bytes of a signature are written. */
public enum SignatureForm {
    /** Written in lower case; upper case is refused. */
    HEX_LOWER,
    /** Written in upper case; lower case is refused. */
    HEX_UPPER,
    /** Written in lower case; either case is accepted, for partners that do not say. */
    HEX,
    /** With padding. */
    BASE64,
    /** The alphabet that is safe in URLs; written without padding, accepted with it too. */
    BASE64URL;

    public String encode(byte[] bytes) {
        return switch (this) {
            case HEX_LOWER, HEX -> HexFormat.of().formatHex(bytes);
            case HEX_UPPER -> HexFormat.of().withUpperCase().formatHex(bytes);
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    /**
     * Whether {@code given} is how these bytes are written. Our bytes are encoded, rather than the sender's text
     * decoded, so that a signature has one form and nothing the sender wrote can fail to be read.
     */
    boolean fits(byte[] expected, String given) {
        return switch (this) {
            case HEX -> Signatures.same(encode(expected), given.toLowerCase(Locale.ROOT));
            case BASE64URL ->
                Signatures.same(encode(expected), given)
                        || Signatures.same(Base64.getUrlEncoder().encodeToString(expected), given);
            default -> Signatures.same(encode(expected), given);
        };
    }
}
