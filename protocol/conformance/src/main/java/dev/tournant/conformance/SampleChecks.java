package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Reading;
import dev.tournant.model.Field;
import dev.tournant.model.Fields;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The samples: without them nothing is proven, so what an adapter declares has to have some. */
final class SampleChecks {
    private static final String JOB = "job/";

    private SampleChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("samples-exist", "there is a sample of all that is declared", null, SampleChecks::exist),
                new Check(
                        "samples-read-wholly",
                        "nothing in a sample is left unread, and what cannot be read in an odd one is reported",
                        null,
                        SampleChecks::readWholly),
                new Check(
                        "samples-say-what-is-expected",
                        "what is read is what a person says the sample means, prices and deletions among it",
                        null,
                        SampleChecks::expected),
                new Check(
                        "samples-show-a-deletion",
                        "some sample shows how the partner tells that a record is gone",
                        Capability.INCREMENTAL,
                        SampleChecks::deletion));
    }

    private static void exist(Trial trial) {
        Samples samples = trial.subject().samples();
        for (String resource : trial.adapter().resources()) {
            trial.count();
            if (samples.of(resource).isEmpty()) {
                throw missing(
                        resource + "/",
                        "the adapter reads the resource " + resource + ", but there is no sample of it: add " + resource
                                + "/page-1.json");
            }
        }
        trial.count();
        if (trial.can(Capability.WEBHOOKS) && samples.of(null).isEmpty()) {
            throw missing(
                    "webhooks/", "the adapter takes webhooks, but there is no sample of one: add webhooks/NAME.json");
        }
        for (Sample sample : samples.all()) {
            String resource = sample.resource();
            if (resource != null && !trial.adapter().resources().contains(resource)) {
                throw missing(
                        sample.name(),
                        "is of the resource " + resource + ", which the adapter does not name; it has "
                                + trial.adapter().resources());
            }
        }
    }

    private static void readWholly(Trial trial) {
        for (Sample sample : trial.subject().samples().all()) {
            trial.count();
            Reading reading = trial.read(sample);
            if (!sample.isOdd() && !reading.unreadable().isEmpty()) {
                Reading.Unreadable first = reading.unreadable().get(0);
                throw Trial.broken(
                        sample,
                        first.path(),
                        "cannot be read: " + first.why() + ". If this is how it should be, call the sample odd-….json");
            }
            if (sample.isOdd() && reading.unreadable().isEmpty()) {
                throw Trial.broken(sample, "$", "is called odd, but nothing in it is reported as unreadable");
            }
            if (reading.events().isEmpty()
                    && reading.jobs().isEmpty()
                    && reading.unreadable().isEmpty()) {
                throw Trial.broken(
                        sample,
                        "$",
                        "says nothing at all: neither an event, nor the end of a job, nor something unreadable");
            }
            if (sample.resource() == null && isIgnored(sample, reading)) {
                throw Trial.broken(
                        sample,
                        "$",
                        "is a webhook that means nothing: none of its types is one that the adapter knows (in a manifest,"
                                + " a name in webhooks.events), or all that it means is left out. Where that is how it"
                                + " should be, say so by an empty " + expectedFile(sample) + ": {}");
            }
        }
    }

    /** Read as an event that tells and signals nothing, and nobody wrote that it should. */
    private static boolean isIgnored(Sample sample, Reading reading) {
        boolean isMeant = sample.expected() != null && sample.expected().isEmpty();
        boolean says = reading.events().stream()
                .anyMatch(event -> !event.deltas().isEmpty()
                        || !event.signals().isEmpty()
                        || !event.wholes().isEmpty());
        return !isMeant
                && !says
                && reading.jobs().isEmpty()
                && reading.covers().isEmpty()
                && reading.unreadable().isEmpty();
    }

    private static String expectedFile(Sample sample) {
        return sample.name().replaceFirst("[.]json$", ".expected.json");
    }

    private static void expected(Trial trial) {
        boolean said = false;
        for (Sample sample : trial.subject().samples().all()) {
            if (sample.expected() == null || sample.expected().isEmpty()) {
                continue;
            }
            said = true;
            Map<RecordKey, RecordDelta> records = trial.records(sample);
            Map<String, RecordDelta> byName = new java.util.HashMap<>();
            records.forEach((key, delta) -> byName.put(key.toString(), delta));
            Map<String, JobEnd> ends = new java.util.HashMap<>();
            trial.read(sample).jobs().forEach(end -> ends.put(JOB + end.job(), end));
            sample.expected().fields().forEachRemaining(each -> {
                trial.count();
                if (each.getKey().startsWith(JOB)) {
                    compare(sample, each.getKey(), each.getValue(), ends.get(each.getKey()));
                    return;
                }
                compare(sample, each.getKey(), each.getValue(), byName.get(each.getKey()), records);
            });
        }
        if (!said) {
            throw missing(
                    "RESOURCE/NAME.expected.json",
                    "no sample says what is to be read from it: write it by hand for one of each resource, or a"
                            + " wrong scale of money passes every other check");
        }
    }

    /** Of the end of a job: its outcome, and what the partner calls what it left behind. */
    private static void compare(Sample sample, String job, JsonNode expected, @Nullable JobEnd found) {
        if (found == null) {
            throw Trial.broken(sample, job, "is expected to end, but no such end is read");
        }
        String outcome = found.outcome().getClass().getSimpleName();
        String wanted = expected.path("outcome").asText();
        if (!outcome.equals(wanted)) {
            throw Trial.broken(sample, job, "is expected to end as " + wanted + ", but is read as " + found.outcome());
        }
        expected.path("remotes").fields().forEachRemaining(each -> {
            boolean there = found.remotes().entrySet().stream()
                    .anyMatch(remote -> remote.getKey().toString().equals(each.getKey())
                            && remote.getValue()
                                    .id()
                                    .value()
                                    .equals(each.getValue().asText()));
            if (!there) {
                throw Trial.broken(
                        sample,
                        job + " " + each.getKey(),
                        "is expected to be there as " + each.getValue() + ", but what is read to be there is "
                                + found.remotes());
            }
        });
    }

    private static void compare(
            Sample sample,
            String key,
            JsonNode expected,
            @Nullable RecordDelta found,
            Map<RecordKey, RecordDelta> all) {
        if (found == null) {
            throw Trial.broken(sample, key, "is expected, but not read; read are " + all.keySet());
        }
        String presence = found.presence().name().toLowerCase(Locale.ROOT);
        String wanted = expected.isTextual() ? expected.textValue() : "present";
        if (!presence.equals(wanted)) {
            throw Trial.broken(sample, key, "is expected to be " + wanted + ", but is read as " + presence);
        }
        expected.fields().forEachRemaining(each -> {
            Field<?> field =
                    written(sample, key, () -> Fields.of(found.key().kind()).get(each.getKey()));
            Object plain = Plain.of(each.getValue());
            Object value = plain == null ? null : written(sample, key, () -> field.read(plain));
            Object read = found.fields().get(field);
            if (!java.util.Objects.equals(value, read)) {
                throw Trial.broken(
                        sample, key + " " + each.getKey(), "is expected to be " + value + ", but is read as " + read);
            }
        });
    }

    /** What a person wrote is looked up; what it is not is said of the file that it stands in. */
    private static <T> T written(Sample sample, String key, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValue wrong) {
            String path = wrong.path().isEmpty() ? key : key + " " + wrong.path();
            throw new Broken(
                    new Finding(expectedFile(sample), path, wrong.detail(), String.valueOf(sample.expected())));
        }
    }

    private static void deletion(Trial trial) {
        List<String> names = new ArrayList<>();
        for (Sample sample : trial.subject().samples().clean()) {
            trial.count();
            Reading reading = trial.read(sample);
            // What only a fetch from the beginning tells is not told by those that go on.
            boolean whole = reading.events().stream()
                    .flatMap(event -> event.wholes().stream())
                    .anyMatch(each -> each.span() == Whole.Span.EVENT);
            boolean gone =
                    Trial.records(reading).values().stream().anyMatch(each -> each.presence() != Presence.PRESENT);
            if (whole || gone) {
                return;
            }
            names.add(sample.name());
        }
        throw missing(
                names.toString(),
                "a fetch goes on where the one before ended, so deletions have to be told; no sample is read as telling"
                        + " one: tombstones are ignored, or a sample with one is missing");
    }

    private static Broken missing(String path, String why) {
        return new Broken(new Finding("the folder of samples", path, why, null));
    }
}
