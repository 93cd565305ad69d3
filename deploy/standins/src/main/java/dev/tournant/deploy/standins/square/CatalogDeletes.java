package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.util.LinkedHashSet;
import java.util.Set;

/** Catalog deletes of one seller: what can be deleted is, children included; the rest is left out of the answer. */
final class CatalogDeletes {
    static final int IDS_MAX = 200;

    private final Seller seller;

    CatalogDeletes(Seller seller) {
        this.seller = seller;
    }

    Answer batch(ObjectNode request) {
        Set<String> ids = Json.textsOf(request.path("object_ids"));
        if (ids.isEmpty()) {
            return SquareError.refused(SquareError.missing("object_ids"));
        }
        return ids.size() > IDS_MAX
                ? SquareError.refused(
                        SquareError.bad("ARRAY_LENGTH_TOO_LONG", "At most " + IDS_MAX + " ids.", "object_ids"))
                : delete(ids);
    }

    Answer one(String id) {
        return seller.catalogue().findLive(id).isEmpty()
                ? SquareError.refused(
                        SquareError.notFound("Catalog object with ID `" + id + "` not found.", "object_id"))
                : delete(Set.of(id));
    }

    private Answer delete(Set<String> ids) {
        Draft draft = seller.catalogue().draft();
        Set<String> gone = new LinkedHashSet<>();
        ids.forEach(id -> gone.addAll(draft.delete(id)));
        long version = draft.commit();
        seller.inventory().forget(gone);
        ObjectNode body = Json.object();
        body.set("deleted_object_ids", Json.texts(gone));
        body.put("deleted_at", Json.time(version));
        return Answer.ok(body);
    }
}
