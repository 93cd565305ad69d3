package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Settings;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code resources}. */
final class Resources {
    /** As many as an adapter may have. */
    static final int RESOURCES_MAX = 16;

    /** Where nothing is said. */
    static final Duration PAGES_LAST = Duration.ofMinutes(5);

    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|PATCH|DELETE) (/[!-~]{0,999})");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}");

    private Resources() {}

    static Map<String, Resource> read(Yaml part, Set<String> records, Faults faults) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        part.members().forEach((name, each) -> {
            Resource resource = faults.attempt(each, () -> resource(name, each, records));
            if (resource != null) {
                resources.put(name, resource);
            }
        });
        if (resources.size() > RESOURCES_MAX) {
            throw part.wrong("are " + resources.size() + "; there may be " + RESOURCES_MAX);
        }
        return resources;
    }

    private static Resource resource(String name, Yaml part, Set<String> records) {
        part.only("request", "body", "page", "since", "records", "objects", "complete");
        Template request = template(part.need("request"), Set.of("account", "location"));
        Contents contents = Contents.read(part, "records", records);
        if (contents.isEmpty()) {
            throw part.wrong("records is missing: the lists of an answer, or objects where it holds single ones");
        }
        String body = part.get("body").map(Resources::body).orElse(null);
        Paging paging = part.get("page").map(Resources::paging).orElse(new Paging.None());
        List<Kind> complete = part.get("complete")
                .map(kinds -> kinds.oneOrMore().stream().map(Resources::kind).toList())
                .orElse(List.of());
        if (!complete.isEmpty() && (paging instanceof Paging.Numbered || paging instanceof Paging.Offset)) {
            throw part.need("complete")
                    .wrong("goes with one page, or with pages that name the next one (cursor, next): pages that are"
                            + " counted shift when something is removed, and what slips between two would seem gone");
        }
        return new Resource(
                name,
                request.method(),
                request.path(),
                body,
                paging,
                part.get("page")
                        .flatMap(page -> page.get("lasts"))
                        .map(Resources::lasts)
                        .orElse(PAGES_LAST),
                part.get("since").map(Resources::since).orElse(null),
                contents,
                complete);
    }

    private static String body(Yaml part) {
        if (!part.isMap()) {
            throw part.wrong("must hold names and values");
        }
        checkTexts(part);
        return Documents.text(Plains.node(part.plain()));
    }

    private static void checkTexts(Yaml part) {
        if (part.isMap()) {
            part.members().values().forEach(Resources::checkTexts);
        } else if (part.isList()) {
            part.list().forEach(Resources::checkTexts);
        } else if (part.isText()) {
            checkPlaceholders(part, part.text(), Set.of("account", "location"));
        }
    }

    static String known(Yaml record, Set<String> records) {
        if (!records.contains(record.text())) {
            throw record.wrong("there is no record \"" + record.text() + "\"; known are " + String.join(", ", records));
        }
        return record.text();
    }

    static Kind kind(Yaml part) {
        try {
            return Kind.of(part.text());
        } catch (InvalidValue e) {
            throw part.wrong(e.detail());
        }
    }

    /** A method and a path with placeholders. */
    record Template(String method, String path) {
        /** Whether a path was made of this template. */
        boolean fits(String filled) {
            StringBuilder form = new StringBuilder();
            Matcher placeholder = PLACEHOLDER.matcher(path);
            int from = 0;
            while (placeholder.find()) {
                form.append(Pattern.quote(path.substring(from, placeholder.start())))
                        .append("[^/?]*");
                from = placeholder.end();
            }
            return filled.matches(
                    form.append(Pattern.quote(path.substring(from))).toString());
        }
    }

    static Template template(Yaml part, Set<String> known) {
        Matcher request = REQUEST.matcher(part.text());
        if (!request.matches()) {
            throw part.wrong("must be a method and a path, such as GET /items?limit=100, not " + part.text());
        }
        checkPlaceholders(part, request.group(2), known);
        return new Template(request.group(1), Queries.sendableTemplate(request.group(2)));
    }

    private static void checkPlaceholders(Yaml part, String template, Set<String> known) {
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            if (!known.contains(placeholder.group(1))) {
                throw part.wrong("has " + placeholder.group() + "; known are {"
                        + String.join("}, {", known.stream().sorted().toList()) + "}");
            }
        }
    }

    private static Paging paging(Yaml part) {
        part.only(
                "lasts", "cursor", "parameter", "number", "first", "last", "offset", "size", "size-parameter", "next");
        if (part.get("cursor").isPresent()) {
            return new Paging.Cursor(
                    FieldPath.of(part.need("cursor").text()),
                    part.need("parameter").text());
        }
        if (part.get("next").isPresent()) {
            String at = part.need("next").text();
            return new Paging.Next(at.equals("header") ? null : FieldPath.of(at));
        }
        if (part.get("number").isPresent()) {
            return numbered(part);
        }
        if (part.get("last").isPresent()) {
            throw part.need("last").wrong("goes with number, which counts pages");
        }
        Paging.Size size = size(part);
        return new Paging.Offset(part.need("offset").text(), size.parameter(), size.elements());
    }

    private static Duration lasts(Yaml part) {
        return Settings.duration("lasts", part.duration(), Duration.ZERO, Duration.ofDays(Adapter.PAGES_LAST_DAYS_MAX));
    }

    private static Paging numbered(Yaml part) {
        FieldPath last = part.get("last").map(path -> FieldPath.of(path.text())).orElse(null);
        boolean unsized = last != null && part.get("size").isEmpty();
        if (unsized && part.get("size-parameter").isPresent()) {
            throw part.need("size-parameter").wrong("goes with size: say how large pages are to be, or leave it out");
        }
        int first = part.get("first").map(each -> each.whole(0, 1)).orElse(1);
        return new Paging.Numbered(part.need("number").text(), first, unsized ? null : size(part), last);
    }

    private static Paging.Size size(Yaml part) {
        int elements = part.need("size").whole(1, 10_000);
        return new Paging.Size(part.text("size-parameter", "limit"), elements);
    }

    private static Resource.@Nullable Since since(Yaml part) {
        part.only("parameter", "from");
        return new Resource.Since(
                part.need("parameter").text(), FieldPath.of(part.need("from").text()));
    }
}
