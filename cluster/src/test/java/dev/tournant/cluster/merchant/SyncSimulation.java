package dev.tournant.cluster.merchant;

import dev.tournant.cluster.sync.Traits;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.SyncRule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One merchant with three links on simulated partners, and in some histories a fourth, in one thread. Everything that happens
 * follows from the seed: edits on all sides, lost, doubled and late webhooks, pages that are read before a write and arrive after
 * it, calls that fail before or after they were carried out, jobs that fail half-way, whose ends may be heard before the answer to
 * the call that gave them, partners that alter what they are told or refuse it for a while, rules that change, crashes between any
 * two steps.
 */
final class SyncSimulation {
    private static final int QUIET_ROUNDS_MAX = 40;
    /** Of the quiet ones: all others have gone home. */
    private static final int ROUNDS_AT_MARKET = 2;

    /** One history in so many has a kiosk. */
    private static final int KIOSK_EVERY = 4;

    /** In one of so many histories the board tells when something was sold out or put back. */
    private static final int TIMES_OF = 5;

    private static final int TIMES_AT = 2;

    /** In one history of so many the till and the board call different things alike. */
    private static final int NUMBERING_EVERY = 7;

    /** In one history of so many the board counts what it has. */
    private static final int COUNTING_EVERY = 3;

    /** In so many of so many histories the rules change. */
    private static final int RULING_OF = 7;

    private static final int RULING_FROM = 5;
    private static final int STEPS_BETWEEN_RULES = 40;

