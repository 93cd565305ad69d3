package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Keyring;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An adapter, and what it is checked by.
 *
 * @param link to which the samples belong
 * @param currency in which the merchant has prices
 * @param counterpart who answers its requests; null where there is nobody
 * @param at when everything happens; with a counterpart that looks at the time, when the run begins
 * @param webhookUrl as it is registered at the partner
 * @param keyring made up: no secret of the samples' own
 * @param excuses by the id of a check: why this adapter fails it, and is right all the same
 */
public record Subject(
        Adapter adapter,
        Link link,
        Currency currency,
        Samples samples,
        @Nullable Counterpart counterpart,
        Instant at,
        String webhookUrl,
        Keyring keyring,
        Map<String, String> excuses) {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    private static final String URL = "https://tournant.example/v1/hooks/partner/kit";

    public Subject {
        excuses = Map.copyOf(excuses);
        if (!adapter.partner().equals(link.partner())) {
            throw new InvalidValue("is of " + link.partner() + ", but the adapter speaks to " + adapter.partner())
                    .under("link.partner");
        }
        for (String id : excuses.keySet()) {
            if (Conformance.checks().stream().noneMatch(check -> check.id().equals(id))) {
                throw new InvalidValue("there is no check " + id).under("excuses");
            }
        }
    }

    /** A merchant with prices in USD. */
    public static Subject of(Adapter adapter, Link link, Samples samples) {
        return new Subject(
                adapter, link, Currency.getInstance("USD"), samples, null, AT, URL, Secrets.of(adapter), Map.of());
    }

    public Subject withCounterpart(Counterpart other) {
        return new Subject(adapter, link, currency, samples, other, at, webhookUrl, keyring, excuses);
    }

    public Subject in(Currency other) {
        return new Subject(adapter, link, other, samples, counterpart, at, webhookUrl, keyring, excuses);
    }

    public Subject at(Instant other) {
        return new Subject(adapter, link, currency, samples, counterpart, other, webhookUrl, keyring, excuses);
    }

    /** The check is run all the same, and fails when it passes: an excuse that is not needed hides the next fault. */
    public Subject excusing(String check, String why) {
        Map<String, String> more = new HashMap<>(excuses);
        more.put(check, why);
        return new Subject(adapter, link, currency, samples, counterpart, at, webhookUrl, keyring, more);
    }
}
