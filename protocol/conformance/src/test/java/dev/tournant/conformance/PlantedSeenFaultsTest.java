package dev.tournant.conformance;

import static dev.tournant.conformance.Finder.found;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is declared and not there, and what would undo the work of others. */
class PlantedSeenFaultsTest {
    @Test
    void aCreationThatIsLookedForWhereItCannotBe() {
        found(
                new Passing() {
                    @Override
                    public List<String> madeIn() {
                        return List.of("tables");
                    }
                },
                "made-in-shows-what-is-held",
                "[tables]",
                "none of the resources");
    }

    @Test
    void aRemovalThatDoesNotSayWhatWasSeen() {
        found(
                new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        Plan plan = super.plan(difference);
                        return new Plan(
                                plan.steps().stream()
                                        .map(step -> step.stream()
                                                .map(call ->
                                                        difference.removed().isEmpty() ? seen(call, difference) : call)
                                                .toList())
                                        .toList(),
                                plan.settled());
                    }

                    private Call seen(Call call, Difference difference) {
                        long sum = call.about().keySet().stream()
                                .map(difference.remotes()::get)
                                .filter(Objects::nonNull)
                                .mapToLong(Remote::version)
                                .sum();
                        Request bare = call.request();
                        Request request = new Request(
                                bare.method(),
                                bare.path(),
                                Map.of("If-Match", String.valueOf(sum)),
                                bare.json(),
                                bare.repeatable());
                        return new Call(request, call.about(), call.lock());
                    }
                },
                "removals-bear-the-version",
                "If-Match",
                "would be removed unseen");
    }

    @Test
    void aPatchThatTellsTheWholeObject() {
        found(
                new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        Plan plan = super.plan(difference);
                        return new Plan(
                                plan.steps().stream()
                                        .map(step -> step.stream()
                                                .map(PlantedSeenFaultsTest::patch)
                                                .toList())
                                        .toList(),
                                plan.settled());
                    }
                },
                "patches-bear-what-changed",
                "did not change",
                "would be set back");
    }

    private static Call patch(Call call) {
        Request bare = call.request();
        ObjectNode body = Documents.object(String.valueOf(bare.json()).getBytes(StandardCharsets.UTF_8));
        boolean one = body.path("items").size() == 1;
        String json = one ? Documents.text(body.path("items").path(0)) : bare.json();
        return one
                ? new Call(
                        new Request("PATCH", bare.path(), bare.headers(), json, bare.repeatable()),
                        call.about(),
                        call.lock())
                : call;
    }

    @Test
    void ordersThatNobodyCanAskFor() {
        found(
                new Passing() {
                    @Override
                    public Set<Capability> capabilities() {
                        Set<Capability> more = EnumSet.copyOf(super.capabilities());
                        more.add(Capability.ORDERS);
                        return more;
                    }
                },
                "capabilities-have-parts",
                "declares ORDERS",
                "leave it out");
    }

    @Test
    void pagesThatLastForEver() {
        found(
                new Passing() {
                    @Override
                    public Duration pagesLast(String resource) {
                        return Duration.ofDays(365);
                    }
                },
                "capabilities-have-parts",
                "pagesLast(menu)",
                "PT8760H");
    }

    @Test
    void answersInAnotherOrderThanTheObjectsOfABatch() {
        Bakery hasty = new Bakery() {
            @Override
            Answer batch(ObjectNode body) {
                ArrayNode items = (ArrayNode) body.path("items");
                ArrayNode turned = items.arrayNode();
                for (int i = items.size() - 1; i >= 0; i--) {
                    turned.add(items.get(i));
                }
                body.set("items", turned);
                return super.batch(body);
            }
        };
        found(Bakery.SUBJECT.withCounterpart(hasty), "round-trip-changes", "item/", "the answer does not mention");
    }
}
