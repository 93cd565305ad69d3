package dev.tournant.adapter.lens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.Bound;
import dev.tournant.model.InvalidValue;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lenses on words and codes that stand for something. */
public final class Words {
    private Words() {}

    /**
     * Words of a partner for values of ours, where the partner may add words at any time: a word that is not in the
     * table reads as {@code other}, and stays as it is while {@code other} is written over it.
     *
     * @param table each word once; of several words for one value the first is written
     * @param other what unknown words mean; written where no word stood, its own word if the table has one
     */
    public static <T> Lens<T> open(Map<String, T> table, T other) {
        Lens<T> known = Lenses.words(table);
        return new Lens<>() {
            @Override
            public @Nullable T get(JsonNode node) {
                if (Lenses.isAbsent(node)) {
                    return null;
                }
                String word = node.isTextual() ? node.textValue() : Lenses.fail("must be text", node);
                T value = table.get(word);
                return value == null ? other : value;
            }

            @Override
            public JsonNode put(JsonNode node, @Nullable T value) {
                boolean same = !Lenses.isAbsent(node) && node.isTextual() && Objects.equals(get(node), value);
                return same ? node : known.put(node, value);
            }
        };
    }

    /**
     * A number of selections in which some numbers are words: Square's -1 is unset, others' 0 is unlimited.
     *
     * @param codes what is no number of selections, each meaning once; a meaning that has no code cannot be told
     * @param absent what it means that nothing stands there, or null; written by leaving it out
     */
    public static Lens<Bound> bound(Map<Long, Bound> codes, Bound absent) {
        Lens<Bound> coded = Lenses.map(Lenses.LONG, number -> read(codes, number), bound -> write(codes, bound));
        return Lenses.orElse(coded, absent);
    }

    private static Bound read(Map<Long, Bound> codes, long number) {
        Bound word = codes.get(number);
        if (word != null) {
            return word;
        }
        if (number < 0 || number > 10_000) {
            throw new InvalidValue("must be from 0 to 10000, not " + number);
        }
        return Bound.at((int) number);
    }

    private static long write(Map<Long, Bound> codes, Bound bound) {
        for (Map.Entry<Long, Bound> code : codes.entrySet()) {
            if (code.getValue().equals(bound)) {
                return code.getKey();
            }
        }
        if (bound instanceof Bound.At at && !codes.containsKey((long) at.count())) {
            return at.count();
        }
        throw new InvalidValue("a bound of " + Bound.CODEC.write(bound) + " cannot be told to this partner");
    }
}
