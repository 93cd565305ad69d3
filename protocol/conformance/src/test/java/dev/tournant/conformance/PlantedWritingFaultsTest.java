package dev.tournant.conformance;

import static dev.tournant.conformance.Finder.bodies;
import static dev.tournant.conformance.Finder.found;
import static dev.tournant.conformance.Finder.without;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.model.RecordKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ways to tell a partner that are wrong. */
class PlantedWritingFaultsTest {
    @Test
    void whatThePartnerSaysRepeatedWordByWord() {
        found(
                new Passing() {
                    @Override
                    public Result read(Call call, Answer answer) {
                        String said = new String(answer.body(), StandardCharsets.UTF_8);
                        Map<RecordKey, Outcome> outcomes = new HashMap<>();
                        super.read(call, answer)
                                .outcomes()
                                .forEach((key, outcome) -> outcomes.put(
                                        key,
                                        outcome instanceof Outcome.GiveUp no && said.contains("is wrong")
                                                ? new Outcome.GiveUp(no.code(), said)
                                                : outcome));
                        return new Result(outcomes, Map.of(), List.of());
                    }
                },
                "echoed-secrets-not-repeated",
                "in its detail",
                "holds the secret");
    }

    @Test
    void aMemberThatIsDroppedOnTheWayBack() {
        Adapter faulty = new Passing() {
            @Override
            public Plan plan(Difference difference) {
                return bodies(super.plan(difference), body -> without(body, Planted.MEMBER));
            }
        };
        found(faulty, "unknown-members-sent-back", Planted.MEMBER, "not sent back", "POST /menu/items");
    }

    @Test
    void versionsOfNestedObjectsThatAreLost() {
        found(
                new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        return bodies(
                                super.plan(difference),
                                body -> body.path("items").forEach(item -> without(item.path("sizes"), "version")));
                    }
                },
                "nested-versions-sent-back",
                "tea-s at version 4",
                "version");
    }

    @Test
    void aWaitThatIsNotRead() {
        found(
                new Passing() {
                    @Override
                    public Result read(Call call, Answer answer) {
                        return super.read(call, new Answer(answer.status(), Map.of(), answer.body(), answer.at()));
                    }
                },
                "waits-as-declared",
                "retry-after",
                "PT7S",
                "PT0S");
    }

    @Test
    void oneBadRecordThatFailsTheWholePlan() {
        found(
                new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        Plan plan = super.plan(difference);
                        Outcome no = plan.settled().values().stream()
                                .filter(Outcome.GiveUp.class::isInstance)
                                .findFirst()
                                .orElse(null);
                        if (no == null) {
                            return plan;
                        }
                        Map<RecordKey, Outcome> all = new HashMap<>();
                        difference.wanted().keySet().forEach(key -> all.put(key, no));
                        return new Plan(List.of(), all);
                    }
                },
                "bad-record-refused-alone",
                "one bad record takes",
                "kit-bad");
    }

    @Test
    void aBatchThatIsGivenUpAsAWhole() {
        found(
                new Passing() {
                    @Override
                    public Result read(Call call, Answer answer) {
                        Result result = super.read(call, answer);
                        Map<RecordKey, Outcome> all = new HashMap<>();
                        call.about().keySet().forEach(key -> all.put(key, new Outcome.GiveUp("refused", "")));
                        return result.instead().isEmpty() ? result : new Result(all, Map.of(), List.of());
                    }
                },
                "blamed-record-found",
                "given up with it",
                "Result.instead()");
    }

    @Test
    void aRecordThatNobodyAnswersFor() {
        found(
                new Passing() {
                    @Override
                    public Result read(Call call, Answer answer) {
                        Result result = super.read(call, answer);
                        Map<RecordKey, Outcome> fewer = new HashMap<>(result.outcomes());
                        result.outcomes().keySet().stream().findFirst().ifPresent(fewer::remove);
                        return new Result(fewer, result.remotes(), result.instead());
                    }
                },
                "refused-writes-as-declared",
                "leave out",
                "item/");
    }

    /** A new object without a key of its own, told again after trouble as if nothing could have come of it. */
    @Test
    void aNewRecordThatIsToldAgainBlindly() {
        Passing unkeyed = new Passing() {
            @Override
            public Plan plan(Difference difference) {
                Plan plan = super.plan(difference);
                return new Plan(
                        plan.steps().stream()
                                .map(step -> step.stream()
                                        .map(PlantedWritingFaultsTest::unkeyed)
                                        .toList())
                                .toList(),
                        plan.settled());
            }
        };
        found(unkeyed, "unkeyed-writes-looked-for", "no answer to POST /menu/items", "there twice", "ReadAgain");
    }

    private static Call unkeyed(Call call) {
        Request request = call.request();
        Request bare = new Request(request.method(), request.path(), request.headers(), request.json(), false);
        return new Call(bare, call.about(), call.lock());
    }

    @Test
    void aPlanThatIsNeverTheSame() {
        found(
                new Passing() {
                    private int plans;

                    @Override
                    public Plan plan(Difference difference) {
                        int nth = plans++;
                        return bodies(super.plan(difference), body -> body.put("key", "k" + nth));
                    }
                },
                "plans-are-reproducible",
                "is another one when it is made again");
    }

    @Test
    void aKeyThatIsTheSameForEveryPlan() {
        found(
                new Passing() {
                    @Override
                    public Plan plan(Difference difference) {
                        return bodies(super.plan(difference), body -> {
                            if (body.has("key")) {
                                body.put("key", "always");
                            }
                        });
                    }
                },
                "plans-are-reproducible",
                "repeatable",
                "under another nonce");
    }

    @Test
    void aPatchForWhatIsAsItShouldBe() {
        found(
                new Passing() {
                    @Override
                    public Map<RecordKey, Remote> seen(Payload payload) {
                        Map<RecordKey, Remote> seen = new HashMap<>();
                        super.seen(payload).forEach((key, remote) -> {
                            ObjectNode document = remote.document() == null
                                    ? null
                                    : remote.document().deepCopy().put("name", "lost");
                            seen.put(key, new Remote(remote.id(), remote.version(), document));
                        });
                        return seen;
                    }
                },
                "unchanged-needs-no-call",
                "is as it should be",
                "POST /menu/items");
    }

    @Test
    void newRecordsThatAreMadeTwice() {
        BistroHouse forgetful = new BistroHouse() {
            private int made;

            @Override
            Answer written(ObjectNode body) {
                ArrayNode items = (ArrayNode) body.path("items");
                items.forEach(item -> {
                    String id = item.path("id").asText();
                    if (id.startsWith("kit-") && menu.containsKey(id)) {
                        menu.put(id + made++, (ObjectNode) Objects.requireNonNull(menu.get(id))
                                .deepCopy()
                                .put("id", id + made)
                                .without("sizes"));
                    }
                });
                body.put("key", body.path("key").asText() + made++);
                return super.written(body);
            }
        };
        found(
                Bistro.subject(new Bistro()).withCounterpart(forgetful),
                "repeated-calls-do-nothing-more",
                "sent twice and made twice");
    }

    @Test
    void aCallThatArrivesAndDoesNothing() {
        BistroHouse deaf = new BistroHouse() {
            @Override
            Answer written(ObjectNode body) {
                Map<String, ObjectNode> before = new HashMap<>(menu);
                Answer answer = super.written(body);
                menu.clear();
                menu.putAll(before);
                return answer;
            }
        };
        found(
                Bistro.subject(new Bistro()).withCounterpart(deaf),
                "round-trip-changes",
                "was told as",
                "but is read back as");
    }
}
