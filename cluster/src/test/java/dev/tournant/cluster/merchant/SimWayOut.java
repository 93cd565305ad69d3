package dev.tournant.cluster.merchant;

import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Call;
import dev.tournant.cluster.push.HandPush;
import dev.tournant.cluster.sync.EarlyEnds;
import dev.tournant.messages.JobEnded;
import dev.tournant.messages.MerchantCommand;
import dev.tournant.messages.PushOutcome;
import dev.tournant.model.LinkId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How a simulated merchant tells its partners: calls that fail before or after they were carried out, answers that get lost. */
final class SimWayOut {
    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

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
        final SimPartner partner;
        final Telling telling;
        final HandPush hand;
        final List<Flying> flying = new ArrayList<>();
        /** Jobs of which the end was heard since, and when. */
        final Map<String, Instant> ended = new HashMap<>();

        Pushing(SimPartner partner, Telling telling) {
            this.partner = partner;
            this.telling = telling;
            this.hand = new HandPush(partner, telling.difference());
        }
    }

    private final SimHistory history;
    private final Random random;
    private final SimMerchant merchant;
    private final Map<LinkId, Pushing> pushing = new LinkedHashMap<>();
    private final Map<LinkId, Step.Before> steps = new HashMap<>();
    private final Map<LinkId, Compared> compared = new HashMap<>();
    private final Map<LinkId, Instant> notBefore = new HashMap<>();
    private int calls;

    SimWayOut(SimHistory history, SimMerchant merchant) {
        this.history = history;
        this.random = history.random;
        this.merchant = merchant;
    }

    /** How many calls were made. */
    int calls() {
        return calls;
    }

    boolean isIdle() {
        return pushing.isEmpty() && notBefore.values().stream().noneMatch(history.now::isBefore);
    }

    void heard(LinkId link, JobEnded end) {
        Pushing push = pushing.get(link);
        if (push != null && end.outcome().kind() != PushOutcome.Kind.LATER) {
            push.ended.put(end.job(), history.now);
        }
    }

    /** One step of what a partner is told, or is to be. */
    void push(SimPartner partner) {
        Pushing push = pushing.get(partner.link.id());
        if (push == null) {
            compare(partner);
            return;
        }
        if (push.flying.isEmpty()) {
            if (push.hand.isOver()) {
                ended(push);
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
        LinkId id = partner.link.id();
        Compared before = compared.get(id);
        boolean isSame = before != null && before.rows() == merchant.rows() && history.now.isBefore(before.until());
        if (isSame || history.now.isBefore(notBefore.getOrDefault(id, Instant.MIN))) {
            return;
        }
        Step step = Step.next(
                merchant.state,
                merchant.profile,
                partner.link,
                partner.traits(),
                SimMerchant.LIMITS,
                steps.get(id),
                history.now);
        steps.put(id, new Step.Before(step.intended()));
        Telling telling = step.telling();
        if (telling != null) {
            begin(new Pushing(partner, telling));
        }
        MerchantCommand remember = step.remember();
        if (telling == null && remember == null) {
            compared.put(id, new Compared(merchant.rows(), history.now.plusSeconds(600)));
        }
        if (remember != null) {
            history.log("" + remember);
            merchant.decide(remember);
        }
    }

    private void begin(Pushing push) {
        LinkId id = push.partner.link.id();
        history.log(id + " is to be told " + push.telling.difference().wanted() + " without "
                + push.telling.difference().removed() + " under "
                + push.telling.difference().nonce());
        pushing.put(id, push);
        MerchantCommand planned = push.telling.planned(push.hand.settled().outcomes(), history.now);
        if (planned != null) {
            history.log("planned " + planned);
            merchant.decide(planned);
        }
    }

    private @Nullable Answer call(SimPartner partner, Call call) {
        calls++;
        int fate = history.isQuiet ? 99 : random.nextInt(100);
        if (fate < 8) {
            history.log(partner.link.id() + " is not reached by " + call.request());
            return null;
        }
        if (fate < 16) {
            return SimPartner.answer(fate < 12 ? 503 : 429, SimPartner.object(), history.now);
        }
        Answer answer = partner.take(call.request(), history.now);
        history.log(partner.link.id() + " answers " + answer.status() + " to "
                + call.request().json() + (fate < 24 ? ", which is lost" : ""));
        return fate < 24 ? null : answer;
    }

    private void told(Pushing push, HandPush.News news) {
        if (!news.isEmpty()) {
            history.log("told " + news);
            merchant.decide(push.telling.told(news.outcomes(), news.remotes(), history.now));
        }
    }

    private void ended(Pushing push) {
        LinkId id = push.partner.link.id();
        pushing.remove(id);
        String failure = push.hand.failure();
        boolean isTroubled = push.telling.isUnsettled() || push.telling.isWaiting() || failure != null;
        Duration wait = isTroubled ? AFTER_TROUBLE : BETWEEN;
        wait = push.telling.asked().compareTo(wait) > 0 ? push.telling.asked() : wait;
        notBefore.put(id, history.now.plus(wait));
        merchant.state.link(id).health().jobs().forEach(job -> {
            Instant heard = push.ended.get(job.name());
            // Nobody waits for an answer for longer.
            if (heard != null && heard.plus(EarlyEnds.KEPT_FOR).isAfter(history.now)) {
                throw new AssertionError("the end of " + job.name() + " was heard and is forgotten");
            }
        });
        if (failure != null) {
            merchant.decide(new MerchantCommand.NoteStep(id, false, failure, List.of(), history.now));
        }
    }

    /** The node is gone. Of calls that were on their way some arrive; none is for longer than the next read takes. */
    void crash() {
        pushing.forEach((id, push) -> push.flying.forEach(each -> {
            if (!each.arrived && random.nextBoolean()) {
                push.partner.take(each.call.request(), history.now);
                history.log("call arrives in spite of the crash at " + id);
            }
        }));
        pushing.clear();
        notBefore.clear();
        compared.clear();
        steps.clear();
    }
}
