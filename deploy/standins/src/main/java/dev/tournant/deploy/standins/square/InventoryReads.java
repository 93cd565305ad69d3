package dev.tournant.deploy.standins.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reading stock counts of one seller. Call inside {@link Seller#atomically}. */
final class InventoryReads {
    static final int PAGE_MAX = 1_000;
    static final int PAGE_DEFAULT = 100;

    private final Seller seller;

    InventoryReads(Seller seller) {
        this.seller = seller;
    }

    Answer counts(ObjectNode request) {
        int limit = CatalogReads.limit(request, PAGE_DEFAULT, PAGE_MAX);
        if (request.hasNonNull("cursor")) {
            return seller.countPages()
                    .next(request.path("cursor").asText(), limit)
                    .map(page -> Answer.ok(body(page)))
                    .orElseGet(() -> SquareError.refused(
                            SquareError.bad("INVALID_CURSOR", "The cursor is invalid or has expired.", "cursor")));
        }
        Optional<Instant> after = Json.time(request.path("updated_after").asText());
        if (after.isEmpty() && request.hasNonNull("updated_after")) {
            return SquareError.refused(SquareError.bad("INVALID_TIME", "Not an RFC 3339 timestamp.", "updated_after"));
        }
        Set<String> variations = Json.textsOf(request.path("catalog_object_ids"));
        Set<String> locations = Json.textsOf(request.path("location_ids"));
        Set<String> states = Json.textsOf(request.path("states"));
        List<ObjectNode> found = seller.inventory()
                .newestFirst((key, count) -> (variations.isEmpty() || variations.contains(key.variation()))
                        && (locations.isEmpty() || locations.contains(key.location()))
                        && (states.isEmpty() || states.contains(key.state()))
                        && (after.isEmpty()
                                || Instant.ofEpochMilli(count.calculatedAt()).isAfter(after.get())));
        Pages.Result result = new Pages.Result(found, seller.catalogue().latest(), Map.of());
        return Answer.ok(body(seller.countPages().first(result, limit)));
    }

    private static ObjectNode body(Pages.Page page) {
        ObjectNode body = Json.object();
        body.set("counts", Json.array(page.objects()));
        page.cursor().ifPresent(cursor -> body.put("cursor", cursor));
        return body;
    }
}
