package dev.tournant.adapters.square;

import dev.tournant.adapter.FieldPath;
import dev.tournant.adapter.Limit;
import dev.tournant.adapter.Refusals;
import dev.tournant.adapter.TimeForm;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.auth.AuthorizationCode;
import dev.tournant.adapter.auth.ConsentPage;
import dev.tournant.adapter.auth.Expiry;
import dev.tournant.adapter.auth.Renewal;
import dev.tournant.adapter.auth.TokenCall;
import dev.tournant.adapter.auth.TokenFields;
import dev.tournant.adapter.auth.Value;
import dev.tournant.adapter.signature.PrefixedHeader;
import java.time.Duration;
import java.util.List;

/** What is the same for all calls to Square. */
final class SquareApi {
    private static final String TOKEN = "/oauth2/token";

    /** What reading and writing menus, stock and hours needs, and no more. */
    private static final String SCOPES =
            "ITEMS_READ ITEMS_WRITE INVENTORY_READ INVENTORY_WRITE" + " MERCHANT_PROFILE_READ MERCHANT_PROFILE_WRITE";

    /** Tokens live for 30 days; Square asks for a new one every 7. */
    static final AuthScheme AUTHENTICATION = new AuthorizationCode(
            TokenCall.authorizationCode(TOKEN, TokenCall.Format.JSON),
            TokenCall.refreshToken(TOKEN, TokenCall.Format.JSON),
            TokenFields.of(
                    "access_token",
                    "refresh_token",
                    new Expiry(FieldPath.of("expires_at"), TimeForm.RFC3339, Duration.ofDays(30))),
            new Renewal(Duration.ofDays(1), Duration.ofDays(7)),
            PrefixedHeader.bearer(),
            // Without it, a browser that is logged in as somebody else would consent for them.
            ConsentPage.standard("/oauth2/authorize", SCOPES).with("session", new Value.Text("false")));

    /**
     * Square publishes no number. Six calls a second is what sellers' applications report to have met; of writes to a
     * catalogue, one at a time is documented.
     */
    static final List<Limit> LIMITS = List.of(
            Limit.rate("calls", Limit.Scope.ACCOUNT, 5, Duration.ofSeconds(1)),
            Limit.concurrent("catalogue-upserts", Limit.Scope.ACCOUNT, 1).only("POST", SquareWriting.UPSERT),
            Limit.concurrent("catalogue-deletes", Limit.Scope.ACCOUNT, 1).only("POST", SquareWriting.DELETE));

    static final Refusals REFUSALS =
            Refusals.at("errors.0.code", "errors.0.detail").withTooMany("RATE_LIMITED");

    private SquareApi() {}
}
