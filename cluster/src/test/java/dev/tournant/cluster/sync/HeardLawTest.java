package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.Stamp;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What a link says and what it was told are put in order by what is known for sure, whatever its clock shows. In these
 * histories the truth is known: when the partner took what it was told, and when it was changed there.
 */
class HeardLawTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final LinkId LINK = new LinkId("sq-1");

    private static Instant at(int second) {
        return NOW.plusSeconds(second);
    }

    private static Provenance said(int second, long version) {
        return new Provenance(LINK, "e", Stamp.at(at(second)), version);
    }

    private static Provenance told(int begun, int answered, long version) {
        return new Provenance(LINK, "push", Stamp.at(at(answered)), version, Stamp.at(at(begun)));
    }

    @Property
    void whatAPageShowsIsNeverTakenForOlderOrNewerThanItIs(
            @ForAll @IntRange(max = 9) int begun,
            @ForAll @IntRange(max = 9) int taken,
            @ForAll @IntRange(max = 9) int answered,
            @ForAll @IntRange(max = 60) int asked,
            @ForAll @IntRange(max = 20) int onItsWay,
            @ForAll @IntRange(min = -99_999, max = 99_999) int skew) {
        int wrote = begun + taken;
        int read = asked + onItsWay;
        Heard heard = Heard.onPage(said(Math.min(read + skew, asked), 0), at(99), at(asked));
        Heard.Order order = heard.after(told(begun, wrote + answered, 0));
        assertThat(order).isNotEqualTo(read < wrote ? Heard.Order.AFTER : Heard.Order.BEFORE);
        if (asked > wrote + answered) {
            assertThat(order).as("asked after it was answered").isEqualTo(Heard.Order.AFTER);
        }
    }

    @Property
    void whatAWebhookSaysIsNeverTakenForOlderThanItIs(
            @ForAll @IntRange(max = 9) int begun,
            @ForAll @IntRange(max = 9) int taken,
            @ForAll @IntRange(max = 9) int answered,
            @ForAll @IntRange(max = 60) int happened,
            @ForAll @IntRange(max = 20) int onItsWay,
            @ForAll @IntRange(min = -99_999, max = 99_999) int skew) {
        int wrote = begun + taken;
        int received = happened + onItsWay;
        Heard heard = Heard.byWebhook(said(Math.min(happened + skew, received), 0), at(99), at(received));
        Heard.Order order = heard.after(told(begun, wrote + answered, 0));
        if (happened >= wrote) {
            assertThat(order).isNotEqualTo(Heard.Order.BEFORE);
        }
        if (received < begun) {
            assertThat(order).as("received before it was told").isEqualTo(Heard.Order.BEFORE);
        }
    }

    @Example
    void versionsDecideWhereBothHaveThem() {
        assertThat(Heard.onPage(said(0, 5), at(99), at(90)).after(told(1, 2, 6)))
                .isEqualTo(Heard.Order.BEFORE);
        assertThat(Heard.onPage(said(0, 7), at(99), at(0)).after(told(1, 2, 6))).isEqualTo(Heard.Order.AFTER);
    }

    @Example
    void whatDiffersAtTheVersionOfOurWriteIsPutInOrderByTime() {
        assertThat(Heard.onPage(said(0, 6), at(99), at(90)).after(told(1, 2, 6)))
                .isEqualTo(Heard.Order.AFTER);
        assertThat(Heard.onPage(said(0, 6), at(99), at(1)).after(told(1, 2, 6))).isEqualTo(Heard.Order.UNKNOWN);
    }
}
