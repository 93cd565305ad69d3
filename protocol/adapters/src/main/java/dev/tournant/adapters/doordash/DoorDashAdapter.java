package dev.tournant.adapters.doordash;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hosting;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DoorDash Marketplace: it is told, or pulls; what it holds is read only to know what it was told.
 *
 * <p>A link's account is the provider's name there ({@code provider_type}), its location the store's {@code
 * merchant_supplied_id}. Secrets: {@code developer-id}, {@code key-id} and {@code signing-secret} for calls, {@code
 * webhook-token} for webhooks, {@code pull-token} for pulls.
 */
public final class DoorDashAdapter implements Adapter {
    static final PartnerName DOORDASH = new PartnerName("doordash");

    /** The menus of a store with their ids: who made them, and what is in them. */
    static final String MENUS = "menus";

    @Override
    public PartnerName partner() {
        return DOORDASH;
    }

    /** Hours are told with the menus; of the store itself, only whether it takes orders. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(Capability.WRITE_CATALOGUE, Capability.WRITE_STORE, Capability.WEBHOOKS, Capability.ASYNCHRONOUS);
    }

    @Override
    public AuthScheme authentication() {
        return DoorDashApi.AUTHENTICATION;
    }

    @Override
    public List<Limit> limits() {
        return DoorDashApi.LIMITS;
    }

    @Override
    public Refusals refusals() {
        return DoorDashApi.REFUSALS;
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return Optional.of(DoorDashWebhook.WEBHOOKS);
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(new DoorDashWriting());
    }

    @Override
    public Optional<Hosting> hosting() {
        return Optional.of(new DoorDashHosting());
    }

    @Override
    public List<String> resources() {
        return List.of(MENUS);
    }

    /** A page of menus says nothing new about records: they are what we told. */
    @Override
    public Reading read(Payload payload) {
        String resource = payload.resource();
        try {
            if (resource == null) {
                return DoorDashWebhook.read(Documents.object(payload.body()), payload.link());
            }
            return resource.equals(MENUS)
                    ? Held.read(Documents.object(payload.body()))
                    : Reading.nothing("$", "is a page of " + resource + ", which DoorDash does not have");
        } catch (InvalidValue e) {
            return Reading.nothing(e.path().isEmpty() ? "$" : e.path(), e.detail());
        }
    }

    @Override
    public Request open(Fetch task) {
        if (!task.resource().equals(MENUS)) {
            throw new IllegalArgumentException("DoorDash has no resource " + task.resource());
        }
        return DoorDashApi.get(task.link(), "menu_details");
    }

    @Override
    public Turn turn(Fetch task, Request asked, Answer answer) {
        if (answer.status() != 200 || DoorDashApi.isJobPending(answer)) {
            return new Turn.Broken(DoorDashApi.REFUSALS.outcome(answer));
        }
        try {
            Held.checkPage(Documents.object(answer.body()));
            return new Turn.Page(null, null);
        } catch (InvalidValue e) {
            return new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "the answer: " + e.getMessage()));
        }
    }
}
