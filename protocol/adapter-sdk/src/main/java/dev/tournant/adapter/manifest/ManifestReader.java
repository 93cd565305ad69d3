package dev.tournant.adapter.manifest;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Settings;
import dev.tournant.adapter.Wait;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.model.PartnerName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a manifest, and says everything that is wrong with it. */
final class ManifestReader {
    /** The version of the format that this reader knows. */
    static final int FORMAT = 1;

    private static final int LIMITS_MAX = 32;

    private final Faults faults = new Faults();

    /** @param file its name, for errors */
    static Manifest read(String file, String yaml) throws ManifestException {
        ManifestReader reader = new ManifestReader();
        Manifest manifest = null;
        try {
            manifest = reader.manifest(Yaml.parse(yaml));
        } catch (Faults.Found e) {
            reader.faults.add(e.fault());
        }
        reader.faults.throwIfAny(file);
        return Objects.requireNonNull(manifest, "a manifest without faults");
    }

    private @Nullable Manifest manifest(Yaml root) {
        root.only(
                "manifest",
                "partner",
                "summary",
                "environments",
                "authentication",
                "headers",
                "limits",
                "refusals",
                "resources",
                "records",
                "webhooks",
                "writing");
        if (root.need("manifest").whole(0, Integer.MAX_VALUE) != FORMAT) {
            throw root.need("manifest").wrong("is of another format; this version reads " + FORMAT);
        }
        Yaml records = root.need("records");
        // Each record is tried for some merchant: what is wrong does not depend on which.
        Shapes shapes = new Shapes(records, Placeholders.of(Manifest.ANY_LINK), Manifest.ANY_CURRENCY, faults);
        Set<String> known = records.members().keySet();
        PartnerName partner = attempt(root.need("partner"), part -> new PartnerName(part.text()));
        Map<String, String> environments = attempt(root.need("environments"), ManifestReader::environments);
        AuthScheme authentication = attempt(root.need("authentication"), Authentications::read);
        Map<String, String> headers = optional(root, "headers", ManifestReader::headers, Map.of());
        List<Limit> limits = optional(root, "limits", this::limits, List.of());
        Refusals refusals = optional(root, "refusals", ManifestReader::refusals, Refusals.at("code", "message"));
        Map<String, Resource> resources = attempt(root.need("resources"), part -> Resources.read(part, known, faults));
        Set<String> names = root.need("resources").members().keySet();
        Hooks hooks = root.get("webhooks")
                .map(part -> attempt(
                        part,
                        each -> HooksReader.read(each, known, names, resources == null ? Map.of() : resources, faults)))
                .orElse(null);
        WritingSpec writing = root.get("writing")
                .map(part -> attempt(part, each -> WritingSpec.read(each, known, shapes, faults)))
                .orElse(null);
        if (partner == null || environments == null || authentication == null || resources == null) {
            return null;
        }
        return new Manifest(
                partner,
                root.text("summary", ""),
                environments,
                authentication,
                headers,
                limits,
                refusals,
                resources,
                hooks,
                writing,
                records,
                shapes);
    }

    /** Reads one part. */
    private interface Read<T> {
        T from(Yaml part);
    }

    private <T> @Nullable T attempt(Yaml part, Read<T> read) {
        return faults.attempt(part, () -> read.from(part));
    }

    private <T> T optional(Yaml root, String name, Read<T> read, T absent) {
        T found = root.get(name).map(part -> attempt(part, read)).orElse(null);
        return found == null ? absent : found;
    }

    private static Map<String, String> environments(Yaml part) {
        Map<String, String> environments = new LinkedHashMap<>();
        part.members().forEach((name, url) -> environments.put(name, url(url)));
        if (!environments.containsKey("production")) {
            throw part.wrong("production is missing");
        }
        return environments;
    }

    private static String url(Yaml part) {
        String text = part.text();
        boolean good = text.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?");
        if (!good) {
            throw part.wrong("must be http(s)://host[:port][/path] without a trailing slash, not " + text);
        }
        return text;
    }

    private static Map<String, String> headers(Yaml part) {
        Map<String, String> headers = new LinkedHashMap<>();
        part.members()
                .forEach((name, value) ->
                        headers.put(Settings.headerName(name, name), Settings.headerValue(name, value.text())));
        return headers;
    }

    private List<Limit> limits(Yaml part) {
        List<Limit> limits = new ArrayList<>();
        for (Yaml each : part.list()) {
            Limit limit = attempt(each, Limits::read);
            if (limit != null) {
                limits.add(limit);
            }
        }
        if (limits.size() > LIMITS_MAX) {
            throw part.wrong("are " + limits.size() + "; there may be " + LIMITS_MAX);
        }
        return limits;
    }

    private static Refusals refusals(Yaml part) {
        part.only("code", "detail", "waits", "passing", "unauthorised", "too-many");
        List<Wait> waits = part.get("waits")
                .map(all -> all.oneOrMore().stream().map(ManifestReader::wait).toList())
                .orElse(List.of(Wait.RETRY_AFTER));
        return new Refusals(
                paths(part, "code"),
                paths(part, "detail"),
                waits,
                words(part, "passing"),
                words(part, "unauthorised"),
                words(part, "too-many"));
    }

    static Wait wait(Yaml part) {
        part.only("header", "form");
        return new Wait(
                part.need("header").text(),
                part.get("form").map(form -> form.oneOf(Wait.Form.class)).orElse(Wait.Form.SECONDS_OR_DATE));
    }

    private static List<FieldPath> paths(Yaml part, String name) {
        return part.get(name)
                .map(all -> all.texts().stream().map(FieldPath::of).toList())
                .orElse(List.of());
    }

    static Set<String> words(Yaml part, String name) {
        return part.get(name)
                .<Set<String>>map(all -> new HashSet<>(all.texts()))
                .orElse(Set.of());
    }
}
