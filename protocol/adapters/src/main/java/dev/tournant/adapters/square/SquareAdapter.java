package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.Hook;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Secrets;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Verification;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Square: a seller's account is the link's account, one of its locations is the merchant's store. */
public final class SquareAdapter implements Adapter {
    static final PartnerName SQUARE = new PartnerName("square");
    static final String SIGNATURE_HEADER = "x-square-hmacsha256-signature";

    private static final WebhookScheme WEBHOOKS =
            HmacScheme.sha256(SIGNATURE_HEADER, SignatureForm.BASE64, SignedPart.URL, SignedPart.BODY);

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
    public Verification verify(Hook hook, Secrets secrets, Instant now) {
        return WEBHOOKS.verify(hook, Keyring.of(secrets), now);
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
    public Request open(Fetch task, Secrets secrets) {
        return fetch.open(task, secrets);
    }

    @Override
    public Turn turn(Fetch task, Request asked, Answer answer, Secrets secrets) {
        return fetch.turn(task, asked, answer, secrets);
    }
}
