package dev.tournant.messages;

import org.jspecify.annotations.Nullable;

/**
 * Says of a delivery that it is a page that we fetched.
 *
 * @param resource what was asked: {@code catalog}
 * @param generation the number of the fetch; a merchant counts them up
 * @param last whether the fetch is complete with this page
 * @param until on the last page, from where the next fetch has to go on; null where the partner has no such thing
 * @param leaf of a fetch that began at the very beginning, so that its pages together tell of all there is; null of one
 *     that went on from somewhere, and from nodes of an older version
 * @param onward of a page that is not the last, from where its fetch goes on should it break off; only who fetches reads it. At
 *     most {@value #ONWARD_CHARS_MAX} characters: a longer one is left out, and such a fetch begins anew. Null from nodes
 *     of an older version
 */
public record FeedPage(
        String resource,
        long generation,
        boolean last,
        @Nullable String until,
        @Nullable Leaf leaf,
        @Nullable String onward) {
    /** It stands in each journal row of a reading that is under way. */
    public static final int ONWARD_CHARS_MAX = 8_192;

    /**
     * Which page of which reading.
     *
     * @param read tells readings apart: one of the same generation that had to begin anew has another; 1 to {@value
     *     #READ_CHARS_MAX} characters
     * @param number of the page, counted from 1 without gaps; a page that is put into Kafka twice bears it twice
     */
    public record Leaf(String read, int number) {
        public static final int READ_CHARS_MAX = 64;

        public Leaf {
            if (read.isEmpty() || read.length() > READ_CHARS_MAX || number < 1) {
                throw new IllegalArgumentException("read has 1 to " + READ_CHARS_MAX
                        + " characters and pages are counted from 1, not " + number + " of \"" + read + "\"");
            }
        }
    }

    public FeedPage {
        onward = last || onward == null || onward.length() > ONWARD_CHARS_MAX ? null : onward;
    }

    /** A page of a fetch that can only begin anew. */
    public FeedPage(String resource, long generation, boolean last, @Nullable String until, @Nullable Leaf leaf) {
        this(resource, generation, last, until, leaf, null);
    }

    /** A page of which nobody knows whether its fetch began at the beginning. */
    public FeedPage(String resource, long generation, boolean last, @Nullable String until) {
        this(resource, generation, last, until, null);
    }
}
