package dev.tournant.adapters.toast;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Limit;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Toast: a restaurant is the link's account and its location, both by the restaurant's GUID. */
public final class ToastAdapter implements Adapter {
    static final PartnerName TOAST = new PartnerName("toast");

    @Override
    public PartnerName partner() {
        return TOAST;
    }

    /** Menus and the restaurant itself are read only. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.READ_CATALOGUE,
                Capability.READ_STOCK,
                Capability.WRITE_STOCK,
                Capability.READ_STORE,
                Capability.WEBHOOKS,
                Capability.PROBE);
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(new ToastWriting());
    }

    /** The restaurant first: it says in which currency and zone to read the rest. Stock last: it is about known items. */
    @Override
    public List<String> resources() {
        return List.of(ToastFetch.STORE, ToastFetch.MENUS, ToastFetch.STOCK);
    }

    @Override
    public AuthScheme authentication() {
        return ToastApi.AUTHENTICATION;
    }

    @Override
    public List<Limit> limits() {
        return ToastApi.LIMITS;
    }

    @Override
    public Refusals refusals() {
        return ToastApi.REFUSALS;
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return Optional.of(ToastWebhook.WEBHOOKS);
    }

    @Override
    public Reading read(Payload payload) {
        try {
            if (payload.resource() == null) {
                return ToastWebhook.read(Documents.object(payload.body()), payload.link());
            }
            return switch (payload.resource()) {
                case ToastFetch.STORE -> ToastStore.read(Documents.object(payload.body()), payload);
                case ToastFetch.MENUS -> ToastMenus.read(Documents.object(payload.body()), payload);
                case ToastFetch.STOCK -> ToastStock.read(Documents.list(payload.body()), payload);
                default -> Reading.nothing("$", "is a page of " + payload.resource() + ", which Toast does not have");
            };
        } catch (InvalidValue e) {
            return Reading.nothing(e.path().isEmpty() ? "$" : e.path(), e.detail());
        }
    }

    @Override
    public Request open(Fetch task) {
        return ToastFetch.open(task);
    }

    @Override
    public Turn turn(Fetch task, Request asked, Answer answer) {
        return ToastFetch.turn(task, asked, answer);
    }
}
