package dev.tournant.adapter.manifest;

import dev.tournant.adapter.Documents;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.adapter.lens.Shape.Candidate;
import dev.tournant.adapter.lens.Shape.Home;
import dev.tournant.adapter.lens.Shape.Place;
import dev.tournant.model.Codecs;
import dev.tournant.model.Field;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.Placement;
import dev.tournant.model.RecordKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code records}: the sorts of objects that stand in the partner's documents, for one merchant. */
final class Shapes {
    private final Map<String, Described> byName = new HashMap<>();
    private final Map<Shape, Described> byShape = new HashMap<>();
    private final Set<Field<?>> readOnly = new HashSet<>();
    private final Set<Field<?>> told = new HashSet<>();
    private final Forms forms;

    /**
     * Everything that is wrong goes into {@code faults}; what is at fault is not there.
     *
     * @param currency of amounts that bear none
     */
    Shapes(Yaml records, Placeholders placeholders, Currency currency, Faults faults) {
        this.forms = new Forms(placeholders, currency);
        Map<String, Yaml> parts = records.members();
        parts.forEach((name, part) -> {
            Described described = faults.attempt(part, () -> described(name, part, parts, faults));
            if (described != null) {
                byName.put(name, described);
                byShape.put(described.shape(), described);
            }
        });
    }

    /** Whether they are different for another merchant. */
    boolean varies() {
        return forms.varies();
    }

    /** Whether a field is not read only wherever it stands. */
    boolean isTold(Field<?> field) {
        return told.contains(field) || !readOnly.contains(field);
    }

    /** Whether some sort of object can be told a field. */
    boolean hasTold(Field<?> field) {
        return told.contains(field);
    }

    /** All sorts of objects that are records of a kind, in the order of their names. */
    List<Described> of(Kind kind) {
        return byName.values().stream()
                .filter(each -> each.shape().mapping().kind() == kind)
                .sorted(Comparator.comparing(Described::name))
                .toList();
    }

    /** Without the fields that this partner cannot be told. */
    FieldMap told(FieldMap fields) {
        if (fields.isEmpty()) {
            return fields;
        }
        FieldMap.Builder rest = FieldMap.builder(fields.field(0).kind());
        for (int i = 0; i < fields.size(); i++) {
            if (isTold(fields.field(i))) {
                rest.put(fields.field(i), fields.value(i));
            }
        }
        return rest.build();
    }

    Described described(Shape shape) {
        Described described = byShape.get(shape);
        if (described == null) {
            throw new IllegalArgumentException("a shape of another manifest");
        }
        return described;
    }

    Optional<Described> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private Described described(String name, Yaml part, Map<String, Yaml> all, Faults faults) {
        part.only("kind", "id", "version", "updated", "deleted", "fields", "nested");
        Kind kind = kind(name, part);
        Mapping.Builder mapping = Mapping.of(kind);
        part.need("fields")
                .members()
                .forEach((field, form) -> faults.attempt(form, () -> field(mapping, Fields.of(kind), field, form)));
        List<Place> places = new ArrayList<>();
        part.get("nested")
                .ifPresent(nested -> nested.members().forEach((path, to) -> {
                    Place place = faults.attempt(to, () -> nested(path, to, all));
                    if (place != null) {
                        places.add(place);
                    }
                }));
        Shape shape = new Shape(forms.typed(part.need("id"), Codecs.RECORD_ID), mapping.build(), places);
        return new Described(
                name,
                shape,
                part.get("version").map(form -> forms.typed(form, Codecs.LONG)).orElse(null),
                part.get("updated")
                        .map(form -> forms.typed(form, Codecs.INSTANT))
                        .orElse(null),
                part.get("deleted").map(form -> forms.typed(form, Codecs.BOOL)).orElse(null));
    }

    static Kind kind(String name, Yaml part) {
        Yaml named = part.get("kind").orElse(part);
        try {
            return Kind.of(part.text("kind", name));
        } catch (InvalidValue e) {
            throw named.wrong(e.detail() + ", or say the kind by \"kind\"");
        }
    }

    /** Text, so that {@link Faults#attempt} has something to give back. */
    private String field(Mapping.Builder mapping, Fields fields, String name, Yaml form) {
        Field<?> field = fields.find(name)
                .orElseThrow(() -> form.wrong("is no field; "
                        + Yaml.meant(
                                name, fields.all().stream().map(Field::name).toArray(String[]::new))));
        Forms.checkWords(form, field);
        add(mapping, field, form);
        (Forms.isReadOnly(form) ? readOnly : told).add(field);
        return name;
    }

    private <T> void add(Mapping.Builder mapping, Field<T> field, Yaml form) {
        Lens<T> lens = forms.typed(form, field.codec());
        mapping.field(field, lens);
    }

    /** Records that stand inside another's object: {@code options: option}, or with the field that names the owner. */
    private Place nested(String path, Yaml to, Map<String, Yaml> all) {
        String name = to.isText()
                ? to.text()
                : to.only("record", "owner").need("record").text();
        Yaml target = all.get(name);
        if (target == null) {
            throw to.wrong("there is no record \"" + name + "\"; known are " + String.join(", ", all.keySet()));
        }
        Kind kind = kind(name, target);
        Field<?> owner = to.isText()
                ? null
                : to.get("owner").map(field -> owner(field, kind)).orElse(null);
        return new Place(
                List.of(path.split("\\.", -1)),
                object -> Optional.ofNullable(byName.get(name))
                        .map(Described::shape)
                        .orElse(null),
                candidate -> home(candidate, kind, owner));
    }

    private Field<?> owner(Yaml field, Kind kind) {
        Field<?> found = Fields.of(kind).find(field.text()).orElse(null);
        if (found == null
                || !(found.name().equals("variation-of") || found.name().equals("parent"))) {
            throw field.wrong("must be the field that names the owner: variation-of or parent");
        }
        // By where the record stands, even if the field itself is read only.
        told.add(found);
        return found;
    }

    private static Optional<Home> home(Candidate candidate, Kind kind, @Nullable Field<?> owner) {
        Placement in = owner != null && candidate.key().kind() == kind ? placement(candidate, owner) : null;
        return in == null ? Optional.empty() : Optional.of(new Home(new RecordKey(kind, in.in()), Documents.empty()));
    }

    private static @Nullable Placement placement(Candidate candidate, Field<?> owner) {
        return candidate.fields().get(owner) instanceof Placement placement ? placement : null;
    }

    /** The records of a document with these contents. */
    Records records(Contents contents) {
        List<Place> places = new ArrayList<>();
        contents.lists().forEach((path, name) -> places.add(place(path, false, name)));
        contents.objects().forEach((path, name) -> places.add(place(path, true, name)));
        return new Records(places);
    }

    private Place place(String path, boolean single, String name) {
        return new Place(
                path.equals(Contents.WHOLE) ? List.of() : List.of(path.split("\\.", -1)),
                single,
                object -> Optional.ofNullable(byName.get(name))
                        .map(Described::shape)
                        .orElse(null),
                candidate -> top(candidate, name));
    }

    /** A record that no nested list wants stands in a list of its own. */
    private Optional<Home> top(Candidate candidate, String name) {
        Described described = byName.get(name);
        if (described == null
                || described.shape().mapping().kind() != candidate.key().kind()) {
            return Optional.empty();
        }
        boolean wanted = byName.values().stream()
                .flatMap(each -> each.shape().places().stream())
                .anyMatch(place -> place.home().apply(candidate).isPresent());
        return wanted ? Optional.empty() : Optional.of(new Home(null, Documents.empty()));
    }
}
