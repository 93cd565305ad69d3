package dev.tournant.cluster.poll;

import com.typesafe.config.ConfigFactory;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Instant;
import java.util.List;

/**
 * What a poller keeps of a large pool beside its schedule: the timetable, which gives the schedule's numbers their names, as it is
 * after each resource was wanted for a webhook and read once. In the package of what it measures.
 */
public final class ManyNames {
    private static final double START = 1_800_000_000;

    private final Timetable timetable = new Timetable(
            "partner:calls:all",
            PollSettings.of(ConfigFactory.parseResources("tournant-cluster.conf")
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve()),
            partner -> true,
            START);

    /**
     * @param merchants with two resources each
     * @param hours whether all have business hours, at the end of which they count less
     */
    public ManyNames(int merchants, boolean hours) {
        Importance importance =
                new Importance(1, hours ? Instant.ofEpochSecond((long) START + 36_000) : null, hours ? 0.25 : 1);
        timetable.allowed(1_000, START);
        for (int i = 0; i < merchants; i++) {
            for (String resource : List.of("menus", "stock")) {
                Timetable.Name name = name(i, resource);
                timetable.wanted(name, 0, Why.SIGNAL, 1_000 + i, START, START);
                timetable.read(name(i, resource), START, true, 1, importance, START);
            }
        }
    }

    /** Each message that comes from another node brings words of its own. */
    private static Timetable.Name name(int merchant, String resource) {
        return new Timetable.Name(
                new MerchantId("restaurant-" + merchant),
                new Feed(
                        new LinkId("toast-" + merchant),
                        new PartnerName(String.valueOf("toast".toCharArray())),
                        String.valueOf(resource.toCharArray())));
    }

    public int resources() {
        return timetable.size();
    }
}
