package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Lists;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.Codecs;
import dev.tournant.model.Hours;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Kind;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.Store;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A location: the store itself. Locations have no version; what was received later counts. */
final class SquareStore {
    static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");

    private static final Lens<DayOfWeek> DAY = Lenses.words(days());
    private static final Lens<LocalTime> TIME = Lenses.text(Codecs.TIME::read, SquareStore::withSeconds);

    private static final List<Lens<String>> ADDRESS = Stream.of(
                    "address_line_1",
                    "address_line_2",
                    "locality",
                    "administrative_district_level_1",
                    "postal_code",
                    "country")
            .map(name -> Lenses.at(Lenses.TEXT, "address", name))
            .toList();

    private static final Lens<Hours.Span> PERIOD = new Lens<>() {
        private final Lens<DayOfWeek> day = Lenses.at(DAY, "day_of_week");
        private final Lens<LocalTime> from = Lenses.at(TIME, "start_local_time");
        private final Lens<LocalTime> to = Lenses.at(TIME, "end_local_time");

        @Override
        public Hours.Span get(JsonNode node) {
            return new Hours.Span(
                    Square.need(day, node, "day_of_week"),
                    Square.need(from, node, "start_local_time"),
                    Square.need(to, node, "end_local_time"));
        }

        @Override
        public JsonNode put(JsonNode node, Hours.@Nullable Span span) {
            return span == null ? node : to.put(from.put(day.put(node, span.day()), span.from()), span.to());
        }
    };

    static final Mapping LOCATION = Mapping.of(Kind.STORE)
            .field(Store.NAME, Lenses.at(Lenses.TEXT, "name"))
            .field(Store.DESCRIPTION, Lenses.at(Lenses.TEXT, "description"))
            .field(Store.ZONE, Lenses.at(Lenses.text(Codecs.ZONE::read, zone -> zone.getId()), "timezone"))
            .field(Store.CURRENCY, Lenses.at(Lenses.text(Codecs.CURRENCY::read, c -> c.getCurrencyCode()), "currency"))
            .field(
                    Store.HOURS,
                    Lenses.at(
                            Lenses.map(Lists.each(PERIOD), spans -> new Hours(null, spans, List.of()), Hours::week),
                            "business_hours",
                            "periods"))
            .field(
                    Store.STATUS,
                    Lenses.at(
                            Lenses.words(Map.of("ACTIVE", SaleStatus.FOR_SALE, "INACTIVE", SaleStatus.OFF)), "status"))
            .field(Store.PHONE, Lenses.at(Lenses.TEXT, "phone_number"))
            .field(Store.ADDRESS, Lenses.readOnly(SquareStore::address))
            .build();

    private SquareStore() {}

    static Reading read(JsonNode document, Payload payload) {
        JsonNode location = document.path("location");
        String id = location.path("id").asText();
        if (!id.equals(payload.link().location())) {
            throw new InvalidValue("is \"" + id + "\", but the link's location is "
                            + payload.link().location())
                    .under("location.id");
        }
        try {
            RecordDelta delta = RecordDelta.set(STORE, Stamp.at(payload.receivedAt()), 0, LOCATION.get(location));
            return Reading.of(new PartnerEvent("", List.of(delta), List.of()));
        } catch (InvalidValue e) {
            throw e.under("location");
        }
    }

    private static String withSeconds(LocalTime time) {
        return time.getSecond() == 0 && time.getNano() == 0 ? time + ":00" : time.toString();
    }

    private static @Nullable String address(JsonNode location) {
        String joined = ADDRESS.stream()
                .map(part -> part.get(location))
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(", "));
        return joined.isEmpty() ? null : joined;
    }

    private static Map<String, DayOfWeek> days() {
        Map<String, DayOfWeek> days = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day.name().substring(0, 3), day);
        }
        return days;
    }
}
