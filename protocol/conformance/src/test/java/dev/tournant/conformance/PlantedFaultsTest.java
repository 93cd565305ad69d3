package dev.tournant.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Faults that adapters really have: each is found, by the check that is about it, in words that lead to it. */
class PlantedFaultsTest {
    private static final Effort EFFORT = new Effort(7, 60, 500, 500, Duration.ofMinutes(1));

    /** The kit fails the adapter, and this check says so with these words. */
    private static void found(Adapter faulty, String check, String... words) {
        found(Bistro.subject(faulty).withCounterpart(new BistroHouse()), check, words);
    }

    private static void found(Subject subject, String check, String... words) {
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

    private static RecordDelta with(RecordDelta delta, UnaryOperator<FieldMap> fields) {
        return delta.presence() == Presence.PRESENT ? delta.with(fields.apply(delta.fields())) : delta;
    }

    private static Reading deltas(Reading reading, UnaryOperator<RecordDelta> change) {
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

    private static Plan bodies(Plan plan, Consumer<ObjectNode> change) {
        return new Plan(
                plan.steps().stream()
                        .map(step ->
                                step.stream().map(call -> body(call, change)).toList())
                        .toList(),
                plan.settled());
    }

    private static Call body(Call call, Consumer<ObjectNode> change) {
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

    private static void without(JsonNode node, String member) {
        if (node instanceof ObjectNode object) {
            object.remove(member);
        }
        node.forEach(child -> without(child, member));
    }

    @Test
    void aPriceOfTheWrongScale() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        return deltas(
                                super.read(payload),
                                delta -> with(delta, fields -> {
                                    Money price = fields.get(Item.PRICE);
                                    return price == null
                                            ? fields
                                            : Known.over(
                                                    fields,
                                                    FieldMap.of(
                                                            Item.PRICE,
                                                            new Money(
                                                                    price.amount()
                                                                            .multiply(BigDecimal.TEN),
                                                                    price.currency())));
                                }));
                    }
                },
                "samples-say-what-is-expected",
                "item/tea-s price",
                "2.90 USD",
                "29.00 USD");
    }

    @Test
    void aPriceThatIsRounded() {
        found(
                new Passing() {
                    @Override
                    public java.util.Optional<dev.tournant.adapter.lens.Records> records(
                            dev.tournant.model.Link link, String resource) {
                        return java.util.Optional.of(Floating.RECORDS);
                    }
                },
                "money-is-exact",
                "price",
                "was written as",
                "is read as");
    }

    @Test
    void aTombstoneThatIsIgnored() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        return deltas(
                                super.read(payload),
                                delta -> delta.presence() == Presence.PRESENT
                                        ? delta
                                        : RecordDelta.set(delta.key(), delta.stamp(), delta.version(), FieldMap.EMPTY));
                    }
                },
                "samples-show-a-deletion",
                "tombstones are ignored");
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
    void aCursorThatIsIgnored() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Page page ? new Turn.Page(null, page.until()) : turn;
                    }
                },
                "fetch-reads-all-pages",
                "menu/page-1.json",
                "cursor of this page is not read");
    }

    @Test
    void theFirstPageForEver() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Page page && page.next() != null
                                ? new Turn.Page(right.open(fetch), page.until())
                                : turn;
                    }
                },
                "fetch-reads-all-pages",
                "menu/page-1.json",
                "never ends",
                "cursor of this page is ignored");
    }

    @Test
    void aCircleOfPages() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        boolean circle = turn instanceof Turn.Broken broken
                                && broken.outcome() instanceof Outcome.TryLater later
                                && later.why().contains("same page");
                        return circle ? new Turn.Page(asked, null) : turn;
                    }
                },
                "pages-in-a-circle",
                "for ever",
                "Turn.Broken");
    }

    @Test
    void aCursorThatIsNotEncoded() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        if (turn instanceof Turn.Page page && page.next() != null) {
                            String cursor =
                                    Documents.object(answer.body()).path("next").asText();
                            return new Turn.Page(
                                    new Request("GET", "/menu?cursor=" + cursor, Map.of(), null, true), page.until());
                        }
                        return turn;
                    }
                },
                "requests-stay-below-base-url",
                "the path of the request",
                "percent-encode");
    }

    @Test
    void anEmptyPageThatEndsTheFetch() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        boolean empty = new String(answer.body(), StandardCharsets.UTF_8).contains("\"items\":[]");
                        return empty && turn instanceof Turn.Page page ? new Turn.Page(null, page.until()) : turn;
                    }
                },
                "pages-of-any-size",
                "with no record",
                "the cursor counts");
    }

    @Test
    void aFetchThatBeginsAnewEachTime() {
        found(
                new Passing() {
                    @Override
                    public Request open(Fetch fetch) {
                        return super.open(new Fetch(fetch.link(), fetch.resource(), null));
                    }
                },
                "fetch-goes-on-from-until",
                "until",
                "2026-11-22T11:00:00Z",
                "same request as the first");
    }

    @Test
    void somethingThatIsRememberedBetweenFetches() {
        found(
                new Passing() {
                    private final Map<String, Integer> asked = new HashMap<>();

                    @Override
                    public Turn turn(Fetch fetch, Request request, Answer answer) {
                        Turn turn = super.turn(fetch, request, answer);
                        int nth = asked.merge(fetch.resource(), 1, Integer::sum);
                        return turn instanceof Turn.Page page && page.next() != null
                                ? new Turn.Page(page.next().with("X-Page", String.valueOf(nth)), page.until())
                                : turn;
                    }
                },
                "fetches-do-not-mix",
                "menu/page-1.json",
                "remembers something");
    }

    @Test
    void anEventIdThatIsIgnored() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        List<PartnerEvent> events = reading.events().stream()
                                .map(event -> new PartnerEvent("", event.deltas(), event.signals()))
                                .toList();
                        return new Reading(events, reading.unreadable());
                    }
                },
                "events-bear-their-id",
                "webhooks/changed.json",
                "the event's id",
                "is empty");
    }

    @Test
    void timesOfArrivalInPlaceOfThePartners() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        return deltas(
                                super.read(payload),
                                delta -> new RecordDelta(
                                        delta.key(),
                                        dev.tournant.model.Stamp.at(payload.receivedAt()),
                                        0,
                                        delta.presence(),
                                        delta.fields()));
                    }
                },
                "webhooks-twice-and-in-any-order",
                "item/soup",
                "a version of their own");
    }

    @Test
    void anExceptionForWhatThePartnerSends() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        ObjectNode document = Documents.object(payload.body());
                        return document.isEmpty() ? Reading.nothing("$", "is empty") : super.read(payload);
                    }
                },
                "garbled-documents",
                "menu/page-1.json",
                "threw InvalidValue",
                "report");
    }

    @Test
    void aValueOfAnotherTypeThatClearsAField() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        if (reading.unreadable().stream()
                                .noneMatch(each -> each.path().endsWith(".price"))) {
                            return reading;
                        }
                        ObjectNode lenient = Documents.object(payload.body());
                        dropOdd(lenient);
                        return super.read(new Payload(
                                payload.link(),
                                payload.resource(),
                                payload.receivedAt(),
                                Documents.text(lenient).getBytes(StandardCharsets.UTF_8)));
                    }

                    private void dropOdd(JsonNode node) {
                        if (node instanceof ObjectNode object
                                && !object.path("price").isIntegralNumber()) {
                            object.remove("price");
                        }
                        node.forEach(this::dropOdd);
                    }
                },
                "wrong-types-reported",
                "price",
                "clears price of item/",
                "without a report");
    }

    @Test
    void onePoisonedRecordThatSpoilsThePage() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        return reading.unreadable().isEmpty() ? reading : new Reading(List.of(), reading.unreadable());
                    }
                },
                "wrong-types-reported",
                "stands elsewhere in the document");
    }

    @Test
    void aRefusalForNowThatIsGivenUp() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        return answer.status() == 429
                                ? new Turn.Broken(new Outcome.GiveUp("http-429", "too many requests"))
                                : super.turn(fetch, asked, answer);
                    }
                },
                "refused-fetches-as-declared",
                "status 429",
                "GiveUp",
                "TryLater");
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
    void htmlThatEndsAFetch() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        boolean html = new String(answer.body(), StandardCharsets.UTF_8).startsWith("<");
                        return html && answer.status() == 200
                                ? new Turn.Page(null, null)
                                : super.turn(fetch, asked, answer);
                    }
                },
                "garbage-is-no-page",
                "HTTP 200 with HTML",
                "taken for a page");
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

    @Test
    void aSecretInALogText() {
        found(
                new Passing() {
                    @Override
                    public Turn turn(Fetch fetch, Request asked, Answer answer) {
                        Turn turn = super.turn(fetch, asked, answer);
                        return turn instanceof Turn.Broken && answer.status() >= 500
                                ? new Turn.Broken(new Outcome.TryLater(
                                        Duration.ZERO,
                                        answer.headers() + new String(answer.body(), StandardCharsets.UTF_8)))
                                : turn;
                    }
                },
                "echoed-secrets-not-repeated",
                "turn of menu",
                "holds the secret");
    }

    @Test
    void anAddressInPlaceOfAPath() {
        found(
                new Passing() {
                    @Override
                    public Request open(Fetch fetch) {
                        return new Request("GET", "//bistro.example/menu", Map.of(), null, true);
                    }
                },
                "requests-stay-below-base-url",
                "//bistro.example/menu",
                "must begin with one /");
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
    void aLimitWithASlipInItsPath() {
        found(
                new Passing() {
                    @Override
                    public List<Limit> limits() {
                        return List.of(Limit.rate("writes", Limit.Scope.ACCOUNT, 1, Duration.ofSeconds(1))
                                .only("POST", "/menu/item/"));
                    }
                },
                "limits-count-requests",
                "writes",
                "/menu/item/",
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

    @Test
    void findsTheSameAgain() {
        List<String> texts = new ArrayList<>();
        for (int nth = 0; nth < 2; nth++) {
            Adapter faulty = new Passing() {
                @Override
                public Reading read(Payload payload) {
                    Reading reading = super.read(payload);
                    return reading.unreadable().isEmpty() ? reading : new Reading(List.of(), reading.unreadable());
                }
            };
            texts.add(Conformance.run(Bistro.subject(faulty), EFFORT).text());
        }
        assertThat(texts.get(0)).isEqualTo(texts.get(1)).contains("seed 7");
    }
}
