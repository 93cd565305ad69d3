package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Details;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What DoorDash tells by webhook: how a menu's job ended. A job has two phases, the menu and its hours; one that fails
 * with an id has left a menu behind, which must not be made again.
 */
final class DoorDashWebhook {
    private static final Set<String> JOBS = Set.of("MenuCreate", "MenuUpdate");

    /** One endpoint serves an environment: its webhooks name the store, whose name we gave, and no account. */
    static final Webhooks WEBHOOKS = new Webhooks() {
        private final WebhookScheme scheme = new StaticToken(PrefixedHeader.bearer(), "webhook-token");

        @Override
        public WebhookScheme scheme() {
            return scheme;
        }

        @Override
        public List<Part> parts(byte[] body) {
            return List.of(new Part(null, store(Documents.object(body)), body));
        }
    };

    private static final Outcome REST = new Outcome.ReadAgain(
            DoorDashAdapter.MENUS, "what this menu was told stands on others, too, and they are told next");

    private DoorDashWebhook() {}

    static Reading read(JsonNode webhook, Link link) {
        String store = store(webhook);
        if (!store.equals(link.location())) {
            throw new InvalidValue("is \"" + store + "\", but the link's location is " + link.location())
                    .under("store.merchant_supplied_id");
        }
        JsonNode event = webhook.path("event");
        String type = text(event, "event", "type");
        // The endpoint takes events of every kind: known, and nothing to do.
        return JOBS.contains(type)
                ? new Reading(List.of(), List.of(), List.of(end(webhook, event, type)))
                : new Reading(List.of(), List.of());
    }

    private static String store(JsonNode webhook) {
        return text(webhook.path("store"), "store", "merchant_supplied_id");
    }

    private static JobEnd end(JsonNode webhook, JsonNode event, String type) {
        String job = text(event, "event", "reference");
        RecordId id = id(webhook.path("menu"));
        RecordKey ours = Job.menu(job).orElse(null);
        Map<RecordKey, Remote> remotes = id == null || ours == null ? Map.of() : Map.of(ours, new Remote(id, 0, null));
        String status = text(event, "event", "status");
        Outcome outcome = outcome(status, type, event.path("details"), id);
        boolean isRestToCome = outcome == Outcome.DONE && Job.isPart(job);
        return new JobEnd(job, isRestToCome ? REST : outcome, remotes);
    }

    private static Outcome outcome(String status, String type, JsonNode details, @Nullable RecordId menu) {
        String why = Details.plain(words(details));
        return switch (status) {
            case "SUCCESS" ->
                menu == null && type.equals("MenuCreate")
                        ? new Outcome.ReadAgain(DoorDashAdapter.MENUS, "the menu was made, and its id is not told")
                        : Outcome.DONE;
            case "FAILURE" -> new Outcome.GiveUp(menu == null ? "menu-failed" : "hours-failed", why);
            default ->
                throw new InvalidValue("\"" + status + "\" is unknown; known are SUCCESS and FAILURE")
                        .under("event.status");
        };
    }

    /** A text, or several; of anything else, nobody knows what it says. */
    private static String words(JsonNode details) {
        List<String> texts = new ArrayList<>();
        (details.isTextual() ? List.of(details) : details.isArray() ? details : List.<JsonNode>of())
                .forEach(each -> texts.add(each.isTextual() ? each.textValue() : ""));
        texts.removeIf(String::isBlank);
        return String.join("; ", texts);
    }

    private static @Nullable RecordId id(JsonNode menu) {
        try {
            return Lenses.at(TreeLens.ID_LENS, "id").get(menu);
        } catch (InvalidValue e) {
            throw e.under("menu");
        }
    }

    private static String text(JsonNode node, String around, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new InvalidValue("must be text").under(name).under(around);
        }
        return value.textValue();
    }
}
