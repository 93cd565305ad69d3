package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.RecordKey;
import java.util.HashMap;
import java.util.Map;

/** What a page says that the partner holds. */
final class RestSeen {
    private RestSeen() {}

    /** By the partner's own names. Parts that cannot be read are left out: they are reported where the page is read. */
    static Map<RecordKey, Remote> of(Manifest manifest, Payload payload) {
        Resource resource =
                payload.resource() == null ? null : manifest.resources().get(payload.resource());
        Map<RecordKey, Remote> seen = new HashMap<>();
        if (resource == null) {
            return seen;
        }
        Shapes shapes = manifest.shapes(payload.link(), payload.currency());
        Contents contents = resource.contents();
        try {
            shapes.records(contents).read(Documents.object(payload.body()), remotes(contents, shapes, seen));
        } catch (InvalidValue e) {
            // Reported where the page is read into records.
            return Map.of();
        }
        return seen;
    }

    private static Records.Reader remotes(Contents contents, Shapes shapes, Map<RecordKey, Remote> into) {
        return new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                Described described = shapes.described(shape);
                try {
                    if (!described.isDeleted(object)) {
                        RecordKey key = shape.key(object);
                        boolean whole = object instanceof ObjectNode && !contents.isNested(path);
                        ObjectNode document = whole ? (ObjectNode) object : null;
                        into.put(key, new Remote(key.id(), described.versionOf(object), document));
                    }
                } catch (InvalidValue e) {
                    // Reported where the page is read into records.
                    return;
                }
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {}
        };
    }
}
