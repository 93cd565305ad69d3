package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.lens.Times;
import dev.tournant.adapter.signature.AllOf;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.StaticToken;
import dev.tournant.adapter.signature.WebhookScheme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code webhooks}. */
final class HooksReader {
    /** Stands in for one that is at fault, so that the rest of the manifest can be read; such a manifest is refused. */
    private static final WebhookScheme NO_SCHEME = new StaticToken(PrefixedHeader.bearer(), "none");

    private HooksReader() {}

    /**
     * @param names of all resources
     * @param resources those that are without fault
     */
    static Hooks read(
            Yaml part, Set<String> records, Set<String> names, Map<String, Resource> resources, Faults faults) {
        part.only("signature", "handshake", "each", "id", "type", "at", "account", "location", "events", "otherwise");
        EventList list = part.get("each").map(HooksReader::list).orElse(null);
        EventForm form = form(part);
        Map<String, Event> events = new LinkedHashMap<>();
        part.need("events").members().forEach((type, each) -> {
            Event event = faults.attempt(each, () -> event(type, form, each, records, names, resources));
            if (event != null) {
                events.put(type, event);
            }
        });
        boolean ignores = part.get("otherwise")
                .map(word -> word.oneOf(Map.of("ignore", true, "refuse", false)))
                .orElse(true);
        var signature = part.need("signature");
        WebhookScheme scheme = faults.attempt(signature, () -> scheme(signature, list));
        return new Hooks(
                scheme == null ? NO_SCHEME : scheme,
                part.get("handshake").map(HooksReader::path).orElse(null),
                list,
                form,
                events,
                ignores ? Event.NOTHING : null);
    }

    private static WebhookScheme scheme(Yaml part, @Nullable EventList list) {
        WebhookScheme scheme = SignatureSchemes.read(part);
        if (list != null && list.isBody() && readsFields(scheme)) {
            throw part.wrong("reads a field of the body, which is a list, as each says: no webhook would fit");
        }
        return scheme;
    }

    private static boolean readsFields(WebhookScheme scheme) {
        if (scheme instanceof AllOf all) {
            return all.schemes().stream().anyMatch(HooksReader::readsFields);
        }
        return scheme instanceof HmacScheme hmac
                && (hmac.key().chosenBy() != null
                        || hmac.parts().stream().anyMatch(SignedPart.BodyField.class::isInstance)
                        || (hmac.freshness() != null && hmac.freshness().from() instanceof SignedPart.BodyField));
    }

    /** {@code events}, {@code $} for the body itself, or {@code {path: merchants, by: account}}. */
    private static EventList list(Yaml part) {
        Yaml path = part.isText() ? part : part.only("path", "by").need("path");
        boolean isNamed = !part.isText() && part.get("by").isPresent();
        return new EventList(path.text().equals(Contents.WHOLE) ? null : path(path), isNamed);
    }

    private static EventForm form(Yaml part) {
        Yaml type = part.need("type");
        String by = part.get("each")
                .filter(Yaml::isMap)
                .flatMap(each -> each.get("by"))
                .map(word -> word.oneOf(Map.of("account", "account", "location", "location")))
                .orElse("");
        return new EventForm(
                id(part.need("id")),
                path(type.isText() ? type : type.only("path", "before").need("path")),
                type.isText() ? null : type.get("before").map(HooksReader::mark).orElse(null),
                name(part, "account", by),
                name(part, "location", by),
                part.get("at").map(HooksReader::time).orElse(null));
    }

    private static List<FieldPath> id(Yaml part) {
        List<Yaml> paths = part.oneOrMore();
        if (paths.isEmpty()) {
            throw part.wrong("must name at least one path");
        }
        return paths.stream().map(HooksReader::path).toList();
    }

    private static FieldPath path(Yaml part) {
        Forms.names(part);
        return part.make(() -> FieldPath.of(part.text()));
    }

    private static String mark(Yaml part) {
        if (part.text().isEmpty()) {
            throw part.wrong("must be the character or characters that end the type, such as \":\"");
        }
        return part.text();
    }

    /** @param by what the names are under which events stand; empty where they have none */
    private static EventForm.@Nullable Name name(Yaml part, String what, String by) {
        if (!by.equals(what)) {
            return part.get(what).map(path -> new EventForm.Name(path(path))).orElse(null);
        }
        if (part.get(what).isPresent()) {
            throw part.need(what).wrong("is the name under which the events stand, as each says: leave it out");
        }
        return new EventForm.Name(null);
    }

    private static EventForm.Time time(Yaml part) {
        if (part.isText()) {
            return new EventForm.Time(path(part), Times.RFC_3339);
        }
        part.only("path", "time");
        return new EventForm.Time(
                path(part.need("path")), part.get("time").map(Forms::time).orElse(Times.RFC_3339));
    }

    private static Event event(
            String type,
            EventForm form,
            Yaml part,
            Set<String> records,
            Set<String> names,
            Map<String, Resource> resources) {
        if (form.before() != null && type.contains(form.before())) {
            throw part.wrong("never comes: a type ends before \"" + form.before() + "\"");
        }
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
