package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.cluster.push.HandPush;
import dev.tournant.cluster.sync.DecidingAnew;
import dev.tournant.cluster.sync.EarlyEnds;
import dev.tournant.cluster.sync.Heard;
import dev.tournant.cluster.sync.Rulebook;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.Direction;
import dev.tournant.model.FieldGroup;
import dev.tournant.model.FieldMap;
import dev.tournant.model.FlatRecord;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantProfile;
import dev.tournant.model.Money;
import dev.tournant.model.PartnerName;
import dev.tournant.model.Projection;
import dev.tournant.model.Provenance;
import dev.tournant.model.RecordDelta;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import dev.tournant.persistence.Commit;
import dev.tournant.persistence.FeedState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One merchant with three links on simulated partners, and in some histories a fourth, in one thread. Everything that happens follows from the seed: edits on
 * all sides, lost, doubled and late webhooks, pages that are read before a write and arrive after it, calls that fail before
 * or after they were carried out, jobs that fail half-way, whose ends may be heard before the answer to the call that gave them,
 * partners that alter what they are told or refuse it for a while, rules that change, crashes between any two steps.
 */
final class SyncSimulation implements SimWorld {
    static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    private static final Currency USD = Currency.getInstance("USD");
    private static final int QUIET_ROUNDS_MAX = 40;
    /** Of the quiet ones: all others have gone home. */
    private static final int ROUNDS_AT_MARKET = 2;

    /** One history in so many has a kiosk. */
    private static final int KIOSK_EVERY = 4;

    /** In one history of so many the board counts what it has. */
    private static final int COUNTING_EVERY = 3;

    /** In so many of so many histories the rules change. */
    private static final int RULING_OF = 7;

    private static final int RULING_FROM = 5;
    private static final int STEPS_BETWEEN_RULES = 40;

