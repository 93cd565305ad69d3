package dev.tournant.deploy.standins.potluck;

import akka.http.javadsl.server.Route;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.ControlDirectives;
import dev.tournant.deploy.standins.core.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Steers the stand-in, under {@code /control}. No part of Potluck; no token, no limits, no faults. */
final class ControlApi extends ControlDirectives {
    private final PotluckStandin standin;

    ControlApi(PotluckStandin standin) {
        this.standin = standin;
    }

    Route route() {
        return control(
                got("state", this::state),
                got("truth", "location", this::truth),
                got("stats", () -> Answer.ok(standin.stats())),
                posted("edit", this::edit),
                posted("subscribe", this::subscribe),
                posted("rate", this::rate),
                posted("expire", asked -> expire()),
                settable(
                        "faults",
                        () -> standin.faults().json(),
                        asked -> standin.setFaults(standin.faults().with(asked))));
    }

    private static Answer unknownLocation(String id) {
        return refused(404, "no location " + id + "; GET /control/state lists them");
    }

    private Answer state() {
        ObjectNode json = Json.object();
        json.putObject("client").put("id", standin.clientId()).put("secret", standin.clientSecret());
        ArrayNode locations = json.putArray("locations");
        for (Location each : standin.locations()) {
            locations
                    .addObject()
                    .put("account", each.account())
                    .put("location", each.id())
                    .put("name", each.store().path("name").asText())
                    .put("items", each.live(Sort.ITEM).size());
        }
        json.put("webhookUrl", standin.webhookUrl().orElse(null));
        return Answer.ok(json);
    }

    private Answer truth(String id) {
        return standin.location(id).map(location -> Answer.ok(location.truth())).orElseGet(() -> unknownLocation(id));
    }

    private Answer edit(ObjectNode request) {
        String id = request.path("location").asText();
        String wireName = request.path("kind").asText();
        Optional<EditKind> kind = EditKind.of(wireName);
        if (standin.location(id).isEmpty()) {
            return unknownLocation(id);
        }
        if (kind.isEmpty()) {
            return refused(400, "no kind of edit is called " + wireName + "; there are " + kinds());
        }
        Optional<String> object = Optional.ofNullable(request.path("object").asText(null));
        return standin.edit(id, kind.get(), object)
                .map(edit -> Answer.ok(edit.json()))
                .orElseGet(() -> refused(404, "nothing there for a " + wireName));
    }

    private static List<String> kinds() {
        return Arrays.stream(EditKind.values()).map(EditKind::wireName).toList();
    }

    private Answer subscribe(ObjectNode request) {
        String url = request.path("url").asText();
        String key = request.path("key").asText();
        if (key.isEmpty()) {
            return refused(400, "a key is needed");
        }
        standin.subscribe(url, key);
        return Answer.ok(Json.object().put("webhookUrl", url));
    }

    private Answer rate(ObjectNode request) {
        standin.setEditsPerSecond(request.path("editsPerSecond").asDouble(-1));
        return Answer.ok(Json.object().put("editsPerSecond", standin.editsPerSecond()));
    }

    private Answer expire() {
        standin.expireTokens();
        return Answer.ok(Json.object().put("expired", true));
    }
}
