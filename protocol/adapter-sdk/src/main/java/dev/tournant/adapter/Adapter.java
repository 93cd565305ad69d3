package dev.tournant.adapter;

import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.adapter.lens.Records;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Link;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One partner's language. Implementations are pure: no I/O, no clock, no state, no secrets; any thread may call them.
 * They are found by {@link java.util.ServiceLoader}.
 */
public interface Adapter {
    /** The longest of {@link #pagesLast}. */
    int PAGES_LAST_DAYS_MAX = 1;

    PartnerName partner();

    /** What this partner can be asked for. */
    Set<Capability> capabilities();

    /** How requests are authorised: whoever sends one adds what is missing. */
    AuthScheme authentication();

    /** The partner's limits on calls, as far as they are known; at most 32. */
    List<Limit> limits();

    /** What answers mean that are no success. */
    Refusals refusals();

    /** How webhooks are taken; empty where the partner sends none. */
    default Optional<Webhooks> webhooks() {
        return Optional.empty();
    }

    /** How this partner is written to; empty where nothing can be written. */
    default Optional<Writing> writing() {
        return Optional.empty();
    }

    /** What this partner pulls from us; empty where it pulls nothing. */
    default Optional<Hosting> hosting() {
        return Optional.empty();
    }

    /** What can be fetched, in the order in which a new link is read for the first time. At most 16. */
    List<String> resources();

    /**
     * Reads a payload into records. Never throws for what a partner may send: what cannot be read is reported in
     * {@link Reading#unreadable()}, and the rest of the payload is read all the same.
     */
    Reading read(Payload payload);

    /**
     * What a record's fields mean where the partner shows only a part of a value: what it says, with the rest as it is known.
     * So nobody's word is lost because a partner has no place for it. The partner shows the same of both. By default what it
     * says is all there is.
     *
     * @param said as {@link #read}
     * @param known what the same record was told or has, under the same names; without fields of which nothing is known
     */
    default FieldMap completed(FieldMap said, FieldMap known) {
        return said;
    }

    /**
     * The first request of a fetch; for a {@link Capability#PROBE} that has read before, a cheap one that tells whether
     * there is anything new.
     */
    Request open(Fetch fetch);

    /**
     * How long the request for a following page ({@link Turn.Page#next}) can be asked after the page before it came: a
     * fetch that broke off, as its answer was 429 or 503, goes on from there within it, and begins anew later. Also where
     * the partner refuses such a request, the fetch begins anew. Zero to {@value #PAGES_LAST_DAYS_MAX} day; by default
     * five minutes, which is what partners with short ones give.
     */
    default Duration pagesLast(String resource) {
        return Duration.ofMinutes(5);
    }

    /** What follows from an answer to {@code asked}. Never throws for what a partner may answer. */
    Turn turn(Fetch fetch, Request asked, Answer answer);

    /**
     * How the documents of a resource look, both ways, so that the laws of reading and writing can be proven for this
     * adapter too; empty where they are not made of lenses. It has to be what {@link #read} reads by.
     *
     * @param currency as in {@link Payload#currency}
     */
    default Optional<Records> records(Link link, Currency currency, String resource) {
        return Optional.empty();
    }
}
