package dev.tournant.messages;

import java.util.Locale;

/** Every way in which we say no: its stable code, the HTTP status, and one sentence that says what to do. */
public enum Problem {
    BAD_REQUEST(400, "Correct the request as the detail says and send it again."),
    INVALID_VALUE(400, "Correct the field that the detail names and send the request again."),
    INVALID_JSON(400, "Send well-formed JSON in UTF-8."),
    TOO_DEEP(400, "Send JSON that is nested less deeply."),
    UNAUTHENTICATED(401, "Send a known API key as 'Authorization: Bearer KEY'."),
    BAD_SIGNATURE(401, "Sign the raw body with the key of this webhook subscription."),
    FORBIDDEN(403, "Use an API key whose scope allows this."),
    UNKNOWN_ROUTE(404, "See /v1/openapi.json for the routes."),
    METHOD_NOT_ALLOWED(405, "Use one of the methods in the Allow header."),
    UNKNOWN_MERCHANT(404, "Create the merchant with PUT /v1/merchants/{id} first."),
    UNKNOWN_RECORD(404, "List the merchant's records to see which exist."),
    UNKNOWN_PARTNER(404, "Use the name of an adapter that this node has loaded."),
    UNKNOWN_LINK(404, "Add the link to the merchant's profile first."),
    UNKNOWN_ACCOUNT(
            404,
            "Add a link to the account to a merchant's profile: it is read as a whole then. The payload stays in quarantine."),
    UNKNOWN_CREDENTIALS(404, "Use a name that stands under tournant.credentials in the nodes' configuration."),
    UNKNOWN_CONFLICT(404, "List the merchant's conflicts to see which are kept."),
    UNKNOWN_POOL(404, "List the pools to see which there are; a pool is there once a call has passed it."),
    TOO_SLOW(408, "Send the whole request within the time that the detail names."),
    TOKENS_NOT_KEPT(409, "Set tournant.tokens.key on every node; without it a token would be lost with its node."),
    LINK_TAKEN(
            409,
            "Give the link an id of its own, or take it out of the other merchant first and try again in a moment."),
    STALE_REVISION(412, "Read the record again, and repeat the change with its new ETag."),
    TOO_LARGE(413, "Send a smaller body; the detail has the limit."),
    URI_TOO_LONG(414, "Send a shorter URI; ids and page tokens are short."),
    WRONG_CONTENT_TYPE(415, "Send the body in the form that the detail names."),
    HEADERS_TOO_LARGE(431, "Send fewer and shorter headers; the detail has the limit."),
    MISSING_PRECONDITION(428, "Send If-Match with the record's ETag, or If-None-Match: * to create it."),
    TOO_MANY_RECORDS(422, "Delete records that are not needed; a merchant holds a limited number."),
    NO_CONSENT(422, "Only partners that give merchants' codes have a consent; this one needs none."),
    CODE_REFUSED(422, "Have the merchant consent again, and bring the new code at once; a code is good once."),
    JOURNAL_TOO_LONG(
            422,
            "Ask for an earlier moment, or fold the stream of changes; tournant.history.fold-rows-max is the limit."),
    WRONG_CURRENCY(422, "Send prices in the merchant's currency."),
    SLOW_DOWN(429, "Wait for the time in Retry-After, then send the request again."),
    UNREADABLE(422, "Correct the document at the path in the detail, or the adapter, then replay it."),
    UNSUPPORTED_FORMAT(422, "Produce records of a format that this version knows, or upgrade the nodes."),
    MISSING_KEY(422, "Produce records with the merchant id as key."),
    MISSING_HEADER(422, "Produce records with the headers that protocol/README.md lists."),
    CONFLICTING_DUPLICATE(422, "The partner sent two versions of one object at once; the first one counts."),
    DEFECT(500, "Our own fault: report it with the time and the detail."),
    UNAVAILABLE(503, "Wait for the time in Retry-After, then send the request again.");

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final int status;
    private final String advice;

    Problem(int status, String advice) {
        this.status = status;
        this.advice = advice;
    }

    /** Stable: {@code stale-revision}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    public String advice() {
        return advice;
    }
}
