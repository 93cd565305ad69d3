package dev.tournant.conformance;

import static dev.tournant.conformance.Finder.EFFORT;
import static dev.tournant.conformance.Finder.deltas;
import static dev.tournant.conformance.Finder.found;
import static dev.tournant.conformance.Finder.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerEvent;
import dev.tournant.model.Presence;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.Stamp;
import dev.tournant.model.Whole;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ways to read a partner that are wrong. */
class PlantedReadingFaultsTest {
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
                            dev.tournant.model.Link link, java.util.Currency currency, String resource) {
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

    private static Reading whole(Reading reading, Whole.Span span) {
        Whole items = new Whole(Kind.ITEM, new Stamp(1, 0), FieldMap.EMPTY, span);
        List<PartnerEvent> events = reading.events().stream()
                .map(event -> event.id().isEmpty()
                        ? new PartnerEvent("", event.deltas(), event.signals(), List.of(items))
                        : event)
                .toList();
        return new Reading(events, reading.unreadable());
    }

    @Test
    void aPageThatIsTakenForAllThereIs() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        return reading.unreadable().isEmpty() ? whole(reading, Whole.Span.EVENT) : reading;
                    }
                },
                "absence-over-all-pages",
                "menu/page-1.json",
                "wholes of item",
                "what stands on the others would be deleted");
    }

    @Test
    void aLastPageThatSpeaksForAllOthers() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        boolean last = !Documents.object(payload.body()).has("next");
                        return last && reading.unreadable().isEmpty() ? whole(reading, Whole.Span.FETCH) : reading;
                    }
                },
                "absence-over-all-pages",
                "menu/page-1.json",
                "nothing would ever be gone");
    }

    @Test
    void aWebhookThatIsTakenForMoreThanItCarries() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        Reading reading = super.read(payload);
                        boolean webhook = payload.resource() == null;
                        boolean tells = reading.events().stream()
                                .anyMatch(event -> !event.deltas().isEmpty());
                        return webhook && tells
                                ? new Reading(reading.events(), reading.unreadable(), List.of(), List.of("menu"))
                                : reading;
                    }
                },
                "covering-webhooks-carry-all",
                "webhooks/price-1.json",
                "does not carry all, say that it signals");
    }

    @Test
    void aPageThatCannotBeReadWhollyAndIsTakenForWhole() {
        found(
                new Passing() {
                    @Override
                    public Reading read(Payload payload) {
                        return whole(super.read(payload), Whole.Span.FETCH);
                    }
                },
                "absence-of-what-was-read",
                "items[",
                "says all the same that what is not mentioned is gone");
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
                                        Stamp.at(payload.receivedAt()),
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
                                payload.currency(),
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
