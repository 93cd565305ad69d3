package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What needs an authorisation. */
class WithheldTest extends TimetableScene {
    @Test
    void whatWaitsForAnAuthorisationForEverLeavesTheOthersTheirCalls() {
        timetable.allowed(2, START);
        add(200, START);
        int refused = 0;
        int all = 0;
        for (double now = START; now < START + 7_200; now += 0.1) {
            for (Order order : timetable.orders(now)) {
                boolean isRefused =
                        Integer.parseInt(order.name().merchant().value().substring(2)) < 100;
                if (isRefused) {
                    timetable.broke(order.name(), Trouble.UNAUTHORISED, now, now);
                } else {
                    timetable.read(order.name(), now, true, 1, Importance.USUAL, now);
                }
                boolean isSettled = now > START + 600;
                all += isSettled ? 1 : 0;
                refused += isSettled && isRefused ? 1 : 0;
            }
        }

        assertThat(all).isGreaterThan(5_500);
        assertThat(refused / (double) all).isLessThan(0.055);
    }

    @Test
    void whatNeedsAnAuthorisationIsHeldAndTriedNowAndThen() {
        timetable.allowed(1_000, START);
        add(1, START);
        timetable.orders(START);
        timetable.broke(name(0), Trouble.UNAUTHORISED, START, START);

        assertThat(belief(0, START).phase()).isEqualTo(Phase.HELD);
        double wait = PollSettings.seconds(SETTINGS.unauthorisedRetry());
        assertThat(run(START, START + wait - 1)).isEmpty();
        assertThat(run(START + wait, START + wait + 5)).isNotEmpty();
    }

    private static Timetable.Name of(String link, String resource) {
        return new Timetable.Name(new MerchantId("m"), new Feed(new LinkId(link), new PartnerName("square"), resource));
    }

    private Phase phase(Timetable.Name name, double now) {
        return belief(timetable, name, now).phase();
    }

    /** Two resources of one link, and one of another; all were read. */
    private List<Timetable.Name> linked() {
        List<Timetable.Name> names = List.of(of("l", "catalog"), of("l", "stock"), of("other", "catalog"));
        timetable.allowed(1_000, START);
        timetable.has(
                names.get(0).merchant(),
                names.stream().map(Timetable.Name::feed).toList(),
                0,
                START);
        run(START, START + 1);
        return names;
    }

    @Test
    void allOfALinkIsHeldAndTriedAgainTogether() {
        List<Timetable.Name> names = linked();
        double now = START + 1;
        timetable.broke(names.get(0), Trouble.UNAUTHORISED, now, now);

        assertThat(names).extracting(each -> phase(each, now)).containsExactly(Phase.HELD, Phase.HELD, Phase.WATCHED);
        timetable.wanted(names.get(1), 0, Why.SIGNAL, 1, now + 1, now + 1);
        double retry = now + PollSettings.seconds(SETTINGS.unauthorisedRetry());
        assertThat(run(now + 1, retry - 1)).doesNotContain(names.get(0), names.get(1));
        timetable.orders(retry);
        assertThat(names).extracting(each -> phase(each, retry)).doesNotContain(Phase.HELD);
    }

    @Test
    void whatIsHeldStaysSoWhereAMerchantThatWasToldToReadWantsToAgain() {
        List<Timetable.Name> names = linked();
        double now = START + 600;
        assertThat(timetable.orders(now)).extracting(Order::name).contains(names.get(0), names.get(1));
        timetable.broke(names.get(0), Trouble.UNAUTHORISED, now, now);

        timetable.wanted(names.get(1), 0, Why.SIGNAL, 1, now + 10, now + 10);

        assertThat(phase(names.get(1), now + 10)).isEqualTo(Phase.HELD);
        timetable.orders(now + 10);
        assertThat(belief(timetable, names.get(1), now + 10).underWay()).isFalse();
        double retry = now + PollSettings.seconds(SETTINGS.unauthorisedRetry());
        assertThat(timetable.orders(retry)).extracting(Order::name).contains(names.get(1));
    }

    @Test
    void oneThatIsReadTellsThatItsLinkIsAuthorised() {
        List<Timetable.Name> names = linked();
        double now = START + 1;
        timetable.broke(names.get(0), Trouble.UNAUTHORISED, now, now);
        timetable.broke(names.get(1), Trouble.CROWDED, now, now);
        assertThat(phase(names.get(1), now)).as("a limit says nothing of that").isEqualTo(Phase.HELD);

        timetable.read(names.get(1), now + 1, false, 1, Importance.USUAL, now + 1);

        assertThat(names).extracting(each -> phase(each, now + 1)).doesNotContain(Phase.HELD);
    }
}
