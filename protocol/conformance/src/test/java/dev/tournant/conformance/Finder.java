package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Request;
import dev.tournant.model.FieldMap;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Faults that adapters really have are planted in a right one: each has to be found by the check that is about it, in
 * words that lead to it.
 */
final class Finder {
    private Finder() {}

    static final Effort EFFORT = new Effort(7, 60, 500, 500, Duration.ofMinutes(1));

    /** The kit fails the adapter, and this check says so with these words. */
    static void found(Adapter faulty, String check, String... words) {
        found(Bistro.subject(faulty).withCounterpart(new BistroHouse()), check, words);
    }

    static void found(Subject subject, String check, String... words) {
        Report report = Conformance.run(subject, EFFORT);
        assertThat(report.passed()).isFalse();
        Verdict verdict = report.lines().stream()
                .filter(line -> line.check().id().equals(check))
                .map(Report.Line::verdict)
                .findFirst()
                .orElseThrow();
        assertThat(verdict)
                .as(report.text())
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.finding().toString()).contains(words));
        assertThat(report.text()).contains("FAILED    " + check).contains(words[0]);
    }

    static RecordDelta with(RecordDelta delta, UnaryOperator<FieldMap> fields) {
        return delta.presence() == Presence.PRESENT ? delta.with(fields.apply(delta.fields())) : delta;
    }

    static Reading deltas(Reading reading, UnaryOperator<RecordDelta> change) {
        return new Reading(
                reading.events().stream()
                        .map(event -> new PartnerEvent(
                                event.id(),
                                event.deltas().stream().map(change).toList(),
                                event.signals(),
                                event.wholes()))
                        .toList(),
                reading.unreadable());
    }

    static Plan bodies(Plan plan, Consumer<ObjectNode> change) {
        return new Plan(
                plan.steps().stream()
                        .map(step ->
                                step.stream().map(call -> body(call, change)).toList())
                        .toList(),
                plan.settled());
    }

    static Call body(Call call, Consumer<ObjectNode> change) {
        ObjectNode body = Documents.object(String.valueOf(call.request().json()).getBytes(StandardCharsets.UTF_8));
        change.accept(body);
        Request request = call.request();
        return new Call(
                new Request(
                        request.method(),
                        request.path(),
                        request.headers(),
                        Documents.text(body),
                        request.repeatable()),
                call.about(),
                call.lock());
    }

    static void without(JsonNode node, String member) {
        if (node instanceof ObjectNode object) {
            object.remove(member);
        }
        node.forEach(child -> without(child, member));
    }
}
