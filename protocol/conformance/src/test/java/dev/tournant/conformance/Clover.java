package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.PartnerEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clover's webhooks as somebody would take them in Java, of well-formed ones: beside the manifest, which says the same. */
final class Clover implements Webhooks {
    private static final Map<String, String> RESOURCES =
            Map.of("I", "items", "IA", "items", "IS", "items", "IC", "categories");

    @Override
    public WebhookScheme scheme() {
        return new StaticToken(PrefixedHeader.bare("X-Clover-Auth"), "clover-auth");
    }

    @Override
    public List<Part> parts(byte[] body) {
        List<Part> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each :
                Documents.object(body).path("merchants").properties()) {
            if (!each.getValue().isEmpty()) {
                ObjectNode part = Documents.empty();
                part.putObject("merchants").set(each.getKey(), each.getValue());
                parts.add(new Part(each.getKey(), null, Documents.text(part).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return parts;
    }

    Reading read(Payload payload) {
        List<PartnerEvent> events = new ArrayList<>();
        @Nullable Instant latest = null;
        JsonNode merchants = Documents.object(payload.body()).path("merchants");
        for (JsonNode each : merchants.path(payload.link().account())) {
            String object = each.path("objectId").asText();
            String id = object + "/" + each.path("type").asText() + "/"
                    + each.path("ts").asLong();
            String resource = RESOURCES.get(object.substring(0, object.indexOf(':')));
            events.add(new PartnerEvent(id, List.of(), resource == null ? List.of() : List.of(resource)));
            Instant at = Instant.ofEpochMilli(each.path("ts").asLong());
            latest = resource != null && (latest == null || at.isAfter(latest)) ? at : latest;
        }
        return new Reading(events, List.of(), List.of(), List.of(), latest);
    }
}
