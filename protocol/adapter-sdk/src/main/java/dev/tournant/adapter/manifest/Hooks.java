package dev.tournant.adapter.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Webhooks;
import dev.tournant.adapter.signature.WebhookScheme;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says about webhooks.
 *
 * @param handshake where a request that asks whether a URL is ours has its code; null where there are none
 * @param each where a webhook holds several events; null where it is one itself
 * @param form of an event
 * @param events by type
 * @param otherwise what types mean that are not listed; null to refuse them
 */
record Hooks(
        WebhookScheme scheme,
        @Nullable FieldPath handshake,
        @Nullable EventList each,
        EventForm form,
        Map<String, Event> events,
        @Nullable Event otherwise)
        implements Webhooks {
    /** Longer ones are no request for a handshake: nobody would type the code. */
    private static final int HANDSHAKE_BYTES_MAX = 4_096;

    /** What a person can read in a line of a log and type. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._~+/=-]{1,200}");

    /** Whose an event is; an account that is empty is nobody's. */
    private record Address(
            @Nullable String account, @Nullable String location) {
        static final Address NOBODY = new Address("", null);
    }

    /** What a body holds; {@link InvalidValue} if that is nothing to read. */
    JsonNode document(byte[] body) {
        byte[] json = scheme.body().json(body);
        return each != null && each.isBody() ? Documents.list(json) : Documents.object(json);
    }

    /** The events in it, one at least; {@link InvalidValue} if there is none. */
    List<EventList.Told> told(JsonNode document) {
        return each == null ? List.of(new EventList.Told("", null, document)) : each.in(document);
    }

    @Override
    public Optional<String> handshake(byte[] body) {
        if (handshake == null || body.length > HANDSHAKE_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return handshake
                    .text(Documents.object(body))
                    .filter(code -> CODE.matcher(code).matches());
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Part> parts(byte[] body) {
        if (form.account() == null && form.location() == null) {
            return List.of();
        }
        Map<Address, List<EventList.Told>> shares = new LinkedHashMap<>();
        for (EventList.Told told : told(document(body))) {
            shares.computeIfAbsent(address(told), address -> new ArrayList<>()).add(told);
        }
        List<Part> parts = new ArrayList<>();
        shares.forEach((to, told) ->
                parts.add(new Part(to.account(), to.location(), shares.size() == 1 ? body : holding(told))));
        return parts;
    }

    /** Of a body that is for several: nothing of what is others', nor of what is around them all. */
    private byte[] holding(List<EventList.Told> told) {
        return scheme.body().holding(Documents.text(Objects.requireNonNull(each).holding(told)));
    }

    /** One that names nobody is refused where it is all there is. Among others it is nobody's, and they have theirs. */
    private Address address(EventList.Told told) {
        String account = form.account() == null ? null : form.account().of(told);
        String location = form.location() == null ? null : form.location().of(told);
        if (form.account() == null ? location != null : account != null) {
            return new Address(account, location);
        }
        if (each != null) {
            return Address.NOBODY;
        }
        throw form.account() == null
                ? Objects.requireNonNull(form.location()).wrong("names no location")
                : form.account().wrong("names no account");
    }

    /** {@link InvalidValue} where an event is of another account or location than the link. */
    void check(EventList.Told told, Link link) {
        EventForm.Name named = form.account();
        String account = named == null ? null : named.of(told);
        if (named != null && !link.account().equals(account)) {
            throw named.wrong("is of account " + (account == null ? "" : account) + ", but the link's account is "
                    + link.account());
        }
        EventForm.Name place = form.location();
        String location = place == null ? null : place.of(told);
        boolean isOfAll = location == null && account != null;
        if (place != null
                && !isOfAll
                && link.location() != null
                && !link.location().equals(location)) {
            throw place.wrong("is of location " + (location == null ? "" : location) + ", but the link's location is "
                    + link.location());
        }
    }
}
