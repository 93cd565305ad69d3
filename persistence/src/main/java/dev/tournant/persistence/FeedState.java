package dev.tournant.persistence;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tournant.model.LinkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far one resource of one link was read, and whether it must be read again.
 *
 * @param cursor from where the next fetch goes on; null before the first one ended
 * @param wanted counts the reasons to fetch: every signal, and every poll that was due
 * @param done the value of {@code wanted} when the last complete fetch began
 * @param doneAt when the last complete fetch was applied; null before
 * @param trouble why the last fetch broke; null if it did not
 * @param removed whether its link is gone
 * @param readings what came of reading it so far; null before the first page, and of what older versions wrote
 * @param reasons to fetch it, told apart; null before the first one, and of what older versions wrote
 */
public record FeedState(
        LinkId link,
        String resource,
        @Nullable String cursor,
        long wanted,
        long done,
        @Nullable Instant doneAt,
        @Nullable String trouble,
        boolean removed,
        @Nullable Readings readings,
        @Nullable Reasons reasons) {
    /**
     * So many generations of fetches there can be while a link leads to one place. Those of another place, or of a link of
     * the same name that was removed, are told apart by it: each place has a span of its own.
     */
    private static final long SPAN = 10_000_000_000L;

    /**
     * Reasons to fetch: what a webhook says is evidence of how often there are changes, what we bring about is none.
     *
     * @param webhooks how many said that it may have changed, since it is known
     * @param ours the value of {@code wanted} at the last reason that was no webhook; 0 before
     * @param latest when the last of what they told of happened, in the order of time and not of hearing; null before the first
     */
    public record Reasons(
            long webhooks, long ours, @Nullable Instant latest) {
        private static final Reasons NONE = new Reasons(0, 0, null);
    }

    /**
     * What came of reading a resource.
     *
     * @param whole complete readings that were applied
     * @param changed pages that told something new
     * @param pages of the reading that is under way; 0 if there is none
     * @param asOf as of when the last complete reading is true; null where all is to be read again whatever it said
     * @param covered as of when the last webhook is true that carried all of it; null before
     * @param place from where the reading that is under way goes on should it break off; null if there is none or it cannot
     * @param begun when the first page of the reading that is under way was asked for, or the first that was taken in since
     *     that is known; null if there is none, and of what older versions wrote
     */
    public record Readings(
            long whole,
            long changed,
            int pages,
            @Nullable Instant asOf,
            @Nullable Instant covered,
            @Nullable Place place,
            @Nullable Instant begun) {
        private static final Readings NONE = new Readings(0, 0, 0, null, null, null, null);

        private Readings page(boolean isNews, int number, Instant askedAt, @Nullable Place next) {
            Instant since = begun == null || number == 1 ? askedAt : begun;
            return new Readings(whole, changed + (isNews ? 1 : 0), number, asOf, covered, next, since);
        }

        private Readings again() {
            return new Readings(whole, changed, 0, null, null, null, null);
        }

        private Readings anew() {
            return new Readings(whole, changed, 0, asOf, covered, null, null);
        }

        private Readings end(boolean isNews, Instant at) {
            return new Readings(whole + 1, changed + (isNews ? 1 : 0), 0, at, covered, null, null);
        }

        private Readings covered(Instant at) {
            return new Readings(whole, changed, pages, asOf, at, place, begun);
        }

        /** As of when it is known, by whatever way; null where all is to be read. */
        @JsonIgnore
        public @Nullable Instant knownAsOf() {
            return asOf == null || covered == null || covered.isBefore(asOf) ? asOf : covered;
        }
    }

    /**
     * From where a reading goes on.
     *
     * @param generation of its fetch
     * @param onward what is asked next, in the words of who fetches
     * @param sweep names the reading where its pages so far tell together what is gone; null where they do not
     */
    public record Place(
            long generation, String onward, @Nullable String sweep) {}

    /** One of which no page was read. */
    public FeedState(
            LinkId link,
            String resource,
            @Nullable String cursor,
            long wanted,
            long done,
            @Nullable Instant doneAt,
            @Nullable String trouble,
            boolean removed) {
        this(link, resource, cursor, wanted, done, doneAt, trouble, removed, null, null);
    }

    /** What came of reading it; of zeros before the first page. */
    @JsonIgnore
    public Readings soFar() {
        return readings == null ? Readings.NONE : readings;
    }

    /**
     * Of a link that is new.
     *
     * @param revision of the merchant before its profile had the link
     */
    public static FeedState first(LinkId link, String resource, long revision) {
        return new FeedState(link, resource, null, revision * SPAN + 1, revision * SPAN, null, null, false);
    }

    /** Whether a fetch of that generation was one of this link where it leads now. */
    public boolean isHere(long generation) {
        return generation / SPAN == done / SPAN;
    }

    @JsonIgnore
    public boolean isDue() {
        return wanted > done;
    }

    /** Something that we did may have changed it, or we want to know for reasons of our own. */
    public FeedState want() {
        return because(new Reasons(known().webhooks(), wanted + 1, known().latest()));
    }

    /** A webhook said, of something that happened then, that it may have changed. */
    public FeedState signalled(Instant at) {
        Instant before = known().latest();
        Instant latest = before == null || before.isBefore(at) ? at : before;
        return because(new Reasons(known().webhooks() + 1, known().ours(), latest));
    }

    private Reasons known() {
        return reasons == null ? Reasons.NONE : reasons;
    }

    private FeedState because(Reasons now) {
        return new FeedState(link, resource, cursor, wanted + 1, done, doneAt, trouble, removed, readings, now);
    }

    /**
     * Its link leads elsewhere from now on, where nothing was read.
     *
     * @param revision of the merchant before its profile said so
     */
    public FeedState elsewhere(long revision) {
        return new FeedState(
                link, resource, null, revision * SPAN + 1, revision * SPAN, null, null, false, null, reasons);
    }

    /** Read all of it again. A reading that is under way does not do for it, however it ends: see {@link #done}. */
    public FeedState fromStart() {
        FeedState asked = want();
        return new FeedState(
                link, resource, null, asked.wanted, done, doneAt, trouble, removed, soFar().again(), asked.reasons);
    }

    /**
     * With one page more of a reading that is not over.
     *
     * @param isNews whether it told something new
     * @param number of the page, counted from 1
     * @param askedAt when it was asked for
     * @param next from where it goes on; null where it cannot
     */
    public FeedState page(boolean isNews, int number, Instant askedAt, @Nullable Place next) {
        return with(soFar().page(isNews, number, askedAt, next));
    }

    /** With what a webhook carried, which was all of it. */
    public FeedState covered(Instant asOf) {
        return with(soFar().covered(asOf));
    }

    /** Where a reading of that generation broke off and cannot go on; itself where nothing is known of such a place. */
    public FeedState anew(long generation) {
        Place place = soFar().place();
        return place == null || place.generation() != generation ? this : with(soFar().anew());
    }

    private FeedState with(Readings now) {
        return new FeedState(link, resource, cursor, wanted, done, doneAt, trouble, removed, now, reasons);
    }

    /**
     * With the last page of a reading. Where we came to want another one while it was under way, that one begins where this
     * one did, and not behind what this one may have shown too early.
     *
     * @param isNews whether that page told something new
     * @param asOf when it was asked for
     */
    public FeedState done(long generation, @Nullable String until, boolean isNews, Instant asOf, Instant at) {
        return new FeedState(
                link,
                resource,
                until == null || known().ours() > generation ? cursor : until,
                Math.max(wanted, generation),
                generation,
                at,
                null,
                removed,
                soFar().end(isNews, asOf),
                reasons);
    }

    public FeedState broke(String why) {
        return new FeedState(link, resource, cursor, wanted, done, doneAt, why, removed, readings, reasons);
    }

    public FeedState remove() {
        return new FeedState(link, resource, cursor, wanted, done, doneAt, trouble, true, readings, reasons);
    }
}
