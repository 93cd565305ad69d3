package dev.tournant.conformance;

import static dev.tournant.adapter.lens.Lenses.BOOL;
import static dev.tournant.adapter.lens.Lenses.LONG;
import static dev.tournant.adapter.lens.Lenses.TEXT;
import static dev.tournant.adapter.lens.Lenses.at;
import static dev.tournant.adapter.lens.Lenses.map;
import static dev.tournant.adapter.lens.Lenses.text;
import static dev.tournant.adapter.lens.Lenses.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Amounts;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.lens.Shape;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Placement;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Stamp;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The menu of a bistro: items with sizes, each with a version. */
final class BistroMenu {
    private static final Lens<RecordId> ID = at(text(RecordId::new, RecordId::value), "id");
    private static final Lens<Long> VERSION = at(LONG, "version");
    private static final Lens<Stamp> UPDATED = at(text(Stamp::parse, Stamp::toString), "updated");
    private static final Lens<Boolean> GONE = at(BOOL, "gone");
    private static final Lens<String> EVENT = at(TEXT, "event");
    private static final Lens<String> ACCOUNT = at(TEXT, "account");
    private static final Lens<String> CHANGED = at(TEXT, "changed");

    private static final Mapping ITEM = Mapping.of(Kind.ITEM)
            .field(Item.NAME, at(TEXT, "name"))
            .field(
                    Item.VARIATION_OF,
                    at(
                            text(
                                    of -> new Placement(new RecordId(of), 0),
                                    in -> in.in().value()),
                            "of"))
            .field(
                    Item.PRICING,
                    at(words(Map.of("FIXED_PRICE", Item.Pricing.FIXED, "OPEN_PRICE", Item.Pricing.OPEN)), "pricing"))
            .field(Item.PRICE, at(Amounts.minor(Currency.getInstance("USD")), "price"))
            .field(Item.ARCHIVED, map(at(BOOL, "archived"), flag -> flag, flag -> flag))
            .build();

    private static final Shape SIZE = new Shape(ID, ITEM, List.of());
    private static final Shape DISH =
            new Shape(ID, ITEM, List.of(new Shape.Place(List.of("sizes"), object -> SIZE, candidate -> {
                Placement of = candidate.fields().get(Item.VARIATION_OF);
                return of == null
                        ? Optional.empty()
                        : Optional.of(new Shape.Home(new RecordKey(Kind.ITEM, of.in()), Documents.empty()));
            })));
    static final Records RECORDS = new Records(List.of(new Shape.Place(
            List.of("items"),
            object -> DISH,
            candidate -> candidate.fields().get(Item.VARIATION_OF) == null
                    ? Optional.of(new Shape.Home(null, Documents.empty()))
                    : Optional.empty())));

    private BistroMenu() {}

    static Reading read(Payload payload, ObjectNode document) {
        String event = "";
        List<String> signals = List.of();
        if (payload.resource() == null) {
            event = need(EVENT, document, "event");
            if (!need(ACCOUNT, document, "account").equals(payload.link().account())) {
                throw new InvalidValue("is another one").under("account");
            }
            String changed = CHANGED.get(document);
            signals = changed == null ? List.of() : List.of(Bistro.MENU);
        }
        List<RecordDelta> deltas = new ArrayList<>();
        List<Reading.Unreadable> unreadable = new ArrayList<>();
        RECORDS.read(document, new Records.Reader() {
            @Override
            public void object(String path, Shape shape, JsonNode object) {
                try {
                    deltas.add(delta(shape, object));
                } catch (InvalidValue e) {
                    String inside = e.path().isEmpty() ? "" : "." + e.path();
                    unreadable.add(new Reading.Unreadable(
                            path + inside, object.path("id").asText(), e.detail()));
                }
            }

            @Override
            public void trouble(String path, JsonNode found, String why) {
                unreadable.add(new Reading.Unreadable(path, "", why));
            }
        });
        return new Reading(List.of(new PartnerEvent(event, deltas, signals)), unreadable);
    }

    private static RecordDelta delta(Shape shape, JsonNode object) {
        RecordKey key = shape.key(object);
        long version = need(VERSION, object, "version");
        Stamp stamp = need(UPDATED, object, "updated");
        return Boolean.TRUE.equals(GONE.get(object))
                ? RecordDelta.deleted(key, stamp, version, Presence.TOMBSTONE)
                : RecordDelta.set(key, stamp, version, shape.mapping().get(object));
    }

    private static <T> T need(Lens<T> lens, JsonNode node, String name) {
        T value = lens.get(node);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }
}
