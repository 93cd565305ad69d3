package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.Belief;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A timetable with some resources, and time that goes by. */
class TimetableScene {
    static final double START = 1_800_000_000;
    static final String POOL = "square:calls:all:M1";
    static final PollSettings SETTINGS = PollSettings.of(ConfigFactory.parseString("""
                    tournant.poll {
                      share = 0.5
                      worth = 0.2s
                      under-way-max = 4
                      resources.usual { max-age = 10m, min-interval = 1s }
                    }
                    """)
            .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());

    final Timetable timetable = new Timetable(POOL, SETTINGS, feed -> true, START);

    static Feed feed(String link) {
        return new Feed(new LinkId(link), new PartnerName("square"), "catalog");
    }

    static Timetable.Name name(int number) {
        return new Timetable.Name(new MerchantId("m-" + number), feed("l-" + number));
    }

    void add(int resources, double now) {
        for (int i = 0; i < resources; i++) {
            timetable.has(name(i).merchant(), List.of(name(i).feed()), 0, now);
        }
    }

    Belief belief(int number, double now) {
        Timetable.Name name = name(number);
        return belief(timetable, name, now);
    }

    static Belief belief(Timetable of, Timetable.Name name, double now) {
        return standing(of, name, now).belief();
    }

    static Standing standing(Timetable of, Timetable.Name name, double now) {
        Standing standing =
                of.standings(name.merchant(), Set.of(name.feed().link()), now).get(name);
        assertThat(standing).as("%s", name).isNotNull();
        return standing;
    }

    /** Lets time go by in small steps, and answers each order at once as unchanged; says who was read when. */
    List<Timetable.Name> run(double from, double to) {
        List<Timetable.Name> read = new ArrayList<>();
        for (double now = from; now < to; now += 0.1) {
            for (Order order : timetable.orders(now)) {
                read.add(order.name());
                timetable.read(order.name(), now, false, 1, Importance.USUAL, now);
            }
        }
        return read;
    }

    /** So many pages of a first read, one every ten seconds since {@link #START}. */
    static FirstRead far(int pages) {
        return new FirstRead(pages, Instant.ofEpochSecond((long) START), Duration.ofSeconds(10));
    }
}
