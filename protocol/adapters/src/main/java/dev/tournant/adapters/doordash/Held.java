package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What DoorDash holds: its page of menus. Ours are known by the job that made them, or by the id that we gave them. Of
 * several for one of ours, as after a menu was created twice, the one that was updated last counts.
 */
final class Held {
    private static final List<String> KEPT = List.of("open_hours", "special_hours", "menu");

    private Held() {}

    static Map<RecordKey, Remote> remotes(ObjectNode page) {
        Map<RecordKey, Remote> remotes = new HashMap<>();
        Map<RecordKey, String> updated = new HashMap<>();
        for (JsonNode menu : page.path("menus")) {
            RecordKey key = key(menu).orElse(null);
            String at = menu.path("last_successful_update_at").asText();
            if (key != null && at.compareTo(updated.getOrDefault(key, "")) >= 0) {
                updated.put(key, at);
                remotes.put(key, new Remote(id(menu), 0, document(menu)));
            }
        }
        return remotes;
    }

    /** {@link InvalidValue} for what is no page of menus. */
    static void checkPage(ObjectNode page) {
        if (!page.path("menus").isArray()) {
            throw new InvalidValue("must be a list").under("menus");
        }
    }

    /** No news but of jobs, and what cannot be read. */
    static Reading read(ObjectNode page) {
        List<Reading.Unreadable> unreadable = new ArrayList<>();
        checkPage(page);
        JsonNode menus = page.path("menus");
        for (int i = 0; i < menus.size(); i++) {
            try {
                id(menus.get(i));
                checkReference(menus.get(i));
            } catch (InvalidValue e) {
                unreadable.add(new Reading.Unreadable(
                        "menus[" + i + "]." + e.path(), menus.get(i).path("id").asText(), e.detail()));
            }
        }
        return new Reading(List.of(new PartnerEvent("", List.of(), List.of())), unreadable, jobs(page));
    }

    private static void checkReference(JsonNode menu) {
        JsonNode reference = menu.path("reference");
        if (menu.hasNonNull("reference") && !reference.isTextual()) {
            throw new InvalidValue("must be text").under("reference");
        }
    }

    /**
     * A menu bears the name of the job that made it what it is. Had the end of that job been told, nobody would wait for it:
     * so it was lost, or comes yet. Whether all of the job was done is seen by comparing.
     */
    private static List<JobEnd> jobs(ObjectNode page) {
        List<JobEnd> jobs = new ArrayList<>();
        for (JsonNode menu : page.path("menus")) {
            String name = menu.path("reference").asText();
            if (Job.menu(name).isPresent()) {
                jobs.add(new JobEnd(
                        name, new Outcome.TryLater(Duration.ZERO, "its end was not told, but seen"), Map.of()));
            }
        }
        return jobs;
    }

    private static RecordId id(JsonNode menu) {
        return Parts.need(menu, "id", TreeLens.ID_LENS);
    }

    /** Empty for one that cannot be read, which is reported where the page is. */
    private static Optional<RecordKey> key(JsonNode menu) {
        try {
            RecordKey theirs = new RecordKey(Kind.MENU, id(menu));
            JsonNode given = menu.path("menu").path(TreeLens.ID);
            return Job.menu(menu.path("reference").asText())
                    .or(() -> Optional.of(given.isTextual() ? RecordKey.of(Kind.MENU, given.textValue()) : theirs));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static ObjectNode document(JsonNode menu) {
        ObjectNode document = Documents.empty();
        for (String name : KEPT) {
            if (menu.hasNonNull(name)) {
                document.set(name, menu.get(name));
            }
        }
        return document;
    }
}
