package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.FieldMap;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Square: a seller's account is the link's account, one of its locations is the merchant's store. */
public final class SquareAdapter implements Adapter {
    static final PartnerName SQUARE = new PartnerName("square");

    private final SquareFetch fetch = new SquareFetch();

    @Override
    public PartnerName partner() {
        return SQUARE;
    }

    /** Photos and the store itself are read only. */
    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.READ_CATALOGUE,
                Capability.WRITE_CATALOGUE,
                Capability.READ_STOCK,
                Capability.WRITE_STOCK,
                Capability.READ_STORE,
                Capability.WEBHOOKS,
                Capability.INCREMENTAL);
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(new SquareWriting());
    }

    /** The store first: it says in which currency and zone to read the rest. Stock last: it is about known items. */
    @Override
    public List<String> resources() {
        return List.of(SquareFetch.LOCATIONS, SquareFetch.CATALOG, SquareFetch.INVENTORY);
    }

    @Override
    public AuthScheme authentication() {
        return SquareApi.AUTHENTICATION;
    }

    @Override
    public List<Limit> limits() {
        return SquareApi.LIMITS;
    }

    @Override
    public Refusals refusals() {
        return SquareApi.REFUSALS;
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return Optional.of(SquareWebhook.WEBHOOKS);
    }

    @Override
    public Reading read(Payload payload) {
        try {
            ObjectNode document = Documents.object(payload.body());
            if (payload.resource() == null) {
                return SquareWebhook.read(document, payload.link());
            }
            return switch (payload.resource()) {
                case SquareFetch.CATALOG -> new SquareCatalog(payload.link()).read(document);
                case SquareFetch.INVENTORY -> SquareStock.read(document, "", payload.link());
                case SquareFetch.LOCATIONS -> SquareStore.read(document, payload);
                default -> Reading.nothing("$", "is a page of " + payload.resource() + ", which Square does not have");
            };
        } catch (InvalidValue e) {
            return Reading.nothing(e.path().isEmpty() ? "$" : e.path(), e.detail());
        }
    }

    @Override
    public FieldMap completed(FieldMap said, FieldMap known) {
        return SquareOptions.completed(said, known);
    }

    @Override
    public Optional<Records> records(Link link, Currency currency, String resource) {
        return resource.equals(SquareFetch.CATALOG)
                ? Optional.of(SquareShapes.forLocation(link.location() == null ? "" : link.location()))
                : Optional.empty();
    }

    @Override
    public Request open(Fetch task) {
        return fetch.open(task);
    }

    @Override
    public Turn turn(Fetch task, Request asked, Answer answer) {
        return fetch.turn(task, asked, answer);
    }
}
