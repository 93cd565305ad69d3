package dev.tournant.adapter;

import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter that is another one, a manifest most often, but for what a subclass says itself. What belongs together is to be
 * amended together: {@link #read} with {@link #records}, {@link #capabilities} with what they declare.
 */
public class Amended implements Adapter {
    private final Adapter adapter;

    protected Amended(Adapter adapter) {
        this.adapter = adapter;
    }

    @Override
    public PartnerName partner() {
        return adapter.partner();
    }

    @Override
    public Set<Capability> capabilities() {
        return adapter.capabilities();
    }

    @Override
    public AuthScheme authentication() {
        return adapter.authentication();
    }

    @Override
    public List<Limit> limits() {
        return adapter.limits();
    }

    @Override
    public Refusals refusals() {
        return adapter.refusals();
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return adapter.webhooks();
    }

    @Override
    public Optional<Writing> writing() {
        return adapter.writing();
    }

    @Override
    public Optional<Hosting> hosting() {
        return adapter.hosting();
    }

    @Override
    public List<String> resources() {
        return adapter.resources();
    }

    @Override
    public Reading read(Payload payload) {
        return adapter.read(payload);
    }

    @Override
    public Request open(Fetch fetch) {
        return adapter.open(fetch);
    }

    @Override
    public Duration pagesLast(String resource) {
        return adapter.pagesLast(resource);
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        return adapter.turn(fetch, asked, answer);
    }

    @Override
    public FieldMap completed(FieldMap said, FieldMap known) {
        return adapter.completed(said, known);
    }

    @Override
    public Optional<Records> records(Link link, Currency currency, String resource) {
        return adapter.records(link, currency, resource);
    }
}
