package dev.tournant.adapters.toast;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.Freshness;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerEvent;
import java.time.Duration;
import java.util.List;

/** What Toast tells by webhook: that something changed, which is then asked for. */
final class ToastWebhook {
    private static final SignedPart TIMESTAMP = SignedPart.bodyField("timestamp");

    /** Toast tries again after 5 minutes, and after 10 more, with the time of the first try. */
    private static final Duration TOLERANCE = Duration.ofMinutes(20);

    /**
     * One URL may serve all restaurants of an application: events name theirs. Each category of events is subscribed to by
     * itself and signed with a secret of its own; all of them are values of one name.
     */
    static final Webhooks WEBHOOKS = new Webhooks() {
        private final WebhookScheme scheme = HmacScheme.sha256(
                        "Toast-Signature", SignatureForm.BASE64, SignedPart.BODY, TIMESTAMP)
                .withFreshness(new Freshness(TIMESTAMP, TimeForm.RFC3339, TOLERANCE));

        @Override
        public WebhookScheme scheme() {
            return scheme;
        }

        @Override
        public List<Part> parts(byte[] body) {
            return List.of(new Part(restaurant(Documents.object(body)), null, body));
        }
    };

    private ToastWebhook() {}

    private static String restaurant(JsonNode event) {
        try {
            return Toast.text(event.path("details"), "restaurantGuid");
        } catch (InvalidValue e) {
            throw e.under("details");
        }
    }

    static Reading read(JsonNode event, Link link) {
        String id = Toast.text(event, "guid");
        String resource = Toast.says(event, "eventType", "menus_updated")
                ? ToastFetch.MENUS
                : Toast.says(event, "eventCategory", "stock") ? ToastFetch.STOCK : "";
        if (resource.isEmpty()) {
            // Subscriptions are made by hand and may hold more than we use: known, and nothing to do.
            Toast.text(event, "eventType");
            return Reading.of(new PartnerEvent(id, List.of(), List.of()));
        }
        try {
            Toast.checkRestaurant(event.path("details"), "restaurantGuid", link);
        } catch (InvalidValue e) {
            throw e.under("details");
        }
        // Also when it is tried again it bears the time of the first try.
        return Reading.of(new PartnerEvent(id, List.of(), List.of(resource)))
                .at(event.path("timestamp").asText());
    }
}
