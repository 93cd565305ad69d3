package dev.tournant.adapters.toast;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Limit.Scope;
import dev.tournant.adapter.LimitHeaders;
import dev.tournant.adapter.Outcome;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.Wait;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Expiry;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.PrefixedHeader;
import dev.tournant.model.Link;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is the same for all calls to Toast. */
final class ToastApi {
    static final String LOGIN = "/authentication/v1/authentication/login";

    private static final int TOO_MANY = 429;

    private static final Wait RESET = new Wait("x-toast-ratelimit-reset", Wait.Form.EPOCH_SECONDS);
    private static final LimitHeaders TOLD =
            new LimitHeaders(null, "x-toast-ratelimit-remaining", RESET, null, Set.of());
    private static final LimitHeaders ALL_CALLS = TOLD.where("x-toast-ratelimit-by", "global", "api");
    private static final LimitHeaders ONE_ENDPOINT = TOLD.where("x-toast-ratelimit-by", "endpoint");

    /** A token is good for about a day and is renewed in its last minute; Toast gives out two an hour. */
    static final AuthScheme AUTHENTICATION = new ClientCredentials(
            new TokenCall(
                    LOGIN,
                    TokenCall.Format.JSON,
                    Map.of(
                            "clientId", new Value.Secret("client-id"),
                            "clientSecret", new Value.Secret("client-secret"),
                            "userAccessType", new Value.Text("TOAST_MACHINE_CLIENT")),
                    Map.of()),
            TokenFields.of(
                    "token.accessToken", null, new Expiry(FieldPath.of("token.expiresIn"), null, Duration.ofHours(12))),
            new Renewal(Duration.ofMinutes(1), null),
            PrefixedHeader.bearer());

    /**
     * Calls with the header of a restaurant count for it, all others for the address they come from. Those are the
     * logins. Every answer tells of the limit that is nearest to its end, and of what sort that is; of two limits of a
     * sort it does not say which, but no more calls than it says have room in either.
     */
    static final List<Limit> LIMITS = List.of(
            Limit.rate("calls-per-second", Scope.LOCATION, 20, Duration.ofSeconds(1))
                    .toldIn(ALL_CALLS),
            Limit.rate("calls-per-quarter-hour", Scope.LOCATION, 10_000, Duration.ofMinutes(15))
                    .toldIn(ALL_CALLS),
            Limit.rate("menus", Scope.LOCATION, 1, Duration.ofSeconds(1))
                    .only("GET", ToastFetch.MENUS_PATH)
                    .toldIn(ONE_ENDPOINT),
            Limit.rate("logins-per-second", Scope.ADDRESS, 20, Duration.ofSeconds(1))
                    .only("POST", LOGIN)
                    .toldIn(ALL_CALLS),
            Limit.rate("logins-per-quarter-hour", Scope.ADDRESS, 10_000, Duration.ofMinutes(15))
                    .only("POST", LOGIN)
                    .toldIn(ALL_CALLS),
            Limit.rate("logins", Scope.APPLICATION, 2, Duration.ofHours(1)).only("POST", LOGIN));

    static final Refusals REFUSALS = Refusals.at("code", "message").withWaits(Wait.RETRY_AFTER, RESET);

    /** Every answer says when its limit is reset, which is no reason to wait so long for a server that is down. */
    private static final Refusals OTHERS = REFUSALS.withWaits(Wait.RETRY_AFTER);

    private ToastApi() {}

    /** What an answer means that is no success. */
    static Outcome refused(Answer answer) {
        return (answer.status() == TOO_MANY ? REFUSALS : OTHERS).outcome(answer);
    }

    /** A request about the link's restaurant. All of them may be repeated: they read, or set what shall be. */
    static Request request(String method, String path, Link link, @Nullable String json) {
        Map<String, String> headers = Map.of("Toast-Restaurant-External-ID", Toast.restaurant(link));
        return new Request(method, path, headers, json, true);
    }
}
