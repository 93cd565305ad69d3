package dev.tournant.cluster.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.typesafe.config.ConfigFactory;
import dev.tournant.adapter.Lane;
import dev.tournant.cluster.merchant.ReadPlan.FirstRead;
import dev.tournant.cluster.merchant.ReadPlan.Importance;
import dev.tournant.cluster.merchant.ReadPlan.Trouble;
import dev.tournant.cluster.merchant.ReadPlan.Why;
import dev.tournant.cluster.poll.PollerMessage.Feed;
import dev.tournant.cluster.schedule.Belief;
import dev.tournant.cluster.schedule.Phase;
import dev.tournant.messages.FreshnessBoard;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final double START = 1_800_000_000;
    private static final String POOL = "square:calls:all:M1";
    private static final PollSettings SETTINGS = PollSettings.of(ConfigFactory.parseString("""
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

    private final Timetable timetable = new Timetable(POOL, SETTINGS, feed -> true, START);

    private static Feed feed(String link) {
        return new Feed(new LinkId(link), new PartnerName("square"), "catalog");
    }

    private static Timetable.Name name(int number) {
        return new Timetable.Name(new MerchantId("m-" + number), feed("l-" + number));
    }

    private void add(int resources, double now) {
        for (int i = 0; i < resources; i++) {
            timetable.has(name(i).merchant(), List.of(name(i).feed()), 0, now);
        }
    }

    private Belief belief(int number, double now) {
        Timetable.Name name = name(number);
        return belief(timetable, name, now);
    }

    private static Belief belief(Timetable of, Timetable.Name name, double now) {
        return standing(of, name, now).belief();
    }

    private static Standing standing(Timetable of, Timetable.Name name, double now) {
        Standing standing =
                of.standings(name.merchant(), Set.of(name.feed().link()), now).get(name);
        assertThat(standing).as("%s", name).isNotNull();
        return standing;
    }

    /** Lets time go by in small steps, and answers each order at once as unchanged; says who was read when. */
    private List<Timetable.Name> run(double from, double to) {
        List<Timetable.Name> read = new ArrayList<>();
        for (double now = from; now < to; now += 0.1) {
            for (Order order : timetable.orders(now)) {
                read.add(order.name());
                timetable.read(order.name(), now, false, 1, Importance.USUAL, now);
            }
        }
        return read;
    }

    @Test
    void whatNobodyHasReadForLongIsReadAtOnceWithinTheShareOfCalls() {
        timetable.allowed(4, START);
        add(100, START);

        List<Timetable.Name> read = run(START, START + 20);

        assertThat(read).as("two a second, and those of the burst").hasSizeBetween(38, 44);
        assertThat(read).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsReadBeforeItIsWorthACall() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 600);

        List<Timetable.Name> read = run(START + 600, START + 1_200);

        assertThat(read).as("nothing ever changes, and calls are plenty").hasSizeBetween(1, 60);
    }

    @Test
    void nothingIsOlderThanItsMaximumAge() {
        timetable.allowed(1_000, START);
        add(20, START);
        run(START, START + 3_600);

        for (int i = 0; i < 20; i++) {
            assertThat(START + 3_600 - belief(i, START + 3_600).seenAt()).isLessThan(600);
        }
    }

    @Test
    void whatIsAnnouncedIsReadBeforeWhatOnlyMayHaveChanged() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 100);

        timetable.wanted(name(7), 0, Why.SIGNAL, 1, START + 100, START + 100);
        List<Order> orders = new ArrayList<>();
        for (double now = START + 100; now < START + 103; now += 0.1) {
            orders.addAll(timetable.orders(now));
        }

        assertThat(orders.get(0).name()).isEqualTo(name(7));
        assertThat(orders.get(0).lane()).isEqualTo(Lane.MENU);
        assertThat(orders.get(0).by()).isEqualTo(POOL);
    }

    private void signalled(int number, long webhooks, double now) {
        timetable.wanted(name(number), 0, Why.SIGNAL, webhooks, now, now);
    }

    @Test
    void eachWebhookCountsOnceHoweverOftenItIsTold() {
        timetable.allowed(0.001, START);
        add(2, START);
        for (int i = 0; i < 2; i++) {
            timetable.read(name(i), START, false, 1, Importance.USUAL, START);
        }

        signalled(0, 1, START + 1);
        signalled(0, 2, START + 2);
        signalled(0, 5, START + 3);
        assertThat(belief(0, START + 4).signals())
                .as("also those that were told together")
                .isEqualTo(5);
        signalled(0, 5, START + 24);
        assertThat(belief(0, START + 24).signals()).as("said again").isEqualTo(5);
        signalled(1, 700, START + 24);
        assertThat(belief(1, START + 24).signals())
                .as("those before are nobody's news")
                .isEqualTo(1);

        timetable.read(name(0), START + 25, true, 1, Importance.USUAL, START + 25);
        signalled(0, 5, START + 26);
        assertThat(belief(0, START + 26).signals()).as("a word that was late").isZero();
        signalled(0, 8, START + 27);
        assertThat(belief(0, START + 27).signals()).isEqualTo(3);
        signalled(0, 1, START + 28);
        signalled(0, 2, START + 29);
        assertThat(belief(0, START + 29).signals())
                .as("a merchant that was made anew")
                .isEqualTo(4);
    }

    @Test
    void aWebhookFromBeforeTheLastReadingCausesNone() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 300);
        double seenAt = belief(0, START + 300).seenAt();

        timetable.wanted(name(0), 0, Why.SIGNAL, 3, seenAt - 1, START + 300);

        assertThat(belief(0, START + 300).signals()).isZero();
        timetable.wanted(name(0), 0, Why.SIGNAL, 4, seenAt + 1, START + 300);
        assertThat(belief(0, START + 300).signals()).isEqualTo(1);
    }

    @Test
    void webhooksThatWereHeardOfAreKnownAfterARestart() {
        timetable.allowed(0.001, START);
        add(1, START);
        timetable.read(name(0), START, false, 1, Importance.USUAL, START);
        signalled(0, 1, START + 1);
        signalled(0, 4, START + 2);

        Timetable again = Timetable.of(timetable.memory(START + 3), POOL, SETTINGS, feed -> true, START + 3);
        again.wanted(name(0), 0, Why.SIGNAL, 4, START + 4, START + 4);
        again.wanted(name(0), 0, Why.SIGNAL, 6, START + 5, START + 5);

        assertThat(belief(again, name(0), START + 6).signals()).isEqualTo(6);
    }

    @Test
    void howManyWebhooksThereAreIsLearnt() {
        timetable.allowed(1_000, START);
        add(2, START);
        run(START, START + 1);
        double now = START + 1;
        for (int hour = 1; hour <= 40; hour++) {
            for (int i = 1; i <= 10; i++) {
                now += 6;
                signalled(0, (hour - 1) * 10L + i, now);
            }
            signalled(1, hour, now);
            for (int i = 0; i < 2; i++) {
                timetable.read(name(i), now, true, 1, Importance.USUAL, now);
            }
        }

        assertThat(belief(0, now).changesPerSecond() / belief(1, now).changesPerSecond())
                .as("ten webhooks a reading, and one")
                .isGreaterThan(4);
    }

    @Test
    void whatWeBroughtAboutIsReadSoonAndTeachesNothing() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 100);
        Belief before = belief(7, START + 100);

        timetable.wanted(name(7), 0, Why.OURS, 0, START + 100, START + 100);
        Belief after = belief(7, START + 100);
        assertThat(after.signals()).isZero();
        assertThat(after.fresh()).isEqualTo(before.fresh());
        assertThat(after.changesPerSecond()).isEqualTo(before.changesPerSecond());
        assertThat(after.webhooksWork()).isEqualTo(before.webhooksWork());
        Order order = IntStream.range(0, 30)
                .mapToObj(i -> timetable.orders(START + 100 + i / 10.0))
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();

        assertThat(order.name()).isEqualTo(name(7));
        assertThat(order.lane()).isEqualTo(Lane.MENU);
    }

    @Test
    void whatAWebhookCarriedIsNotReadAgain() {
        timetable.allowed(1_000, START);
        add(2, START);
        run(START, START + 1);
        List<Timetable.Name> read = new ArrayList<>();
        for (double now = START + 60; now <= START + 1_800; now += 60) {
            timetable.covered(name(0), now, now);
            read.addAll(run(now, now + 1));
        }

        assertThat(read).contains(name(1)).doesNotContain(name(0));
        assertThat(belief(0, START + 1_801).seenAt()).isEqualTo(START + 1_800);
        timetable.covered(name(0), START + 9, START + 1_801);
        assertThat(belief(0, START + 1_801).seenAt()).as("one that came late").isEqualTo(START + 1_800);
        timetable.covered(name(7), START + 1_801, START + 1_801);
        assertThat(timetable.refresh(name(7).merchant(), null, START + 1_801))
                .as("what is not read here")
                .isZero();
    }

    @Test
    void aFirstReadIsPacedSoThatOthersHaveCallsLeft() {
        timetable.allowed(2, START);
        add(5, START);
        run(START, START + 60);

        timetable.wanted(name(9), 0, Why.FIRST, 0, START + 60, START + 60);
        Order first = IntStream.range(0, 100)
                .mapToObj(i -> timetable.orders(START + 60 + i / 10.0))
                .flatMap(List::stream)
                .filter(order -> order.name().equals(name(9)))
                .findFirst()
                .orElseThrow();

        assertThat(first.lane()).isEqualTo(Lane.MENU);
        assertThat(first.pause())
                .as("half of three in ten of one call a second")
                .isEqualTo(Duration.ofNanos(6_666_666_666L));
    }

    /** A first read of {@link #PAGES} pages, one each {@code pause}. */
    private record First(Timetable.Name name, double began, double pause) {
        double endsAt() {
            return began + (PAGES - 1) * pause;
        }
    }

    private static final int PAGES = 60;
    private static final int NEWCOMERS = 12;

    /** What happened in a pool of ten calls a second: the times of calls. */
    private record Day(List<Double> polls, List<Double> pages, List<Double> ends) {
        static long within(List<Double> times, double from, double to) {
            return times.stream().filter(each -> each >= from && each < to).count();
        }
    }

    /** Many resources that change all the time, and from the tenth second on newcomers with many pages. */
    private Day crowd(double seconds) {
        timetable.allowed(20, START);
        add(100, START);
        Day day = new Day(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<First> firsts = new ArrayList<>();
        Set<Timetable.Name> unread = new LinkedHashSet<>();
        for (int step = 0; step < seconds * 10; step++) {
            double now = START + step / 10.0;
            if (step == 100) {
                IntStream.range(100, 100 + NEWCOMERS).forEach(i -> unread.add(name(i)));
            }
            if (step % 200 == 100) {
                unread.forEach(each -> timetable.wanted(each, 0, Why.FIRST, 0, now, now));
            }
            for (First first : List.copyOf(firsts)) {
                timetable.reading(first.name(), far(1), now);
                if (first.endsAt() <= now) {
                    firsts.remove(first);
                    day.ends().add(now);
                    timetable.read(first.name(), first.began(), true, PAGES, Importance.USUAL, now);
                }
            }
            for (Order order : timetable.orders(now)) {
                if (order.pause().isZero()) {
                    day.polls().add(now);
                    timetable.read(order.name(), now, true, 1, Importance.USUAL, now);
                } else {
                    double pause = order.pause().toNanos() / 1e9;
                    First first = new First(order.name(), now, pause);
                    assertThat(unread.remove(first.name())).isTrue();
                    firsts.add(first);
                    IntStream.range(0, PAGES).forEach(i -> day.pages().add(now + i * pause));
                }
            }
        }
        return day;
    }

    @Test
    void manyFirstReadsTogetherKeepToTheirShareOfCalls() {
        Day day = crowd(450);

        assertThat(day.ends()).as("all are read in the end").hasSize(NEWCOMERS);
        double last = day.ends().get(day.ends().size() - 1);
        for (double from = START + 10; from + 20 < last; from += 5) {
            long pages = Day.within(day.pages(), from, from + 20);
            long polls = Day.within(day.polls(), from, from + 20);
            assertThat(pages).as("three a second at %s", from).isLessThanOrEqualTo(60 + FirstReads.PARTS);
            assertThat(polls)
                    .as("seven a second, though first reads end, at %s", from)
                    .isGreaterThanOrEqualTo(130);
            assertThat(pages + polls).isLessThanOrEqualTo(200 + FirstReads.PARTS + 10);
        }
        assertThat(Day.within(day.pages(), START + 10, START + 110))
                .as("and they get it")
                .isGreaterThan(250);
    }

    @Test
    void whatIsAskedForIsReadAlsoWhereFirstReadsHaveNoRoom() {
        timetable.allowed(1_000, START);
        for (int i = 0; i < 20; i++) {
            timetable.wanted(name(i), 0, Why.FIRST, 0, START, START);
        }
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(4).extracting(Order::pause).doesNotContain(Duration.ZERO);
        add(30, START + 1);
        assertThat(timetable.orders(START + 1))
                .as("polls have places of their own")
                .hasSize(SETTINGS.underWayMax());
        timetable.refresh(name(19).merchant(), null, START + 2);
        assertThat(timetable.underWay()).isEqualTo(4 + SETTINGS.underWayMax());
        List<Timetable.Name> polled = new ArrayList<>();
        IntStream.range(20, 30).forEach(i -> timetable.read(name(i), START + 2, false, 1, Importance.USUAL, START + 2));
        timetable.orders(START + 3).forEach(each -> polled.add(each.name()));
        assertThat(polled).contains(name(19));
    }

    @Test
    void whatAPollTookBeyondOneCallIsPaidBack() {
        timetable.allowed(2, START);
        add(10, START);

        Order first = timetable.orders(START).get(0);
        timetable.read(first.name(), START, true, 11, Importance.USUAL, START + 1);

        assertThat(timetable.orders(START + 9)).isEmpty();
        assertThat(timetable.orders(START + 11)).isNotEmpty();
    }

    @Test
    void noMoreThanSoManyAreUnderWay() {
        timetable.allowed(1_000, START);
        add(10, START);

        List<Order> orders = timetable.orders(START + 10);

        assertThat(orders).hasSize(SETTINGS.underWayMax());
        assertThat(timetable.orders(START + 11)).isEmpty();
    }

    @Test
    void whoSaysNothingForLongHasFailed() {
        timetable.allowed(1_000, START);
        add(4, START);
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(4);
        double late = START + 1 + PollSettings.seconds(SETTINGS.readWithin()) + 1;
        timetable.reading(orders.get(0).name(), null, START + 60);

        timetable.orders(late);

        assertThat(belief(timetable, orders.get(1).name(), late).failures()).isEqualTo(1);
        assertThat(belief(timetable, orders.get(0).name(), late).failures())
                .as("it said that it goes on")
                .isZero();
    }

    @Test
    void aReadingThatTakesLongHasNotFailedAsLongAsItSaysThatItGoesOn() {
        timetable.allowed(1_000, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        assertThat(timetable.orders(START)).hasSize(1);

        double now = START;
        while (now < START + 3_600) {
            now += 20;
            timetable.reading(name(0), far(3), now);
            assertThat(timetable.orders(now)).isEmpty();
        }
        assertThat(belief(0, now).failures()).isZero();
        timetable.orders(now + PollSettings.seconds(SETTINGS.readWithin()));
        assertThat(belief(0, now + 121).failures()).as("silent since").isEqualTo(1);
    }

    @Test
    void anOrderThatNobodyAcknowledgesLeavesItsPlaceSoon() {
        timetable.allowed(1_000, START);
        add(8, START);
        List<Order> orders = timetable.orders(START + 1);
        assertThat(orders).hasSize(SETTINGS.underWayMax());
        timetable.reading(orders.get(0).name(), null, START + 1);
        double late = START + 1 + PollSettings.seconds(SETTINGS.arriveWithin());

        assertThat(timetable.nextAt(START + 2)).isEqualTo(late);
        assertThat(timetable.orders(late)).hasSize(SETTINGS.underWayMax() - 1);
        assertThat(belief(timetable, orders.get(0).name(), late).underWay())
                .as("it said that it was told")
                .isTrue();
        assertThat(belief(timetable, orders.get(1).name(), late).failures()).isOne();
    }

    @Test
    void theScheduleBeginsWithTheLimitThatIsKnown() {
        timetable.allowed(3, START);
        add(1, START);
        assertThat(timetable.freshness(START).callsPerSecond()).isEqualTo(1.5);

        timetable.allowed(1_000, START);
        add(100, START);
        timetable.orders(START);
        for (int i = 0; i < 4; i++) {
            timetable.read(name(i), START, false, 1, Importance.USUAL, START);
            timetable.orders(START);
        }

        assertThat(timetable.freshness(START).callsPerSecond())
                .as("calls that were saved up and are made at once")
                .isBetween(500.0, 1_000.0);
    }

    @Test
    void whereThereWasNoRoomNothingIsWrongWithWhatWasToBeRead() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START)).hasSize(1);

        timetable.broke(name(0), Trouble.CROWDED, START + 5, START + 1);

        assertThat(belief(0, START + 1).phase()).isEqualTo(Phase.WATCHED);
        assertThat(belief(0, START + 1).failures()).isZero();
        assertThat(timetable.orders(START + 4.9)).isEmpty();
        assertThat(timetable.orders(START + 5)).hasSize(1);
    }

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
    void whoWantsToReadIsNotReadingAndIsToldAgain() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START)).hasSize(1);

        timetable.wanted(name(0), 0, Why.SIGNAL, 1, START + 1, START + 1);
        assertThat(timetable.orders(START + 1))
                .as("the order may be on its way")
                .isEmpty();
        timetable.wanted(name(0), 0, Why.SIGNAL, 1, START + 6, START + 6);
        assertThat(timetable.orders(START + 6)).as("it never arrived").hasSize(1);
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

    @Test
    void whatSomebodyWaitsForIsReadFirstAlsoIfItWasHeld() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 30);
        timetable.broke(name(3), Trouble.UNAUTHORISED, START + 30, START + 30);

        assertThat(timetable.refresh(name(3).merchant(), null, START + 31)).isEqualTo(1);
        assertThat(timetable.refresh(name(3).merchant(), new LinkId("another"), START + 31))
                .isZero();

        assertThat(timetable.orders(START + 32).get(0).name()).isEqualTo(name(3));
    }

    @Test
    void whatSomebodyAsksForWhileItIsReadIsReadAgain() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 60);
        Order under = timetable.orders(START + 62).get(0);
        assertThat(under.lane()).isEqualTo(Lane.RECONCILE);
        timetable.refresh(under.name().merchant(), null, START + 63);
        timetable.read(under.name(), START + 62, false, 1, Importance.USUAL, START + 64);

        Order again = timetable.orders(START + 64).get(0);
        assertThat(again.name()).isEqualTo(under.name());
        assertThat(again.lane()).isEqualTo(Lane.MENU);
        timetable.read(under.name(), START + 64, false, 1, Importance.USUAL, START + 65);
        assertThat(run(START + 65, START + 75)).isNotEmpty().doesNotContain(under.name());
    }

    @Test
    void whatSomebodyAskedForIsStillWantedWhereAGateHadNoRoom() {
        timetable.allowed(2, START);
        add(50, START);
        run(START, START + 60);
        timetable.refresh(name(3).merchant(), null, START + 60);
        assertThat(timetable.orders(START + 61).get(0).name()).isEqualTo(name(3));
        timetable.broke(name(3), Trouble.CROWDED, START + 64, START + 62);

        assertThat(run(START + 62, START + 64)).isNotEmpty().doesNotContain(name(3));
        Order late = timetable.orders(START + 65).get(0);
        assertThat(late.name()).isEqualTo(name(3));
        assertThat(late.lane()).isEqualTo(Lane.MENU);
    }

    /** Credentials of three links in ten are revoked, and one of them lacks something for ever: what operators are shown of the pool. */
    @Test
    void operatorsSeeWhatIsHeldAndWhatIsParkedAndThatItIsNotFresh() {
        timetable.allowed(4, START);
        add(10, START);
        run(START, START + 60);
        double healthy = Views.pool(POOL, timetable, START + 60).fresh();
        double end = START + 60 + 9 * 3_600;
        double[] seen = new double[10];
        for (double now = START + 60; now < end; now += 0.5) {
            for (Order order : timetable.orders(now)) {
                int number = Integer.parseInt(order.name().merchant().value().substring(2));
                if (number < 3) {
                    timetable.broke(order.name(), Trouble.UNAUTHORISED, now, now);
                } else if (number == 3) {
                    timetable.broke(order.name(), Trouble.FAILED, now, now);
                } else {
                    boolean changed = Math.floor(now / 600) > Math.floor(seen[number] / 600);
                    timetable.read(order.name(), now, changed, 1, Importance.USUAL, now);
                    seen[number] = now;
                }
            }
        }

        FreshnessBoard.Pool pool = Views.pool(POOL, timetable, end);
        FreshnessBoard.Sort sort = pool.sorts().get(0);
        assertThat(sort.failing()).isEqualTo(4);
        assertThat(sort.held()).isEqualTo(3);
        assertThat(sort.parked()).isOne();
        assertThat(sort.starved()).isEqualTo(4);
        assertThat(healthy).isGreaterThan(0.9);
        assertThat(pool.fresh()).isLessThan(0.62);
        assertThat(pool.ratio()).as("the others are read as well as can be").isGreaterThan(0.9);
        FreshnessBoard.Resource broken = Views.resources(
                        POOL,
                        timetable.standings(
                                name(3).merchant(), Set.of(name(3).feed().link()), end))
                .get(0);
        assertThat(broken.phase()).isEqualTo("parked");
        assertThat(broken.failures()).isGreaterThan(20);
        assertThat(broken.nextAt()).isNotNull();
        assertThat(broken.fresh()).isLessThan(0.01);
    }

    @Test
    void whatAMerchantHasNotAnyMoreIsForgotten() {
        add(2, START);
        timetable.has(name(0).merchant(), List.of(feed("other")), 0, START + 1);
        timetable.gone(name(1).merchant(), name(1).feed().link(), "catalog", START + 1);

        assertThat(run(START + 1, START + 30)).containsOnly(new Timetable.Name(name(0).merchant(), feed("other")));
    }

    @Test
    void knowsTheLocalTimeOfEachMerchantAlsoWhereClocksAreChanged() {
        timetable.has(name(0).merchant(), List.of(name(0).feed()), -14_400, START);
        byte[] summer = timetable.memory(START);
        timetable.has(name(0).merchant(), List.of(name(0).feed()), -18_000, START);
        byte[] winter = timetable.memory(START);
        timetable.wanted(name(0), -14_400, Why.ASKED, 0, START, START);

        assertThat(Arrays.equals(winter, summer)).isFalse();
        assertThat(Arrays.equals(timetable.memory(START), summer)).isTrue();
    }

    @Test
    void whatWasLearntIsRemembered() {
        timetable.allowed(4, START);
        add(30, START);
        run(START, START + 300);

        Timetable again = Timetable.of(timetable.memory(START + 300), POOL, SETTINGS, feed -> true, START + 300);

        assertThat(again.callsPerSecond()).isEqualTo(timetable.callsPerSecond());
        for (int i = 0; i < 30; i++) {
            Timetable.Name name = name(i);
            Belief before = belief(i, START + 301);
            Belief after = belief(again, name, START + 301);
            assertThat(after.seenAt()).isEqualTo(before.seenAt());
            assertThat(after.changesPerSecond()).isCloseTo(before.changesPerSecond(), withinPercentage(15));
        }
    }

    @Test
    void whatWasHeldIsTriedAgainAfterARestart() {
        timetable.allowed(1_000, START);
        add(1, START);
        timetable.orders(START);
        timetable.broke(name(0), Trouble.UNAUTHORISED, START, START);

        Timetable again = Timetable.of(timetable.memory(START), POOL, SETTINGS, feed -> true, START + 1);

        assertThat(again.orders(START + 2)).hasSize(1);
    }

    @Test
    void aReminderTakesThePlaceOfTheOneBefore() {
        Reminders reminders = new Reminders();
        for (int i = 0; i < 100; i++) {
            reminders.remind(7, START + i, i);
        }
        List<Double> taken = new ArrayList<>();
        reminders.due(START + 98, (id, value) -> taken.add(value));
        assertThat(taken).isEmpty();
        assertThat(reminders.size()).isEqualTo(1);
        reminders.due(START + 99, (id, value) -> taken.add(value));
        assertThat(taken).containsExactly(99.0);
        assertThat(reminders.nextAt()).isInfinite();
    }

    @Test
    void whatIsNoMemoryIsRefused() {
        byte[] memory = timetable.memory(START);

        assertThatThrownBy(() -> Timetable.of(new byte[] {0, 0, 0, 9}, POOL, SETTINGS, feed -> true, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 9");
        assertThatThrownBy(() -> Timetable.of(
                        java.util.Arrays.copyOf(memory, memory.length / 2), POOL, SETTINGS, feed -> true, START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** So many pages of a first read, one every ten seconds since {@link #START}. */
    private static FirstRead far(int pages) {
        return new FirstRead(pages, Instant.ofEpochSecond((long) START), Duration.ofSeconds(10));
    }

    @Test
    void showsHowFarAFirstReadIsUntilItIsOver() {
        timetable.allowed(4, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        assertThat(timetable.orders(START)).hasSize(1);
        assertThat(standing(timetable, name(0), START).first()).isNull();

        timetable.reading(name(0), far(1), START + 1);
        timetable.reading(name(0), far(2), START + 10);
        assertThat(standing(timetable, name(0), START + 10).first()).isEqualTo(far(2));
        assertThat(timetable.firstReads()).isEqualTo(1);
        timetable.broke(name(0), Trouble.CROWDED, START + 20, START + 11);
        assertThat(standing(timetable, name(0), START + 11))
                .as("it broke off")
                .matches(each -> far(2).equals(each.first()) && !each.belief().underWay());
        assertThat(timetable.firstReads()).isZero();

        assertThat(timetable.orders(START + 30)).hasSize(1);
        timetable.reading(name(0), far(3), START + 40);
        timetable.read(name(0), START, true, 4, Importance.USUAL, START + 50);
        assertThat(standing(timetable, name(0), START + 50).first()).isNull();
        assertThat(timetable.firstReads()).isZero();
    }

    /** One that knows nothing of a first read under way, but for what was written down before it. */
    private Timetable restarted(double now) {
        Timetable again = Timetable.of(timetable.memory(now), POOL, SETTINGS, partner -> true, now);
        again.allowed(4, now);
        return again;
    }

    @Test
    void aFirstReadThatGoesOnThroughARestartCountsAsOne() {
        timetable.allowed(4, START);
        add(10, START);
        Timetable again = restarted(START + 600);

        // Nothing of it was written down, and the round may tell of it before its merchant does.
        again.reading(name(21), far(1), START + 600);
        assertThat(again.firstReads()).isEqualTo(1);
        again.gone(name(21).merchant(), name(21).feed().link(), "catalog", START + 600);
        assertThat(again.underWay()).isZero();
        again.has(name(20).merchant(), List.of(name(20).feed()), 0, START + 600);
        again.reading(name(20), far(60), START + 600);

        assertThat(again.firstReads()).isEqualTo(1);
        assertThat(again.underWay()).isEqualTo(1);
        assertThat(standing(again, name(20), START + 600))
                .matches(each -> far(60).equals(each.first())
                        && each.belief().underWay()
                        && each.belief().phase() == Phase.NEWCOMER);
        assertThat(again.orders(START + 601))
                .as("it takes no poll's place, and is not told to begin")
                .hasSize(2)
                .extracting(Order::name)
                .doesNotContain(name(20));

        again.read(name(20), START, true, 61, Importance.USUAL, START + 610);
        assertThat(again.orders(START + 612))
                .as("its pages were not paid from what is for polls")
                .isNotEmpty();
    }

    @Test
    void aFirstReadThatWasTakenForAPollCountsAsOneAsSoonAsItsMerchantSaysSo() {
        timetable.allowed(1_000, START);
        add(20, START);
        List<Order> orders = timetable.orders(START + 10);
        assertThat(orders).hasSize(SETTINGS.underWayMax());

        timetable.reading(orders.get(0).name(), far(7), START + 11);

        assertThat(timetable.firstReads()).isEqualTo(1);
        assertThat(timetable.underWay()).isEqualTo(SETTINGS.underWayMax());
        assertThat(timetable.orders(START + 12))
                .as("the place of a poll is free")
                .hasSize(1);
    }

    @Test
    void whatWasTakenForAPollWaitsForItsTurnAmongFirstReads() {
        timetable.allowed(1_000, START);
        add(1, START);
        assertThat(timetable.orders(START))
                .singleElement()
                .matches(order -> order.pause().isZero());

        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 1, START + 1);

        assertThat(timetable.orders(START + 1))
                .singleElement()
                .matches(order -> !order.pause().isZero());
        assertThat(timetable.firstReads()).isEqualTo(1);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 2, START + 2);
        assertThat(timetable.orders(START + 2))
                .as("the answer to the order before")
                .isEmpty();
    }

    @Test
    void aFirstReadByANodeOfAnOlderVersionGoesOnThroughARestart() {
        timetable.allowed(4, START);
        timetable.wanted(name(0), 0, Why.FIRST, 0, START, START);
        Timetable again = restarted(START + 60);

        again.reading(name(0), null, START + 60);

        assertThat(again.firstReads()).isEqualTo(1);
        assertThat(again.orders(START + 61)).isEmpty();
        assertThat(standing(again, name(0), START + 61).first()).isNull();
    }

    @Test
    void whatIsSetOtherwiseHoldsForWhatWasLearntAsWell() {
        timetable.allowed(1_000, START);
        add(3, START);
        run(START, START + 2);
        PollSettings stricter = PollSettings.of(ConfigFactory.parseString("""
                        tournant.poll.resources.usual { max-age = 20s, min-interval = 1s, objective = 0.5 }
                        """)
                .withFallback(ConfigFactory.parseResources("tournant-cluster.conf"))
                .withFallback(ConfigFactory.defaultReference())
                .resolve());

        Timetable again = Timetable.of(timetable.memory(START + 2), POOL, stricter, partner -> false, START + 2);

        assertThat(again.freshness(START + 2).classes())
                .singleElement()
                .matches(each -> each.of().maxAgeSeconds() == 20 && each.of().objective() == 0.5)
                .matches(each -> each.resources() == 3 && !each.of().subscribed());
        assertThat(again.orders(START + 40)).as("older than they may be").hasSize(3);
    }

    @Test
    void aClockThatWasAheadKeepsNobodyWaiting() {
        timetable.allowed(1_000, START + 86_400);
        add(3, START + 86_400);
        run(START + 86_400, START + 86_403);

        Timetable again = Timetable.of(timetable.memory(START + 86_403), POOL, SETTINGS, partner -> true, START);

        assertThat(belief(again, name(0), START).seenAt()).isLessThanOrEqualTo(START);
        again.wanted(name(0), 0, Why.SIGNAL, 1, START + 60, START + 60);
        assertThat(again.orders(START + 61)).extracting(Order::name).contains(name(0));
    }

    @Test
    void whatLeadsElsewhereIsReadFromItsBeginningAmongFirstReads() {
        timetable.allowed(1_000, START);
        add(1, START);
        run(START, START + 100);

        timetable.wanted(name(0), 0, Why.FIRST, 0, START + 100, START + 100);

        assertThat(belief(0, START + 100).phase()).isEqualTo(Phase.NEWCOMER);
        assertThat(timetable.orders(START + 101))
                .singleElement()
                .matches(order -> !order.pause().isZero());
    }
}
