package dev.tournant.adapter.signature;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Settings;
import java.util.Locale;

/** A piece of what is signed. The pieces stand one after another with nothing between them. */
public sealed interface SignedPart {
    /** The notification URL as it is registered at the partner. */
    record Url() implements SignedPart {}

    /** The raw bytes of the body. */
    record Body() implements SignedPart {}

    /** A header's value; a webhook without it is refused. */
    record Header(String name) implements SignedPart {
        public Header {
            name = Settings.headerName("name", name).toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A text or a whole number in the JSON body, which is read before it is verified: see {@link BodyShape} for the
     * limits. A webhook without it is refused.
     */
    record BodyField(FieldPath path) implements SignedPart {}

    /** A separator or another text that is always the same. */
    record Text(String text) implements SignedPart {
        public Text {
            Settings.text("text", text);
        }
    }

    SignedPart URL = new Url();
    SignedPart BODY = new Body();
    SignedPart NEWLINE = new Text("\n");

    static SignedPart header(String name) {
        return new Header(name);
    }

    static SignedPart bodyField(String dotted) {
        return new BodyField(FieldPath.of(dotted));
    }
}
