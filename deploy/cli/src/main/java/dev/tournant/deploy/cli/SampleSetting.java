package dev.tournant.deploy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Documents;
import dev.tournant.conformance.Samples;
import dev.tournant.conformance.Subject;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.Money;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a folder of samples is about: {@code subject.json}, of which everything may be left out.
 *
 * @param account that the samples are of
 * @param location that they are of; null for none
 * @param currency of the merchant
 * @param excuses checks that the adapter fails and is right all the same, and why
 */
record SampleSetting(String account, @Nullable String location, Currency currency, Map<String, String> excuses) {
    static final String FILE = "subject.json";
    static final SampleSetting USUAL = new SampleSetting("account", "location", Currency.getInstance("USD"), Map.of());

    private static final Set<String> MEMBERS = Set.of("account", "location", "currency", "excuses");

    SampleSetting {
        excuses = Map.copyOf(excuses);
    }

    /** {@code {"account": "M1", "location": "L1", "currency": "EUR", "excuses": {"get-put": "why"}}}. */
    static SampleSetting of(byte[] json) {
        ObjectNode document = Documents.object(json);
        document.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new InvalidValue("is unknown; known are "
                                + MEMBERS.stream().sorted().toList())
                        .under(name);
            }
        });
        Map<String, String> excuses = new LinkedHashMap<>();
        document.path("excuses")
                .fields()
                .forEachRemaining(
                        each -> excuses.put(each.getKey(), text(each.getValue(), "excuses." + each.getKey())));
        JsonNode location = document.path("location");
        return new SampleSetting(
                document.has("account") ? text(document.path("account"), "account") : USUAL.account,
                location.isMissingNode() ? USUAL.location : location.isNull() ? null : text(location, "location"),
                document.has("currency") ? Money.currency(text(document.path("currency"), "currency")) : USUAL.currency,
                excuses);
    }

    private static String text(JsonNode value, String name) {
        if (!value.isTextual()) {
            throw new InvalidValue("must be text").under(name);
        }
        return value.textValue();
    }

    Link link(Adapter adapter) {
        return new Link(new LinkId("samples"), adapter.partner(), account, location, "samples");
    }

    Subject subject(Adapter adapter, Samples samples) {
        Subject subject = Subject.of(adapter, link(adapter), samples).in(currency);
        for (Map.Entry<String, String> excuse : excuses.entrySet()) {
            subject = subject.excusing(excuse.getKey(), excuse.getValue());
        }
        return subject;
    }
}
