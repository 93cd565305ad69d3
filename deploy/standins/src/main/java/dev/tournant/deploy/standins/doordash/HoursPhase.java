package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the second phase of a job finds wrong with the hours of a menu. Times are local, {@code HH:mm}. */
final class HoursPhase {
    private static final Set<String> DAYS = Set.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");

    private record Span(String from, String to) {
        boolean meets(Span other) {
            return from.compareTo(other.to) < 0 && other.from.compareTo(to) < 0;
        }
    }

    private final Map<String, List<Span>> spans = new HashMap<>();

    private HoursPhase() {}

    static Optional<String> trouble(JsonNode openHours, JsonNode specialHours) {
        if (openHours.isEmpty()) {
            return Optional.of("open_hours: is empty.");
        }
        return new HoursPhase().openTrouble(openHours).or(() -> new HoursPhase().specialTrouble(specialHours));
    }

    private Optional<String> openTrouble(JsonNode openHours) {
        for (int at = 0; at < openHours.size(); at++) {
            JsonNode hours = openHours.get(at);
            String day = hours.path("day_index").asText();
            Optional<String> trouble = DAYS.contains(day)
                    ? spanTrouble(day, hours)
                    : Optional.of("`" + day + "` is no day_index, MON to SUN");
            if (trouble.isPresent()) {
                return said("open_hours", at, trouble.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> specialTrouble(JsonNode specialHours) {
        for (int at = 0; at < specialHours.size(); at++) {
            JsonNode hours = specialHours.get(at);
            String date = hours.path("date").asText();
            Optional<String> trouble = dateTrouble(date)
                    .or(() -> hours.path("closed").asBoolean() ? closedTrouble(date) : spanTrouble(date, hours));
            if (trouble.isPresent()) {
                return said("special_hours", at, trouble.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> closedTrouble(String date) {
        return spanTrouble(date, new Span("00:00", "24:00"));
    }

    private Optional<String> spanTrouble(String day, JsonNode hours) {
        Span span = new Span(
                hours.path("start_time").asText(), hours.path("end_time").asText());
        if (!isTime(span.from()) || !isTime(span.to())) {
            return Optional.of("start_time and end_time must be HH:mm");
        }
        return span.from().compareTo(span.to()) < 0
                ? spanTrouble(day, span)
                : Optional.of("end_time must be after start_time; hours do not run past midnight");
    }

    private Optional<String> spanTrouble(String day, Span span) {
        List<Span> taken = spans.computeIfAbsent(day, key -> new ArrayList<>());
        boolean meets = taken.stream().anyMatch(span::meets);
        taken.add(span);
        return meets ? Optional.of("overlaps other hours of " + day) : Optional.empty();
    }

    private static Optional<String> dateTrouble(String date) {
        try {
            LocalDate unused = LocalDate.parse(date);
            return Optional.empty();
        } catch (DateTimeParseException notADate) {
            return Optional.of("`" + date + "` is no date, yyyy-mm-dd");
        }
    }

    private static boolean isTime(String text) {
        try {
            LocalTime unused = LocalTime.parse(text);
            return text.length() == 5;
        } catch (DateTimeParseException notATime) {
            return false;
        }
    }

    private static Optional<String> said(String field, int at, String trouble) {
        return Optional.of(field + "[" + at + "]: " + trouble + ".");
    }
}
