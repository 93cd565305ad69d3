package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about webhooks.
 *
 * @param id where a webhook bears its own id
 * @param type where it says what it is about
 * @param account where it names the account; null where it does not
 * @param location where it names the location; null where it does not
 * @param otherwise what types mean that are not listed; null to refuse them
 */
record Hooks(
        WebhookScheme scheme,
        FieldPath id,
        FieldPath type,
        @Nullable FieldPath account,
        @Nullable FieldPath location,
        Map<String, Event> events,
        @Nullable Event otherwise)
        implements Webhooks {
    /** The object that a webhook holds; {@link InvalidValue} if it holds none. */
    ObjectNode document(byte[] body) {
        return Documents.object(scheme.body().json(body));
    }

    @Override
    public List<Part> parts(byte[] body) {
        if (account == null) {
            return List.of();
        }
        ObjectNode document = document(body);
        String named = account.text(document)
                .orElseThrow(() -> new InvalidValue("names no account").under(account.toString()));
        String at = location == null ? null : location.text(document).orElse(null);
        return List.of(new Part(named, at, body));
    }

    /**
     * @param names of all resources
     * @param resources those that are without fault
     */
    static Hooks read(
            Yaml part, Set<String> records, Set<String> names, Map<String, Resource> resources, Faults faults) {
        part.only("signature", "id", "type", "account", "location", "events", "otherwise");
        Map<String, Event> events = new LinkedHashMap<>();
        part.need("events").members().forEach((type, each) -> {
            Event event = faults.attempt(each, () -> event(each, records, names, resources));
            if (event != null) {
                events.put(type, event);
            }
        });
        boolean ignores = part.get("otherwise")
                .map(word -> word.oneOf(Map.of("ignore", true, "refuse", false)))
                .orElse(true);
        var signature = part.need("signature");
        WebhookScheme scheme = faults.attempt(signature, () -> SignatureSchemes.read(signature));
        return new Hooks(
                scheme == null ? NO_SCHEME : scheme,
                FieldPath.of(part.need("id").text()),
                FieldPath.of(part.need("type").text()),
                part.get("account").map(path -> FieldPath.of(path.text())).orElse(null),
                part.get("location").map(path -> FieldPath.of(path.text())).orElse(null),
                events,
                ignores ? Event.NOTHING : null);
    }

    /** Stands in for one that is at fault, so that the rest of the manifest can be read; such a manifest is refused. */
    private static final WebhookScheme NO_SCHEME = new dev.tournant.adapter.signature.StaticToken(
            dev.tournant.adapter.signature.PrefixedHeader.bearer(), "none");

    private static Event event(Yaml part, Set<String> records, Set<String> names, Map<String, Resource> resources) {
        part.only("signals", "lists", "objects", "covers");
        List<String> signals = part.get("signals")
                .map(all ->
                        all.oneOrMore().stream().map(name -> known(name, names)).toList())
                .orElse(List.of());
        Contents contents = Contents.read(part, "lists", records);
        List<String> covers = part.get("covers")
                .map(all -> all.oneOrMore().stream()
                        .map(name -> covered(name, known(name, names), signals, contents, resources))
                        .toList())
                .orElse(List.of());
        return new Event(signals, contents, covers);
    }

    /** Of a list nobody could say that all of it is there, and what is not would seem to be as it was. */
    private static String covered(
            Yaml part, String name, List<String> signals, Contents contents, Map<String, Resource> resources) {
        if (signals.contains(name)) {
            throw part.wrong("signals says to fetch " + name + ": say either, covers where the body holds all of it");
        }
        Resource resource = resources.get(name);
        if (resource == null) {
            return name;
        }
        if (!resource.contents().lists().isEmpty()) {
            throw part.wrong(name + " holds lists: say signals, only a resource of single objects can be covered");
        }
        for (String record : resource.contents().objects().values()) {
            if (!contents.objects().containsValue(record)) {
                throw part.wrong("objects must say where in the body the " + record + " is that " + name + " holds");
            }
        }
        return name;
    }

    private static String known(Yaml name, Set<String> resources) {
        if (!resources.contains(name.text())) {
            throw name.wrong("there is no resource \"" + name.text() + "\"; known are " + String.join(", ", resources));
        }
        return name.text();
    }
}
