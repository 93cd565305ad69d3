package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.JobEnd;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Writing;
import dev.tournant.conformance.Conformance;
import dev.tournant.conformance.Effort;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import dev.tournant.conformance.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Faults that an adapter for a partner which is only told may have: the kit finds each. */
class PlantedFaultsTest {
    /** The same, but for what one of its methods returns. */
    private static <T> T but(Class<T> type, T right, String method, UnaryOperator<Object> change) {
        Object faulty = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> {
            try {
                Object returned = called.invoke(right, given);
                return called.getName().equals(method) ? change.apply(returned) : returned;
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        });
        return type.cast(faulty);
    }

    private static Adapter reading(UnaryOperator<Reading> change) {
        return but(Adapter.class, new DoorDashAdapter(), "read", reading -> change.apply((Reading) reading));
    }

    private static Adapter planning(UnaryOperator<Plan> change) {
        Writing faulty = but(Writing.class, new DoorDashWriting(), "plan", plan -> change.apply((Plan) plan));
        return but(Adapter.class, new DoorDashAdapter(), "writing", right -> Optional.of(faulty));
    }

    private static void found(Adapter faulty, String check, String... words) {
        Samples samples = Samples.onClassPath(PlantedFaultsTest.class, "/doordash/conformance");
        Verdict verdict = Conformance.checks().stream()
                .filter(each -> each.id().equals(check))
                .findFirst()
                .orElseThrow()
                .run(Subject.of(faulty, Diner.LINK, samples), Effort.USUAL);
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Failed.class,
                        failed -> assertThat(failed.finding().toString()).contains(words));
    }

    private static Plan sent(Plan plan, UnaryOperator<String> change) {
        return new Plan(
                plan.steps().stream()
                        .map(step ->
                                step.stream().map(call -> sent(call, change)).toList())
                        .toList(),
                plan.settled());
    }

    private static Call sent(Call call, UnaryOperator<String> change) {
        Request right = call.request();
        String json = change.apply(String.valueOf(right.json()));
        return new Call(
                new Request(right.method(), right.path(), right.headers(), json, right.repeatable()),
                call.about(),
                call.lock());
    }

    @Test
    void aFailureThatIsTakenForASuccess() {
        found(
                reading(right -> new Reading(
                        right.events(),
                        right.unreadable(),
                        right.jobs().stream()
                                .map(end -> new JobEnd(end.job(), Outcome.DONE, end.remotes()))
                                .toList())),
                "samples-say-what-is-expected",
                "job/tournant/",
                "expected to end as GiveUp",
                "Done");
    }

    @Test
    void anEndThatGetsLost() {
        found(
                reading(right -> right.jobs().isEmpty() ? new Reading(right.events(), List.of()) : right),
                "wrong-types-reported",
                "vanish");
    }

    @Test
    void aMenuThatIsMadeAnewEachTime() {
        found(
                planning(plan -> sent(plan, json -> {
                    ObjectNode body = Diner.object(json);
                    without(body, "x_kit_unknown");
                    return Documents.text(body);
                })),
                "unknown-members-sent-back",
                "x_kit_unknown",
                "would take it away");
    }

    private static void without(JsonNode node, String member) {
        if (node instanceof ObjectNode object) {
            object.remove(member);
        }
        node.forEach(child -> without(child, member));
    }

    @Test
    void aNameThatIsNotTold() {
        found(
                planning(plan -> sent(plan, json -> json.replace("Soup by kit", "Soup"))),
                "changes-are-told",
                "item/soup",
                "neither in a call");
    }
}
