package dev.tournant.adapters.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.SelfSignedJwt;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.KeyForm;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is the same for all calls to DoorDash. */
final class DoorDashApi {
    static final String MENUS = "/marketplace/api/v1/menus";

    private static final String STORES = "/marketplace/api/v1/stores/";

    /** We make the tokens; they may live for half an hour. */
    static final AuthScheme AUTHENTICATION = new SelfSignedJwt(
            PrefixedHeader.bearer(),
            Map.of("dd-ver", new Value.Text("DD-JWT-V1")),
            Map.of(
                    "aud", new Value.Text("doordash"),
                    "iss", new Value.Secret("developer-id"),
                    "kid", new Value.Secret("key-id")),
            "signing-secret",
            KeyForm.BASE64URL,
            Duration.ofMinutes(5));

    /** Known of DoorDash's deliveries, by key: Marketplace publishes none. A key is one set of credentials. */
    static final List<Limit> LIMITS = List.of(Limit.rate("calls", Limit.Scope.TOKEN, 300, Duration.ofMinutes(1)));

    private static final String JOB_PENDING = "menu_job_pending";

    static final Refusals REFUSALS = Refusals.at("code", "message").withPassing(JOB_PENDING);

    private DoorDashApi() {}

    /** Whether it is refused because a job goes on, whatever the status says. */
    static boolean isJobPending(Answer answer) {
        return REFUSALS.code(answer).equals(JOB_PENDING);
    }

    static Request get(Link link, String what) {
        return new Request("GET", store(link) + what, Map.of(), null, true);
    }

    static Request put(Link link, String what, ObjectNode body) {
        return new Request("PUT", store(link) + what, Map.of(), Documents.text(body), true);
    }

    /** Of all that the name of a location may hold, only # means something in a path. */
    private static String store(Link link) {
        return STORES + location(link).replace("#", "%23") + "/";
    }

    /** The store's name, as we gave it: its {@code merchant_supplied_id}. */
    static String location(Link link) {
        String location = link.location();
        if (location == null) {
            throw new InvalidValue("is missing: give link " + link.id() + " the store's merchant_supplied_id")
                    .under("location");
        }
        return location;
    }
}
