package dev.tournant.model;

/**
 * A smallest or largest number of selections. Partners tell three things apart that are no number: <em>none</em> (zero
 * selections), <em>unset</em> (nothing said: the group's own bound holds), and <em>unlimited</em>.
 */
public sealed interface Bound {
    Bound UNSET = new Word("unset");
    Bound UNLIMITED = new Word("unlimited");
    Bound NONE = new At(0);

    /** JSON: {@code "unset"}, {@code "unlimited"}, or a whole number from 0 to 10000; 0 is none. */
    Codec<Bound> CODEC = Codec.of(
            json -> "unset".equals(json)
                    ? UNSET
                    : "unlimited".equals(json)
                            ? UNLIMITED
                            : at(Codecs.integer(0, 10_000).read(json)),
            bound -> bound instanceof At at ? (Object) at.count() : ((Word) bound).word());

    static Bound at(int count) {
        return new At(count);
    }

    /**
     * What holds when this bound stands over {@code inherited}. Not a default method: with one, the constants above and
     * the classes of their values would each wait for the other to be loaded, and two threads could wait for ever.
     */
    Bound over(Bound inherited);

    /** A number of selections, 0 to 10000. */
    record At(int count) implements Bound {
        public At {
            if (count < 0 || count > 10_000) {
                throw new InvalidValue("must be from 0 to 10000, not " + count);
            }
        }

        @Override
        public Bound over(Bound inherited) {
            return this;
        }
    }

    /** A bound that is no number. */
    record Word(String word) implements Bound {
        public Word {
            if (!word.equals("unset") && !word.equals("unlimited")) {
                throw new InvalidValue("\"" + word + "\" is no bound; use unset, unlimited or a number");
            }
        }

        @Override
        public Bound over(Bound inherited) {
            return equals(UNSET) ? inherited : this;
        }
    }
}
