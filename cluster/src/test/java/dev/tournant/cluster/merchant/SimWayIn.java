package dev.tournant.cluster.merchant;

import dev.tournant.messages.Delivery;
import dev.tournant.messages.FeedPage;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.MerchantReply;
import dev.tournant.messages.Outcome;
import dev.tournant.messages.Position;
import dev.tournant.model.LinkId;
import dev.tournant.persistence.FeedState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** How a simulated merchant hears of its partners: webhooks that are lost, doubled or late, pages that were read long ago. */
final class SimWayIn {
    /** What was not read for so long is read though nobody says that it changed. */
    private static final int POLLED_AFTER_SECONDS = 60;

    private static final class Fetching {
        final FeedState feed;
        final Instant asked;
        /** Null until the partner was reached. */
        @Nullable
        List<SimPartner.Snapshot> pages;

        @Nullable
        String until;

        int page;

        Fetching(FeedState feed, Instant asked) {
            this.feed = feed;
            this.asked = asked;
        }
    }

    private final SimHistory history;
    private final Random random;
    private final SimMerchant merchant;
    private final BiConsumer<LinkId, JobEnded> ends;
    private final List<Delivery> kafka = new ArrayList<>();
    private int absorbed;
    private final List<Map.Entry<SimPartner, SimPartner.Said>> webhooks = new ArrayList<>();
    private final Map<String, Fetching> fetching = new TreeMap<>();
    private final Set<String> polled = new TreeSet<>();

    /** @param ends is told of the ends of jobs that the merchant has taken in */
    SimWayIn(SimHistory history, SimMerchant merchant, BiConsumer<LinkId, JobEnded> ends) {
        this.history = history;
        this.random = history.random;
        this.merchant = merchant;
        this.ends = ends;
    }

    boolean isIdle() {
        return webhooks.isEmpty()
                && absorbed == kafka.size()
                && polled.isEmpty()
                && fetching.isEmpty()
                && merchant.state.feeds().values().stream().noneMatch(FeedState::isDue);
    }

    /** A webhook is sent. */
    void send(SimPartner partner, SimPartner.Said said) {
        webhooks.add(Map.entry(partner, said));
    }

    /** One of those that were sent arrives, or gets lost. */
    void receive() {
        if (webhooks.isEmpty()) {
            return;
        }
        int which = random.nextInt(webhooks.size());
        Map.Entry<SimPartner, SimPartner.Said> hook = webhooks.remove(which);
        int fate = history.isQuiet ? 9 : random.nextInt(10);
        if (fate == 0) {
            history.log("webhook lost of " + hook.getKey().link.id());
            return;
        }
        append(hook.getKey(), hook.getValue(), null, history.now);
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

    /** The merchant takes in some of what came. */
    void absorb() {
        if (absorbed == kafka.size()) {
            return;
        }
        int until = Math.min(kafka.size(), absorbed + 1 + random.nextInt(3));
        List<Delivery> some = List.copyOf(kafka.subList(absorbed, until));
        Decision decision = merchant.decide(new MerchantCommand.Absorb(some, history.now));
        List<Outcome> outcomes = ((MerchantReply.Absorbed) decision.reply()).outcomes();
        for (int i = 0; i < some.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome.problem() != null) {
                throw new AssertionError("quarantined: " + outcome);
            }
            if (!outcome.equals(Outcome.REDELIVERED)) {
                Delivery each = some.get(i);
                each.jobs().forEach(end -> ends.accept(each.link(), end));
            }
        }
        history.log("absorbs "
                + some.stream()
                        .map(each -> each.link() + " " + (each.page() == null ? "" : each.page()))
                        .toList());
        absorbed = until;
    }

    /** One step of what is being read of a partner, or is to be. */
    void fetch(SimPartner partner) {
        for (String resource : partner.traits().resources()) {
            String key = MerchantState.feedKey(partner.link.id(), resource);
            FeedState feed = Objects.requireNonNull(merchant.state.feeds().get(key));
            Fetching known = fetching.get(key);
            if (known != null && feed.soFar().whole() > known.feed.soFar().whole()) {
                fetching.remove(key);
                known = null;
            }
            if (known == null) {
                if (feed.isDue() || polled.remove(key)) {
                    fetching.put(key, new Fetching(feed, history.now));
                    return;
                }
                continue;
            }
            if (!history.isQuiet && random.nextInt(8) == 0) {
                history.log("fetch breaks of " + key);
                fetching.remove(key);
                return;
            }
            List<SimPartner.Snapshot> pages = known.pages;
            if (pages == null) {
                known.pages = partner.read(resource, known.feed.cursor());
                known.until = partner.until(resource);
                return;
            }
            if (known.page < pages.size()) {
                turn(partner, feed, known, pages);
                return;
            }
        }
    }

    private void turn(SimPartner partner, FeedState feed, Fetching known, List<SimPartner.Snapshot> pages) {
        SimPartner.Said said = pages.get(known.page).asOf(known.asked);
        known.page++;
        boolean last = known.page == pages.size();
        append(
                partner,
                said,
                new FeedPage(feed.resource(), known.feed.wanted(), last, last ? known.until : null),
                known.asked);
        if (last && !feed.isDue()) {
            // Nobody waits for the end of what nobody had wanted.
            fetching.remove(MerchantState.feedKey(feed.link(), feed.resource()));
        }
    }

    void poll() {
        merchant.state.feeds().forEach((key, feed) -> {
            Instant doneAt = feed.doneAt();
            if (doneAt == null || !doneAt.plusSeconds(POLLED_AFTER_SECONDS).isAfter(history.now)) {
                polled.add(key);
            }
        });
    }

    /** Reads a resource whenever it was read last. */
    void poll(LinkId link, String resource) {
        polled.add(MerchantState.feedKey(link, resource));
    }

    /** The node is gone: what it was reading, and how far it was in Kafka. */
    void crash() {
        fetching.clear();
        polled.clear();
        absorbed = Math.max(0, absorbed - random.nextInt(4));
    }
}
