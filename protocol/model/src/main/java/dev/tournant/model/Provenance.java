package dev.tournant.model;

import java.util.Objects;

/**
 * Where a value came from.
 *
 * @param link the link that said it; {@link #API} for edits through our own API
 * @param event the partner's event id, or the id of the request; at most 200 characters
 * @param stamp when it was said
 * @param version the partner's version of the object that carried it; 0 where the partner has none
 * @param since when the link said this value first, if it was said again since then: saying it again does not make it
 *     later than what another link said meanwhile. Later than the stamp where the link's clock is behind and what it says
 *     is known to have followed what it was told
 */
public record Provenance(LinkId link, String event, Stamp stamp, long version, Stamp since) {
    /** The link of edits made through our own API. */
    public static final LinkId API = new LinkId("api");

    public static final int EVENT_CHARS_MAX = 200;

    /** JSON: {@code {"link": "sq-1", "event": "e7", "at": "2026-01-31T12:00:00Z/0", "version": 5}}. */
    public static final Codec<Provenance> CODEC = Codec.of(
            json -> read(Members.of(json, "link", "event", "at", "version", "since")),
            provenance -> write(provenance).map());

    public Provenance {
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(stamp, "stamp");
        Text.check(event, EVENT_CHARS_MAX);
    }

    /** Of a value that is said for the first time. */
    public Provenance(LinkId link, String event, Stamp stamp, long version) {
        this(link, event, stamp, version, stamp);
    }

    /** The same of a value that was said before. */
    public Provenance since(Stamp first) {
        return new Provenance(link, event, stamp, version, first);
    }

    /**
     * Whether this value replaces {@code other}. One partner's versions decide between its own values; between links
     * what was first said later wins, then the greater link id, so that every order of arrival ends the same.
     */
    public boolean replaces(Provenance other) {
        if (link.equals(other.link)) {
            if (version != 0 && other.version != 0 && version != other.version) {
                return version > other.version;
            }
            return stamp.compareTo(other.stamp) >= 0;
        }
        int byStamp = since.compareTo(other.since);
        return byStamp != 0 ? byStamp > 0 : link.compareTo(other.link) > 0;
    }

    /** Whether this value replaces {@code other} and the other way round would not. */
    public boolean isNewerThan(Provenance other) {
        return replaces(other) && !other.replaces(this);
    }

    static Provenance read(Members in) {
        Stamp at = in.need("at", Codecs.STAMP);
        return new Provenance(
                in.need("link", LinkId.CODEC),
                in.get("event", Codecs.text(EVENT_CHARS_MAX), ""),
                at,
                in.get("version", Codecs.LONG, 0L),
                in.get("since", Codecs.STAMP, at));
    }

    static Members.Out write(Provenance from) {
        return Members.out()
                .put("link", LinkId.CODEC, from.link)
                .put("event", Codecs.text(EVENT_CHARS_MAX), from.event, "")
                .put("at", Codecs.STAMP, from.stamp)
                .put("version", Codecs.LONG, from.version, 0L)
                .put("since", Codecs.STAMP, from.since, from.stamp);
    }
}
