package dev.tournant.adapters.toast;

import static dev.tournant.adapter.lens.Lenses.at;
import static dev.tournant.adapter.lens.Lenses.readOnly;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.adapter.lens.Mapping;
import dev.tournant.model.Codecs;
import dev.tournant.model.FieldMap;
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
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A restaurant: the store itself. It has no version; what was received later counts. */
final class ToastStore {
    static final RecordKey STORE = RecordKey.of(Kind.STORE, "store");

    private static final Lens<Currency> CURRENCY =
            at(Lenses.text(Codecs.CURRENCY::read, c -> c.getCurrencyCode()), "general", "currencyCode");
    private static final Lens<LocalTime> OPENS = at(Lenses.text(Codecs.TIME::read, LocalTime::toString), "openTime");
    private static final Lens<LocalTime> CLOSES = at(Lenses.text(Codecs.TIME::read, LocalTime::toString), "closeTime");

    private static final Mapping RESTAURANT = Mapping.of(Kind.STORE)
            .field(Store.NAME, at(Toast.TEXT, "general", "name"))
            .field(Store.DESCRIPTION, at(Toast.TEXT, "general", "description"))
            .field(Store.ZONE, at(Lenses.text(Codecs.ZONE::read, zone -> zone.getId()), "general", "timeZone"))
            .field(Store.CURRENCY, CURRENCY)
            .field(Store.HOURS, readOnly(ToastStore::hours))
            .field(
                    Store.DAY_ENDS,
                    at(
                            Lenses.map(Lenses.LONG, ToastStore::hour, time -> (long) time.getHour()),
                            "general",
                            "closeoutHour"))
            .field(
                    Store.STATUS,
                    at(
                            Lenses.map(
                                    Lenses.BOOL,
                                    archived -> archived ? SaleStatus.OFF : SaleStatus.FOR_SALE,
                                    status -> status != SaleStatus.FOR_SALE),
                            "general",
                            "archived"))
            .field(Store.PHONE, at(Toast.TEXT, "location", "phone"))
            .field(Store.ADDRESS, readOnly(ToastStore::address))
            .build();

    private ToastStore() {}

    static Reading read(JsonNode document, Payload payload) {
        Toast.checkRestaurant(document, "guid", payload.link());
        ToastReport report = new ToastReport();
        FieldMap fields = RESTAURANT.get(document, e -> report.value("", STORE.toString(), e));
        Currency currency = fields.get(Store.CURRENCY);
        if (currency != null && !currency.equals(payload.currency())) {
            report.value(
                    "general.currencyCode",
                    STORE.toString(),
                    new InvalidValue("is " + currency + ", but menus are read in the merchant's currency "
                            + payload.currency() + ": correct the merchant's currency"));
        }
        RecordDelta delta = RecordDelta.set(STORE, Stamp.at(payload.receivedAt()), 0, fields);
        return new Reading(List.of(new PartnerEvent("", List.of(delta), List.of())), report.unreadable());
    }

    private static LocalTime hour(long hour) {
        if (hour < 0 || hour > 23) {
            throw new InvalidValue("must be from 0 to 23, not " + hour);
        }
        return LocalTime.of((int) hour, 0);
    }

    /** A week of names of day schedules; a day that has none is closed. */
    private static @Nullable Hours hours(JsonNode restaurant) {
        JsonNode schedules = Toast.object(restaurant, "schedules");
        try {
            JsonNode week = Toast.object(schedules, "weekSchedule");
            return week.isObject() ? hours(week, Toast.object(schedules, "daySchedules")) : null;
        } catch (InvalidValue e) {
            throw e.under("schedules");
        }
    }

    private static Hours hours(JsonNode week, JsonNode schedules) {
        List<Hours.Span> spans = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            JsonNode schedule = week.path(name);
            if (!schedule.isMissingNode() && !schedule.isNull()) {
                spans.add(named(day, name, schedule.asText(), schedules));
            }
        }
        return new Hours(null, spans, List.of());
    }

    private static Hours.Span named(DayOfWeek day, String name, String schedule, JsonNode schedules) {
        if (!schedules.has(schedule)) {
            throw new InvalidValue("is \"" + schedule + "\", which daySchedules does not hold")
                    .under("weekSchedule." + name);
        }
        try {
            return span(day, schedules.path(schedule));
        } catch (InvalidValue e) {
            throw e.under("daySchedules." + schedule);
        }
    }

    private static Hours.Span span(DayOfWeek day, JsonNode schedule) {
        return new Hours.Span(day, Toast.need(OPENS, schedule, "openTime"), Toast.need(CLOSES, schedule, "closeTime"));
    }

    private static @Nullable String address(JsonNode restaurant) {
        JsonNode location = restaurant.path("location");
        String joined = Stream.of("address1", "address2", "city", "stateCode", "zipCode", "country")
                .map(location::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(", "));
        return joined.isEmpty() ? null : joined;
    }
}
