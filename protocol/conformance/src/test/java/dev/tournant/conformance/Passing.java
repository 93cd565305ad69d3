package dev.tournant.conformance;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Plan;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Result;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import dev.tournant.model.RecordKey;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Passes everything on to the right adapter; a fault is what a subclass changes. */
class Passing implements Adapter, Writing {
    final Adapter right;
    private final Writing writing;

    Passing() {
        this(new Bistro(), new BistroWriting());
    }

    Passing(Adapter right, Writing writing) {
        this.right = right;
        this.writing = writing;
    }

    @Override
    public PartnerName partner() {
        return right.partner();
    }

    @Override
    public Set<Capability> capabilities() {
        return right.capabilities();
    }

    @Override
    public AuthScheme authentication() {
        return right.authentication();
    }

    @Override
    public List<Limit> limits() {
        return right.limits();
    }

    @Override
    public Refusals refusals() {
        return right.refusals();
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return right.webhooks();
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(this);
    }

    @Override
    public List<String> resources() {
        return right.resources();
    }

    @Override
    public Optional<Records> records(Link link, Currency currency, String resource) {
        return right.records(link, currency, resource);
    }

    @Override
    public Reading read(Payload payload) {
        return right.read(payload);
    }

    @Override
    public Request open(Fetch fetch) {
        return right.open(fetch);
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        return right.turn(fetch, asked, answer);
    }

    @Override
    public Map<RecordKey, Remote> seen(Payload payload) {
        return writing.seen(payload);
    }

    @Override
    public Plan plan(Difference difference) {
        return writing.plan(difference);
    }

    @Override
    public Result read(Call call, Answer answer) {
        return writing.read(call, answer);
    }
}
