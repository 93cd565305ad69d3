package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import org.jspecify.annotations.Nullable;

/** An object in an answer to a write. */
final class RestAnswer {
    private final Shapes shapes;
    private final Shape shape;
    private final ObjectNode object;

    RestAnswer(Shapes shapes, Shape shape, ObjectNode object) {
        this.shapes = shapes;
        this.shape = shape;
        this.object = object;
    }

    /**
     * What it says of a record; null where it does not mention it. New ones are found by their place: a partner that
     * answers with the object answers with its lists in the order in which they were sent.
     */
    @Nullable
    Remote remote(RecordKey key, RecordId name) {
        RestObject whole = new RestObject(shape, object);
        if (name.value().startsWith(RestObject.PLACE)) {
            RestObject.Found found = whole.at(name.value());
            RecordId id = found == null ? null : found.shape().id().get(found.node());
            return found == null || id == null ? null : remote(found, id);
        }
        RecordKey theirs = new RecordKey(key.kind(), name);
        if (!whole.names().containsKey(theirs)) {
            return null;
        }
        return theirs.equals(whole.key())
                ? remote(new RestObject.Found(shape, object), name)
                : new Remote(name, 0, null);
    }

    @SuppressWarnings("ReferenceEquality") // the very object, not one that says the same
    private Remote remote(RestObject.Found found, RecordId id) {
        ObjectNode document = found.node() == object ? object : null;
        return new Remote(id, shapes.described(found.shape()).versionOf(found.node()), document);
    }
}