    private static final int STEPS_MAX = 200_000;
    private static final Duration ROUND = Duration.ofMinutes(61);
    private static final List<Duration> SKEWS = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMinutes(90),
            Duration.ofMinutes(-90),
            Duration.ofDays(3),
            Duration.ofDays(-3));
    private static final MerchantLimits LIMITS = TestLimits.small(
            "records-max = 1000, record-bytes-max = 20000, message-bytes-max = 100000, outbox-max = 100000,"
                    + "group-bytes-max = 500000, delivery-bytes-max = 5000000");

    private static final class Fetching {
        final FeedState feed;
        final Instant asked;
        /** Null until the partner was reached. */
        @Nullable
        List<SimPartner.Snapshot> pages;

        int page;

        Fetching(FeedState feed, Instant asked) {
            this.feed = feed;
            this.asked = asked;
        }
    }

    /** A comparison that led to nothing: the same until something is written, or a job may have expired. */
    private record Compared(int rows, Instant until) {}

    private static final class Flying {
        final Call call;
        boolean arrived;

        @Nullable
        Answer answer;

        Flying(Call call) {
            this.call = call;
        }
    }

    private static final class Pushing {
        final Telling telling;
        final HandPush hand;
        final List<Flying> flying = new ArrayList<>();
        /** Jobs of which the end was heard since, and when. */
        final Map<String, Instant> ended = new HashMap<>();

        Pushing(Telling telling, HandPush hand) {
            this.telling = telling;
            this.hand = hand;
        }
    }

    private final Random random;
    private final Random traits;
    final SimTill till;
    final SimBoard board;
    final SimMarket market;
    final List<SimPartner> partners;
    private final MerchantRules rules;
    MerchantProfile profile;
    private final boolean isLogging;
    private final List<String> lines = new ArrayList<>();

    Instant now = BEGIN;
    MerchantState state = MerchantState.EMPTY;
    private final List<Commit> journal = new ArrayList<>();
    private final List<Delivery> kafka = new ArrayList<>();
    private int absorbed;
    private final List<Map.Entry<SimPartner, SimPartner.Said>> webhooks = new ArrayList<>();
    private final Map<String, Fetching> fetching = new TreeMap<>();
    private final Set<String> polled = new TreeSet<>();
    private final Map<LinkId, Pushing> pushing = new LinkedHashMap<>();
    private final Map<LinkId, String> intended = new HashMap<>();
    private final Map<LinkId, Compared> compared = new HashMap<>();
    private final Map<LinkId, Instant> notBefore = new HashMap<>();
    private boolean quiet;
    private boolean atMarketOnly;
    private final Random night;
    /** Null where the rules stay what they are. */
    private final @Nullable Random ruling;

    private boolean hasOtherRules;
    /** Null where partners refuse nothing for no fault of it. */
    private final @Nullable Random stubborn;

    /** Null where nobody counts. */
    private final @Nullable Random counting;

    private int calls;
    private int skus;
    private int requests;
    /** The last value that was set by hand, by link, sku and field. */
    final Map<String, Map<String, @Nullable Object>> lastEdits = new TreeMap<>();

    SyncSimulation(long seed, boolean isLogging) {
        this.random = new Random(seed);
        this.isLogging = isLogging;
        this.till = new SimTill(link("sq-1", "till", Direction.BOTH), skew(), random);
        // Drawn apart, so that the other histories stay what they were.
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
        this.board = new SimBoard(link("to-1", "board", Direction.BOTH), skew(), random, now);
        this.counting = Math.floorMod(seed, COUNTING_EVERY) == 1 ? new Random(53 * ~seed) : null;
        if (counting != null) {
            board.counts(counting);
        }
        this.market = new SimMarket(link("dd-1", "market", Direction.WRITE), random, new Random(31 * ~seed));
        List<SimPartner> order = new ArrayList<>(List.of(till, board, market));
        Collections.shuffle(order, random);
        if (Math.floorMod(seed, KIOSK_EVERY) == KIOSK_EVERY - 1) {
            order.add(new SimKiosk(link("ki-1", "kiosk", Direction.WRITE), new Random(43 * ~seed)));
        }
        this.partners = order;
        Map<PartnerName, Traits> known = new HashMap<>();
        order.forEach(each -> known.put(each.link.partner(), each.traits()));
        this.rules = new MerchantRules(LIMITS, known);
        this.profile = new MerchantProfile(
                "Grill",
                USD,
                ZoneId.of("UTC"),
                order.stream().map(each -> each.link).toList(),
                someRules());
        decide(new MerchantCommand.SetProfile(profile, null, "put", now));
        log("links "
                + order.stream()
                        .map(each -> each.link.id() + " skew " + each.skew)
                        .toList() + " rules " + profile.rules());
    }

    private Duration skew() {
        return SKEWS.get(random.nextInt(SKEWS.size()));
    }

    private static Link link(String id, String partner, Direction direction) {
        return new Link(new LinkId(id), new PartnerName(partner), "A", "L", "main").with(direction, Projection.ALL);
    }

    private Map<FieldGroup, SyncRule> someRules() {
        return someRules(random);
    }

    private Map<FieldGroup, SyncRule> someRules(Random random) {
        if (random.nextInt(3) == 0) {
            return Map.of();
        }
        SyncRule rule = random.nextInt(3) == 0
                ? new SyncRule.Owner((random.nextBoolean() ? till : board).link.id())
                : SyncRule.Common.LATEST;
        Map<FieldGroup, SyncRule> all = new HashMap<>(Map.of(FieldGroup.CATALOGUE, rule, FieldGroup.PRICES, rule));
        if (random.nextBoolean()) {
            all.put(FieldGroup.AVAILABILITY, rule);
        }
        return all;
    }

    /** Whether others may have held sway before. */
    boolean hasOtherRules() {
        return hasOtherRules;
    }

    private void rule(Random of) {
        if (of.nextInt(STEPS_BETWEEN_RULES) == 0) {
            profile = new MerchantProfile(
                    profile.name(), profile.currency(), profile.zone(), profile.links(), someRules(of));
            log("rules " + profile.rules());
            decide(new MerchantCommand.SetProfile(profile, null, "put", now));
            hasOtherRules = true;
        } else if (of.nextBoolean()) {
            decideAnew();
        }
    }

    private void decideAnew() {
        if (state.anew() != null) {
            log("decides anew after " + state.anew().through());
            decide(new MerchantCommand.DecideAnew(now));
        }
    }

    /** Whether the rules would decide otherwise what they have decided. */
    List<String> undecided() {
        Rulebook rulebook = new Rulebook(profile, rules.partners());
        List<String> undecided = new ArrayList<>();
        present()
                .forEach(record -> DecidingAnew.of(
                                rulebook,
                                (link, field) -> rulebook.isOwn(link, record.key(), field),
                                record,
                                state.around(record.key()),
                                Heard.here(new Provenance(Provenance.API, "check", Stamp.at(now), 0), now))
                        .forward()
                        .forEach(each -> undecided.add("by the rules there should be " + each + " of " + record)));
        return undecided;
    }

    SyncRule rule(FieldGroup group) {
        return new Rulebook(profile, rules.partners()).of(group);
    }

    @Override
    public void log(String line) {
        if (isLogging) {
            lines.add(now + " " + line);
        }
    }

    List<String> lines() {
        return lines;
    }

    Decision decide(MerchantCommand command) {
        Decision decision = rules.decide(state, command);
        if (!decision.commit().isEmpty()) {
            journal.add(decision.commit());
            state = rules.written(decision.after(), Commit.published(0));
        }
        if (decision.reply() instanceof MerchantReply.Rejected rejected) {
            log("rejected " + rejected);
        }
        return decision;
    }

    // People.

    @Override
    public FieldMap newItem(String by) {
        skus++;
        FieldMap item = FieldMap.builder(Kind.ITEM)
                .put(Item.SKU, "sku" + skus)
                .put(Item.NAME, name())
                .put(Item.PRICE, price())
                .build();
        remember(by, "sku" + skus, item);
        log(by + " makes sku" + skus + " " + item);
        return item;
    }

    private String name() {
        return "n" + random.nextInt(100_000) + (random.nextInt(12) == 0 ? "!" : "");
    }

    private Money price() {
        return Money.of(1 + random.nextInt(4) + ".00", "USD");
    }

    @Override
    public FieldMap edited(String by) {
        return switch (random.nextInt(4)) {
            case 0 -> FieldMap.of(Item.NAME, name());
            case 1 -> FieldMap.of(Item.PRICE, price());
            case 2 ->
                random.nextBoolean()
                        ? FieldMap.of(Item.DESCRIPTION, "d" + random.nextInt(4))
                        : FieldMap.builder(Kind.ITEM)
                                .put(Item.DESCRIPTION, null)
                                .build();
            default -> FieldMap.of(Item.STATUS, random.nextBoolean() ? SaleStatus.OFF : SaleStatus.FOR_SALE);
        };
    }

    private void remember(String by, String sku, FieldMap edit) {
        for (int i = 0; i < edit.size(); i++) {
            if (edit.field(i).equals(Item.QUANTITY)) {
                continue;
            }
            lastEdits
                    .computeIfAbsent(sku + " " + edit.field(i).name(), each -> new TreeMap<>())
                    .put(by, edit.value(i));
        }
    }

    @Override
    public void noteEdit(SimPartner at, SimPartner.Thing thing, FieldMap edit) {
        String sku = thing.fields.get(Item.SKU);
        if (sku != null) {
            remember(at.link.id().value(), sku, edit);
        }
    }

    @Override
    public void noteDeleted(SimPartner at, SimPartner.Thing thing) {
        String sku = thing.fields.get(Item.SKU);
        lastEdits.forEach((what, by) -> {
            if (sku != null && what.startsWith(sku + " ")) {
                by.remove(at.link.id().value());
                by.put("deleted", null);
            }
        });
    }

    private void editHere() {
        List<FlatRecord> present = present();
        requests++;
        if (present.isEmpty() || random.nextInt(5) == 0) {
            FieldMap item = newItem("api");
            RecordDelta delta = RecordDelta.set(RecordKey.of(Kind.ITEM, "A" + requests), Stamp.ZERO, 0, item);
            decide(new MerchantCommand.EditRecord(delta, 0, "r" + requests, now));
            return;
        }
        FlatRecord record = present.get(random.nextInt(present.size()));
        FieldMap edit = counting != null && counting.nextInt(5) == 0
                ? FieldMap.of(Item.QUANTITY, BigDecimal.valueOf(1 + counting.nextInt(9)))
                : edited("api");
        edited(record, edit);
    }

    /** An operator edits. */
    void editHere(FlatRecord record, FieldMap edit) {
        requests++;
        edited(record, edit);
    }

    private void edited(FlatRecord record, FieldMap edit) {
        record.get(Item.SKU).ifPresent(sku -> remember("api", sku, edit));
        log("api edits " + record.key() + " " + edit);
        RecordDelta delta = RecordDelta.set(record.key(), Stamp.ZERO, 0, edit);
        decide(new MerchantCommand.EditRecord(delta, record.revision(), "r" + requests, now));
    }

    List<FlatRecord> present() {
        List<FlatRecord> present = new ArrayList<>();
        state.records().all().forEach(record -> {
            if (record.isPresent()) {
                present.add(record);
            }
        });
        return present;
    }

    /** Somebody at the board sells one of what it has. */
    void sell(SimPartner.Thing thing) {
        webhooks.add(Map.entry(board, board.sell(thing)));
    }

    void edit(SimPartner partner) {
        partner.edit(this, now).forEach(said -> webhooks.add(Map.entry(partner, said)));
    }

    // The way in.

    private void receive() {
        if (webhooks.isEmpty()) {
            return;
        }
        int which = random.nextInt(webhooks.size());
        Map.Entry<SimPartner, SimPartner.Said> hook = webhooks.remove(which);
        int fate = quiet ? 9 : random.nextInt(10);
        if (fate == 0) {
            log("webhook lost of " + hook.getKey().link.id());
            return;
        }
        append(hook.getKey(), hook.getValue(), null, now);
        if (fate == 1) {
            webhooks.add(hook);
        }
    }

    private void append(SimPartner partner, SimPartner.Said said, @Nullable FeedPage page, Instant receivedAt) {
        kafka.add(new Delivery(
                new Position("t", 0, kafka.size()),
                partner.link.id(),
                said.events(),
                page,
                "",
                said.remotes(),
                said.jobs(),
                receivedAt));
    }

    private void absorb() {
        if (absorbed == kafka.size()) {
            return;
        }
        int until = Math.min(kafka.size(), absorbed + 1 + random.nextInt(3));
        List<Delivery> some = List.copyOf(kafka.subList(absorbed, until));
        Decision decision = decide(new MerchantCommand.Absorb(some, now));
        for (Outcome outcome : ((MerchantReply.Absorbed) decision.reply()).outcomes()) {
            if (outcome.problem() != null) {
                throw new AssertionError("quarantined: " + outcome);
            }
        }
        log("absorbs "
                + some.stream()
                        .map(each -> each.link() + " " + (each.page() == null ? "" : each.page()))
                        .toList());
        some.forEach(each -> {
            Pushing push = pushing.get(each.link());
            each.jobs().stream()
                    .filter(end -> push != null && end.outcome().kind() != PushOutcome.Kind.LATER)
                    .forEach(end -> Objects.requireNonNull(push).ended.put(end.job(), now));
        });
        absorbed = until;
    }

    private void fetch(SimPartner partner) {
        for (String resource : partner.traits().resources()) {
            String key = MerchantState.feedKey(partner.link.id(), resource);
            FeedState feed = Objects.requireNonNull(state.feeds().get(key));
            Fetching known = fetching.get(key);
            if (known != null && feed.soFar().whole() > known.feed.soFar().whole()) {
                fetching.remove(key);
                known = null;
            }
            if (known == null) {
                if (feed.isDue() || polled.remove(key)) {
                    fetching.put(key, new Fetching(feed, now));
                    return;
                }
                continue;
            }
            if (!quiet && random.nextInt(8) == 0) {
                log("fetch breaks of " + key);
                fetching.remove(key);
                return;
            }
            List<SimPartner.Snapshot> pages = known.pages;
            if (pages == null) {
                known.pages = partner.read(resource);
                return;
            }
            if (known.page < pages.size()) {
                SimPartner.Said said = pages.get(known.page).asOf(known.asked);
                known.page++;
                boolean last = known.page == pages.size();
                FeedPage page = new FeedPage(resource, known.feed.wanted(), last, null);
                append(partner, said, page, known.asked);
                if (last && !feed.isDue()) {
                    // Nobody waits for the end of what nobody had wanted.
                    fetching.remove(key);
                }
                return;
            }
        }
    }

    /** What was not read for a minute is read though nobody says that it changed. */
    private void poll() {
        state.feeds().forEach((key, feed) -> {
            Instant doneAt = feed.doneAt();
            if (doneAt == null || !doneAt.plusSeconds(60).isAfter(now)) {
                polled.add(key);
            }
        });
    }

    // The way out.

    private void push(SimPartner partner) {
        Pushing push = pushing.get(partner.link.id());
        if (push == null) {
            compare(partner);
            return;
        }
        if (push.flying.isEmpty()) {
            if (push.hand.isOver()) {
                ended(partner, push);
            } else {
                push.hand.begun().forEach(call -> push.flying.add(new Flying(call)));
            }
            return;
        }
        Flying one = push.flying.get(random.nextInt(push.flying.size()));
        if (!one.arrived) {
            one.arrived = true;
            one.answer = call(partner, one.call);
            return;
        }
        push.flying.remove(one);
        told(push, push.hand.ended(one.call, one.answer));
    }

    private void compare(SimPartner partner) {
        Compared before = compared.get(partner.link.id());
        boolean isSame = before != null && before.rows() == journal.size() && now.isBefore(before.until());
        if (isSame || now.isBefore(notBefore.getOrDefault(partner.link.id(), Instant.MIN))) {
            return;
        }
        Step step = Step.next(
                state, profile, partner.link, partner.traits(), LIMITS, intended.remove(partner.link.id()), now);
        String next = step.intended();
        if (next != null) {
            intended.put(partner.link.id(), next);
        }
        Telling telling = step.telling();
        if (telling != null) {
            log(partner.link.id() + " is to be told " + telling.difference().wanted() + " without "
                    + telling.difference().removed() + " under "
                    + telling.difference().nonce());
            Pushing begun = new Pushing(telling, new HandPush(partner, telling.difference()));
            pushing.put(partner.link.id(), begun);
            MerchantCommand planned = telling.planned(begun.hand.settled().outcomes(), now);
            if (planned != null) {
                log("planned " + planned);
                decide(planned);
            }
        }
        MerchantCommand remember = step.remember();
        if (telling == null && remember == null) {
            compared.put(partner.link.id(), new Compared(journal.size(), now.plusSeconds(600)));
        }
        if (remember != null) {
            log("" + remember);
            decide(remember);
        }
    }

    private @Nullable Answer call(SimPartner partner, Call call) {
        calls++;
        int fate = quiet ? 99 : random.nextInt(100);
        if (fate < 8) {
            log(partner.link.id() + " is not reached by " + call.request());
            return null;
        }
        if (fate < 16) {
            return SimPartner.answer(fate < 12 ? 503 : 429, SimPartner.object(), now);
        }
        Answer answer = partner.take(call.request(), now);
        log(partner.link.id() + " answers " + answer.status() + " to "
                + call.request().json() + (fate < 24 ? ", which is lost" : ""));
        return fate < 24 ? null : answer;
    }

    private void told(Pushing push, HandPush.News news) {
        if (!news.isEmpty()) {
            log("told " + news);
            decide(push.telling.told(news.outcomes(), news.remotes(), now));
        }
    }

    private void ended(SimPartner partner, Pushing push) {
        LinkId id = partner.link.id();
        pushing.remove(id);
        String failure = push.hand.failure();
        Duration wait = Duration.ofMillis(200);
        wait = push.telling.isUnsettled() || push.telling.isWaiting() || failure != null ? Duration.ofSeconds(1) : wait;
        wait = push.telling.asked().compareTo(wait) > 0 ? push.telling.asked() : wait;
        notBefore.put(id, now.plus(wait));
        state.link(id).health().jobs().forEach(job -> {
            Instant heard = push.ended.get(job.name());
            // Nobody waits for an answer for longer.
            if (heard != null && heard.plus(EarlyEnds.KEPT_FOR).isAfter(now)) {
                throw new AssertionError("the end of " + job.name() + " was heard and is forgotten");
            }
        });
        if (failure != null) {
            decide(new MerchantCommand.NoteStep(id, false, failure, List.of(), now));
        }
    }

    /** The journal, Kafka and the partners are left; of calls under way some arrive. */
    private void crash() {
        log("crash");
        MerchantState again = MerchantState.EMPTY;
        for (Commit commit : journal) {
            again = rules.after(again, commit);
        }
        if (!again.records().all().equals(state.records().all())
                || !again.links().equals(state.links())
                || !again.feeds().equals(state.feeds())
                || !again.conflicts().equals(state.conflicts())
                || !Objects.equals(again.anew(), state.anew())) {
            throw new AssertionError("the journal leads elsewhere");
        }
        state = random.nextBoolean() ? again : MerchantState.of(again.snapshot());
        pushing.forEach((id, push) -> push.flying.forEach(each -> {
            if (!each.arrived && random.nextBoolean()) {
                // It was on its way. None is for longer than the client waits, nor longer than the next read takes.
                partner(id).take(each.call.request(), now);
                log("call arrives in spite of the crash at " + id);
            }
        }));
        pushing.clear();
        fetching.clear();
        polled.clear();
        notBefore.clear();
        compared.clear();
        intended.clear();
        absorbed = Math.max(0, absorbed - random.nextInt(4));
    }

    SimPartner partner(LinkId id) {
        return partners.stream()
                .filter(each -> each.link.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void work() {
        if (market.isWorking()) {
            boolean fails = !quiet ? random.nextInt(3) == 0 : atMarketOnly && night.nextInt(3) == 0;
            log("market job " + (fails ? "fails" : "ends"));
            boolean isSilent = fails && traits.nextInt(3) == 0;
            boolean isFinal = isSilent && stubborn != null && stubborn.nextBoolean();
            webhooks.add(Map.entry(market, isSilent ? market.refuse(isFinal) : market.work(fails, now)));
        }
    }

    // Time.

    void step() {
        now = now.plusMillis(random.nextInt(2_000));
        if (ruling != null) {
            rule(ruling);
        }
        SimPartner any = partners.get(random.nextInt(partners.size()));
        int what = random.nextInt(100);
        if (what < 12) {
            edit(any);
        } else if (what < 17) {
            editHere();
        } else if (what < 29) {
            receive();
        } else if (what < 41) {
            absorb();
        } else if (what < 59) {
            fetch(any);
        } else if (what < 85) {
            push(any);
        } else if (what < 90) {
            work();
        } else if (what < 92) {
        } else if (what < 94) {
            crash();
        } else if (what < 97) {
            poll();
        } else {
            now = now.plusSeconds(random.nextInt(600));
        }
    }

    /**
     * Runs until nothing happens any more, and answers how many rounds it took. For a while somebody still edits at the
     * market, and its jobs fail: nothing else that changes can make good what is lost then.
     */
    int quiet() {
        log("QUIET");
        quiet = true;
        int still = 0;
        for (int round = 0; round < QUIET_ROUNDS_MAX; round++) {
            now = now.plus(ROUND);
            poll();
            int before = calls;
            atMarketOnly = round < ROUNDS_AT_MARKET;
            till.refuses(atMarketOnly ? stubborn : null);
            settle();
            still = calls == before && !atMarketOnly ? still + 1 : 0;
            if (still == 2) {
                quiet = false;
                return round;
            }
        }
        throw new AssertionError("pushes do not end");
    }

    private void settle() {
        int idle = 0;
        for (int i = 0; i < STEPS_MAX; i++) {
            now = now.plusMillis(50);
            long before = fingerprint();
            receive();
            absorb();
            decideAnew();
            partners.forEach(this::fetch);
            partners.forEach(this::push);
            work();
            if (atMarketOnly && night.nextInt(4) == 0) {
                market.edit(this, now);
                polled.add(MerchantState.feedKey(market.link.id(), SimMarket.MENUS));
            }
            boolean isStill = before == fingerprint();
            idle = isStill && isIdle() ? idle + 1 : 0;
            now = isStill ? now.plusSeconds(2) : now;
            if (idle > 1) {
                return;
            }
        }
        throw new AssertionError("never comes to rest");
    }

    private long fingerprint() {
        return journal.size() * 1_000_003L + calls;
    }

    private boolean isIdle() {
        boolean read = state.feeds().values().stream().noneMatch(FeedState::isDue);
        boolean waits = notBefore.values().stream().anyMatch(now::isBefore);
        return webhooks.isEmpty()
                && state.anew() == null
                && absorbed == kafka.size()
                && polled.isEmpty()
                && fetching.isEmpty()
                && pushing.isEmpty()
                && !market.isWorking()
                && !waits
                && read;
    }

    Optional<FlatRecord> bySku(String sku) {
        return present().stream()
                .filter(record -> record.get(Item.SKU).filter(sku::equals).isPresent())
                .findFirst();
    }
}
