package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import java.util.List;

/** What Square tells by webhook. */
final class SquareWebhook {
    /** One subscription serves an application: its webhooks name the seller's account. */
    static final Webhooks WEBHOOKS = new Webhooks() {
        private final WebhookScheme scheme = HmacScheme.sha256(
                "x-square-hmacsha256-signature", SignatureForm.BASE64, SignedPart.URL, SignedPart.BODY);

        @Override
        public WebhookScheme scheme() {
            return scheme;
        }

        @Override
        public List<Part> parts(byte[] body) {
            return List.of(new Part(text(Documents.object(body), "merchant_id"), null, body));
        }
    };

    private SquareWebhook() {}

    static Reading read(JsonNode event, Link link) {
        String type = text(event, "type");
        String id = text(event, "event_id");
        String account = text(event, "merchant_id");
        if (!account.equals(link.account())) {
            throw new InvalidValue("is of account " + account + ", but the link's account is " + link.account())
                    .under("merchant_id");
        }
        return switch (type) {
            case "catalog.version.updated" -> signal(event, id, SquareFetch.CATALOG);
            case "inventory.count.updated" -> counts(event, id, link);
            case "location.created", "location.updated" ->
                about(event, link)
                        ? signal(event, id, SquareFetch.LOCATIONS)
                        : Reading.of(new PartnerEvent(id, List.of(), List.of()));
            // Subscriptions are made by hand and may hold more than we use: known, and nothing to do.
            default -> Reading.of(new PartnerEvent(id, List.of(), List.of()));
        };
    }

    private static Reading counts(JsonNode event, String id, Link link) {
        if (event.at("/data/object/inventory_counts").isMissingNode()) {
            throw new InvalidValue("is missing").under("data.object.inventory_counts");
        }
        return SquareStock.read(event, "data.object.inventory_counts", id, link);
    }

    private static boolean about(JsonNode event, Link link) {
        try {
            return text(event.path("data"), "id").equals(link.location());
        } catch (InvalidValue e) {
            throw e.under("data");
        }
    }

    private static Reading signal(JsonNode event, String id, String resource) {
        return Reading.of(new PartnerEvent(id, List.of(), List.of(resource)))
                .at(event.path("created_at").asText());
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new InvalidValue("must be text").under(name);
        }
        return value.textValue();
    }
}
