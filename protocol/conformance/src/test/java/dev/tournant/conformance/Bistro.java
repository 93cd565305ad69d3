package dev.tournant.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Capability;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Fetch;
import dev.tournant.adapter.FormBody;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.Turn;
import dev.tournant.adapter.Wait;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.Writing;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.StaticHeader;
import dev.tournant.adapter.lens.Records;
import dev.tournant.adapter.signature.Freshness;
import dev.tournant.adapter.signature.HmacScheme;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.adapter.signature.SignatureForm;
import dev.tournant.adapter.signature.SignedPart;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A small partner that does not exist, and a right adapter for it: what the faults are planted in. */
public final class Bistro implements Adapter {
    static final PartnerName NAME = new PartnerName("bistro");
    static final Link LINK = new Link(new LinkId("b-1"), NAME, "corner", null, "main");
    static final String MENU = "menu";
    static final WebhookScheme SCHEME = HmacScheme.sha256(
                    "X-Bistro-Signature",
                    SignatureForm.HEX_LOWER,
                    SignedPart.header("X-Bistro-Time"),
                    SignedPart.URL,
                    SignedPart.BODY)
            .withFreshness(
                    new Freshness(SignedPart.header("X-Bistro-Time"), TimeForm.EPOCH_SECONDS, Duration.ofMinutes(5)));
    static final Refusals REFUSALS = Refusals.at("error.code", "error.text")
            .withWaits(Wait.RETRY_AFTER, new Wait("x-wait-ms", Wait.Form.MILLIS))
            .withPassing("BUSY")
            .withUnauthorised("REVOKED");

    static Samples samples() {
        return Samples.onClassPath(Bistro.class, "/bistro");
    }

    static Subject subject(Adapter adapter) {
        return Subject.of(adapter, LINK, samples());
    }

    @Override
    public PartnerName partner() {
        return NAME;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.READ_CATALOGUE, Capability.WRITE_CATALOGUE, Capability.WEBHOOKS, Capability.INCREMENTAL);
    }

    @Override
    public AuthScheme authentication() {
        return new StaticHeader(PrefixedHeader.bearer(), "access-token");
    }

    @Override
    public List<Limit> limits() {
        return List.of(
                Limit.rate("calls", Limit.Scope.ACCOUNT, 5, Duration.ofSeconds(1)),
                Limit.concurrent("writes", Limit.Scope.ACCOUNT, 1).only("POST", BistroWriting.WRITE));
    }

    @Override
    public Refusals refusals() {
        return REFUSALS;
    }

    @Override
    public Optional<Webhooks> webhooks() {
        return Optional.of(() -> SCHEME);
    }

    @Override
    public Optional<Writing> writing() {
        return Optional.of(new BistroWriting());
    }

    @Override
    public List<String> resources() {
        return List.of(MENU);
    }

    @Override
    public Optional<Records> records(Link link, Currency currency, String resource) {
        return Optional.of(BistroMenu.RECORDS);
    }

    @Override
    public Reading read(Payload payload) {
        try {
            return BistroMenu.read(payload, Documents.object(payload.body()));
        } catch (InvalidValue e) {
            return Reading.nothing(e.path().isEmpty() ? "$" : e.path(), e.detail());
        }
    }

    @Override
    public Request open(Fetch fetch) {
        return page(fetch, "");
    }

    static Request page(Fetch fetch, String cursor) {
        Map<String, String> query = new TreeMap<>();
        if (fetch.since() != null) {
            query.put("since", fetch.since());
        }
        if (!cursor.isEmpty()) {
            query.put("cursor", cursor);
        }
        return new Request("GET", "/menu" + (query.isEmpty() ? "" : "?" + FormBody.of(query)), Map.of(), null, true);
    }

    @Override
    public Turn turn(Fetch fetch, Request asked, Answer answer) {
        if (answer.status() != 200 || !REFUSALS.code(answer).isEmpty()) {
            return new Turn.Broken(REFUSALS.outcome(answer));
        }
        try {
            ObjectNode document = Documents.object(answer.body());
            JsonNode until = document.path("as_of");
            Request next = page(fetch, document.path("next").asText(""));
            if (document.path("next").asText("").isEmpty()) {
                return new Turn.Page(null, until.textValue());
            }
            return next.equals(asked)
                    ? new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "the cursor leads to the same page again"))
                    : new Turn.Page(next, until.textValue());
        } catch (InvalidValue e) {
            return new Turn.Broken(new Outcome.TryLater(Duration.ZERO, "the answer " + e.getMessage()));
        }
    }
}
