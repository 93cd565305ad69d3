package dev.tournant.model;

import java.util.List;

/**
 * What a partner says in one go: a webhook event, or a page that we fetched.
 *
 * @param id the partner's own id of the event, by which it is known when it comes twice; empty for a page
 * @param deltas what it says about records
 * @param signals resources of which it only says that something changed, so that they must be fetched
 * @param wholes kinds of which it mentions all records that there are; each kind once
 */
public record PartnerEvent(String id, List<RecordDelta> deltas, List<String> signals, List<Whole> wholes) {
    public static final int SIGNALS_MAX = 16;
    /** A page of 1000 partner objects with all that is nested in them. */
    public static final int DELTAS_MAX = 100_000;

    private static final Codec<List<RecordDelta>> DELTAS = Codecs.list(RecordDelta.CODEC, DELTAS_MAX);
    private static final Codec<List<Whole>> WHOLES = Codecs.list(Whole.CODEC, Kind.values().length);
    private static final Codec<List<String>> SIGNALS = Codecs.list(Codecs.text(64), SIGNALS_MAX);

    /** JSON: {@code {"id": "e7", "deltas": [{…}], "signals": ["catalog"]}}; what is empty is left out. */
    public static final Codec<PartnerEvent> CODEC = Codec.of(
            json -> {
                Members in = Members.of(json, "id", "deltas", "signals", "wholes");
                return new PartnerEvent(
                        in.get("id", Codecs.text(Provenance.EVENT_CHARS_MAX), ""),
                        in.get("deltas", DELTAS, List.of()),
                        in.get("signals", SIGNALS, List.of()),
                        in.get("wholes", WHOLES, List.of()));
            },
            event -> Members.out()
                    .put("id", Codecs.text(Provenance.EVENT_CHARS_MAX), event.id, "")
                    .put("deltas", DELTAS, event.deltas, List.of())
                    .put("signals", SIGNALS, event.signals, List.of())
                    .put("wholes", WHOLES, event.wholes, List.of())
                    .map());

    public PartnerEvent(String id, List<RecordDelta> deltas, List<String> signals) {
        this(id, deltas, signals, List.of());
    }

    public PartnerEvent {
        wholes = List.copyOf(wholes);
        Text.check(id, Provenance.EVENT_CHARS_MAX);
        deltas = List.copyOf(deltas);
        signals = List.copyOf(signals);
        checkSize("deltas", deltas, DELTAS_MAX);
        checkSize("signals", signals, SIGNALS_MAX);
    }

    private static void checkSize(String name, List<?> list, int sizeMax) {
        if (list.size() > sizeMax) {
            throw new InvalidValue("has " + list.size() + " elements; send at most " + sizeMax).under(name);
        }
    }
}
