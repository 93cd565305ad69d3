package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.model.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A document as the partner sends it.
 *
 * @param name {@code catalog/page-1.json}; of a document that the kit changed, followed by what it did
 * @param resource of which it is a page; null for a webhook
 * @param headers of the answer that brought it, by lower-case name
 * @param expected what it says by the word of whoever made the sample: {@code {"item/tea": {"price": …}, "item/old":
 *     "tombstone"}}; null where nobody said
 * @param signed of a webhook, a signature that the partner made itself; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // documents are handed on as they are, never compared
public record Sample(
        String name,
        @Nullable String resource,
        byte[] body,
        Map<String, String> headers,
        @Nullable ObjectNode expected,
        @Nullable ObjectNode signed) {
    private static final Pattern PAGE = Pattern.compile(".*/page-[0-9]+[.]json");
    private static final Pattern ODD = Pattern.compile(".*/odd-[^/]*[.]json");

    public Sample {
        headers = Map.copyOf(headers);
    }

    public static Sample of(String name, @Nullable String resource, byte[] body) {
        return new Sample(name, resource, body, Map.of(), null, null);
    }

    /** One of the pages of one fetch, in the order of their numbers. */
    boolean isPage() {
        return PAGE.matcher(name).matches();
    }

    /** Something in it cannot be read, which is what it is there to show. */
    boolean isOdd() {
        return ODD.matcher(name).matches();
    }

    /** An object or a list; empty for what is no JSON, or neither. */
    Optional<JsonNode> tree() {
        try {
            return Optional.of(Documents.object(body));
        } catch (InvalidValue noObject) {
            try {
                return Optional.of(Documents.list(body));
            } catch (InvalidValue noList) {
                return Optional.empty();
            }
        }
    }

    /** Whether another one is of the same sort: both are objects, lists, or neither. */
    boolean isLike(Sample other) {
        return tree().map(JsonNode::getNodeType).equals(other.tree().map(JsonNode::getNodeType));
    }

    Sample changed(String how, JsonNode document) {
        return changed(how, Documents.text(document).getBytes(StandardCharsets.UTF_8));
    }

    Sample changed(String how, byte[] otherBody) {
        return new Sample(name + " " + how, resource, otherBody, headers, null, null);
    }

    @Override
    public String toString() {
        return name;
    }
}