    private static final int STEPS_MAX = 10_000;
    private static final Duration ROUND = Duration.ofMinutes(61);
    private static final List<Duration> SKEWS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(90),
            Duration.ofMinutes(-90),
            Duration.ofDays(3),
            Duration.ofDays(-3));

    final SimHistory history;
    private final Random random;
    final SimTill till;
    final SimBoard board;
    private final SimMarket market;
    final List<SimPartner> partners;
    final SimMerchant merchant;
    final SimPeople people;
    private final SimWayIn in;
    private final SimWayOut out;

    private final Random traits;
    private final Random night;
    /** Null where the rules stay what they are. */
    private final @Nullable Random ruling;
    /** Null where partners refuse nothing for no fault of it. */
    private final @Nullable Random stubborn;

    private boolean atMarketOnly;

    SyncSimulation(long seed, boolean isLogging) {
        this.history = new SimHistory(seed, isLogging);
        this.random = history.random;
        this.till = new SimTill(link("sq-1", "till", Direction.BOTH), skew(), random);
        this.traits = new Random(~seed);
        this.night = new Random(37 * ~seed);
        this.ruling = Math.floorMod(seed, RULING_OF) >= RULING_FROM ? new Random(47 * ~seed) : null;
        Random refusing = new Random(41 * ~seed);
        this.stubborn = refusing.nextInt(3) == 0 ? refusing : null;
        till.refuses(stubborn);
        till.alters(
                traits.nextInt(4) != 0
                        ? SimTill.Altering.NOTHING
                        : traits.nextBoolean() ? SimTill.Altering.AT_ONCE : SimTill.Altering.LATER);
        till.tells(new Random(61 * ~seed));
        this.board = new SimBoard(link("to-1", "board", Direction.BOTH), skew(), random, history.now);
        if (Math.floorMod(seed, TIMES_OF) == TIMES_AT) {
            board.tellsTimes();
        }
        if (Math.floorMod(seed, NUMBERING_EVERY) == NUMBERING_EVERY - 1) {
            till.numbers();
            board.numbers();
        }
        Random counting = Math.floorMod(seed, COUNTING_EVERY) == 1 ? new Random(53 * ~seed) : null;
        if (counting != null) {
            board.counts(counting);
        }
        this.market = new SimMarket(link("dd-1", "market", Direction.WRITE), random, new Random(31 * ~seed));
        this.partners = new ArrayList<>(List.of(till, board, market));
        Collections.shuffle(partners, random);
        if (Math.floorMod(seed, KIOSK_EVERY) == KIOSK_EVERY - 1) {
            partners.add(new SimKiosk(link("ki-1", "kiosk", Direction.WRITE), new Random(43 * ~seed)));
        }
        Map<PartnerName, Traits> known = new HashMap<>();
        partners.forEach(each -> known.put(each.link.partner(), each.traits()));
        this.merchant = new SimMerchant(history, known, profile());
        this.people = new SimPeople(history, partners, merchant, counting);
        this.out = new SimWayOut(history, merchant);
        this.in = new SimWayIn(history, merchant, out::heard);
        history.log("links "
                + partners.stream()
                        .map(each -> each.link.id() + " skew " + each.skew)
                        .toList() + " rules " + merchant.profile.rules());
    }

    private Duration skew() {
        return SKEWS.get(random.nextInt(SKEWS.size()));
    }

    private static Link link(String id, String partner, Direction direction) {
        return new Link(new LinkId(id), new PartnerName(partner), "A", "L", "main").with(direction, Projection.ALL);
    }

    private MerchantProfile profile() {
        return new MerchantProfile(
                "Grill",
                Currency.getInstance("USD"),
                ZoneId.of("UTC"),
                partners.stream().map(each -> each.link).toList(),
                someRules(random));
    }

    private Map<FieldGroup, SyncRule> someRules(Random of) {
        if (of.nextInt(3) == 0) {
            return Map.of();
        }
        SyncRule rule = of.nextInt(3) == 0
                ? new SyncRule.Owner((of.nextBoolean() ? till : board).link.id())
                : SyncRule.Common.LATEST;
        Map<FieldGroup, SyncRule> all = new HashMap<>(Map.of(FieldGroup.CATALOGUE, rule, FieldGroup.PRICES, rule));
        if (of.nextBoolean()) {
            all.put(FieldGroup.AVAILABILITY, rule);
        }
        return all;
    }

    private void rule(Random of) {
        if (of.nextInt(STEPS_BETWEEN_RULES) == 0) {
            merchant.rule(someRules(of));
        } else if (of.nextBoolean()) {
            merchant.decideAnew();
        }
    }

    void edit(SimPartner partner) {
        partner.edit(people, history.now).forEach(said -> in.send(partner, said));
    }

    /** Somebody at the board sells one of what it has. */
    void sell(SimPartner.Thing thing) {
        in.send(board, board.sell(thing));
    }

    /** A link is removed, and added again at once. */
    void addAgain(SimPartner partner) {
        merchant.addAgain(partner.link);
    }

    /** The journal, Kafka and the partners are left; of calls under way some arrive. */
    private void crash() {
        history.log("crash");
        merchant.restart();
        out.crash();
        in.crash();
    }

    /** The market's job goes on, if there is one. */
    private void work() {
        if (market.isWorking()) {
            boolean fails = !history.isQuiet ? random.nextInt(3) == 0 : atMarketOnly && night.nextInt(3) == 0;
            history.log("market job " + (fails ? "fails" : "ends"));
            boolean isSilent = fails && traits.nextInt(3) == 0;
            boolean isFinal = isSilent && stubborn != null && stubborn.nextBoolean();
            in.send(market, isSilent ? market.refuse(isFinal) : market.work(fails, history.now));
        }
    }

    void step() {
        history.pass(Duration.ofMillis(random.nextInt(2_000)));
        if (ruling != null) {
            rule(ruling);
        }
        SimPartner any = partners.get(random.nextInt(partners.size()));
        int what = random.nextInt(100);
        if (what < 12) {
            edit(any);
        } else if (what < 17) {
            people.edit(merchant);
        } else if (what < 29) {
            in.receive();
        } else if (what < 41) {
            in.absorb();
        } else if (what < 59) {
            in.fetch(any);
        } else if (what < 85) {
            out.push(any);
        } else if (what < 90) {
            work();
        } else if (what < 92) {
            // Nothing.
        } else if (what < 94) {
            crash();
        } else if (what < 97) {
            in.poll();
        } else {
            history.pass(Duration.ofSeconds(random.nextInt(600)));
        }
    }

    /**
     * Runs until nothing happens any more, and answers how many rounds it took. For a while somebody still edits at the
     * market, and its jobs fail: nothing else that changes can make good what is lost then.
     */
    int quiet() {
        history.log("QUIET");
        history.isQuiet = true;
        int still = 0;
        for (int round = 0; round < QUIET_ROUNDS_MAX; round++) {
            history.pass(ROUND);
            in.poll();
            int before = out.calls();
            atMarketOnly = round < ROUNDS_AT_MARKET;
            till.refuses(atMarketOnly ? stubborn : null);
            settle();
            still = out.calls() == before && !atMarketOnly ? still + 1 : 0;
            if (still == 2) {
                history.isQuiet = false;
                return round;
            }
        }
        throw new AssertionError("pushes do not end");
    }

    private void settle() {
        int idle = 0;
        for (int i = 0; i < STEPS_MAX; i++) {
            history.pass(Duration.ofMillis(50));
            long before = fingerprint();
            in.receive();
            in.absorb();
            merchant.decideAnew();
            partners.forEach(in::fetch);
            partners.forEach(out::push);
            work();
            if (atMarketOnly && night.nextInt(4) == 0) {
                market.edit(people, history.now);
                in.poll(market.link.id(), SimMarket.MENUS);
            }
            boolean isStill = before == fingerprint();
            idle = isStill && isIdle() ? idle + 1 : 0;
            if (isStill) {
                history.pass(Duration.ofSeconds(2));
            }
            if (idle > 1) {
                return;
            }
        }
        throw new AssertionError("never comes to rest");
    }

    private long fingerprint() {
        return merchant.rows() * 1_000_003L + out.calls();
    }

    private boolean isIdle() {
        return in.isIdle() && out.isIdle() && merchant.state.anew() == null && !market.isWorking();
    }
}
