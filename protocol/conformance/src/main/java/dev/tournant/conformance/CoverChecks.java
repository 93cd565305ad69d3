package dev.tournant.conformance;

import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What need not be fetched as a webhook carries all of it: only if it does. */
final class CoverChecks {
    private CoverChecks() {}

    static List<Check> all() {
        return List.of(new Check(
                "covering-webhooks-carry-all",
                "a webhook that is taken for a fetch of a resource has all that an answer to such a fetch has",
                null,
                CoverChecks::carry));
    }

    private static void carry(Trial trial) {
        boolean any = false;
        for (Sample sample : trial.subject().samples().of(null)) {
            Reading reading = trial.read(sample);
            for (String resource : reading.covers()) {
                any = true;
                covers(trial, sample, reading, resource);
            }
        }
        if (!any) {
            throw new NothingToCheck("no webhook carries all of a resource");
        }
    }

    private static void covers(Trial trial, Sample sample, Reading reading, String resource) {
        String place = "covers " + resource;
        if (!trial.adapter().resources().contains(resource)) {
            throw Trial.broken(
                    sample,
                    place,
                    "is no resource; known are " + trial.adapter().resources());
        }
        if (reading.events().stream().anyMatch(event -> event.signals().contains(resource))) {
            throw Trial.broken(sample, place, "and says to fetch it all the same: say either");
        }
        if (!reading.unreadable().isEmpty()) {
            throw Trial.broken(
                    sample, place, "though something in it cannot be read: what that is would stay as it was");
        }
        List<Sample> answers = trial.subject().samples().of(resource);
        if (answers.isEmpty()) {
            throw Trial.broken(
                    sample,
                    place,
                    "but there is no sample of an answer to compare it with: add " + resource + "/NAME.json");
        }
        Map<RecordKey, RecordDelta> carried = Trial.records(reading);
        for (Sample answer : answers) {
            trial.count();
            trial.records(answer).forEach((key, delta) -> compare(sample, answer, carried.get(key), delta));
        }
    }

    private static void compare(Sample sample, Sample answer, @Nullable RecordDelta carried, RecordDelta fetched) {
        if (carried == null) {
            throw Trial.broken(
                    sample,
                    fetched.key(),
                    "is missing, which " + answer.name() + " has: the webhook does not carry all, say that it signals");
        }
        FieldMap fields = fetched.fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.value(i) != null
                    && !has(carried.fields(), fields.field(i).name())) {
                throw Trial.broken(
                        sample,
                        fetched.key() + " " + fields.field(i).name(),
                        "is not said, and " + answer.name()
                                + " says it: the webhook does not carry all, say that it signals");
            }
        }
    }

    private static boolean has(FieldMap fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.field(i).name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
