package dev.tournant.adapters.square;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.adapter.Reading.Unreadable;
import dev.tournant.adapter.lens.Lens;
import dev.tournant.adapter.lens.Lenses;
import dev.tournant.model.Bound;
import dev.tournant.model.Codecs;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Money;
import dev.tournant.model.RecordId;
import dev.tournant.model.Stamp;
import dev.tournant.model.TriState;
import java.time.Instant;
import java.util.Map;

/** What is the same all over Square's documents. */
final class Square {
    static final Lens<Instant> INSTANT = Lenses.text(Codecs.INSTANT::read, Instant::toString);
    static final Lens<Stamp> STAMP = Lenses.map(INSTANT, Stamp::at, Stamp::instant);
    static final Lens<RecordId> ID = Lenses.text(RecordId::new, RecordId::value);
    static final Lens<Money> MONEY = Lenses.minorMoney("amount", "currency");

    /** A flag that may be left out. */
    static final Lens<TriState> FLAG_WORD = Lenses.map(Lenses.BOOL, TriState::of, tri -> tri == TriState.YES);

    static final Lens<TriState> FLAG = Lenses.orElse(FLAG_WORD, TriState.UNSET);

    /** An override over a list's default. */
    static final Lens<TriState> OVERRIDE_WORD =
            Lenses.words(Map.of("YES", TriState.YES, "NO", TriState.NO, "NOT_SET", TriState.UNSET));

    static final Lens<TriState> OVERRIDE = Lenses.orElse(OVERRIDE_WORD, TriState.UNSET);

    /** Numbers of selections: 0 is none, -1 is unset. */
    static final Lens<Bound> BOUND = Lenses.map(Lenses.LONG, Square::bound, Square::selections);

    private Square() {}

    private static Bound bound(long selections) {
        if (selections < -1 || selections > 10_000) {
            throw new InvalidValue("must be from -1 to 10000, not " + selections);
        }
        return selections == -1 ? Bound.UNSET : Bound.at((int) selections);
    }

    private static long selections(Bound bound) {
        if (bound.equals(Bound.UNLIMITED)) {
            throw new InvalidValue("unlimited cannot be said to Square");
        }
        return bound instanceof Bound.At at ? at.count() : -1;
    }

    static <T> T need(Lens<T> lens, JsonNode node, String name) {
        T value = lens.get(node);
        if (value == null) {
            throw new InvalidValue("is missing").under(name);
        }
        return value;
    }

    static Unreadable unreadable(InvalidValue e, String list, int index, String record) {
        String inside = e.path().isEmpty() ? "" : "." + e.path();
        return new Unreadable(list + "[" + index + "]" + inside, record, e.detail());
    }
}
