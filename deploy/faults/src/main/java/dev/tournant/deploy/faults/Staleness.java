package dev.tournant.deploy.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers of a second actor. Of one actor, each answer shows at least what was known when the question was sent, and each
 * acknowledged update has a revision of its own, above all that were known before.
 */
final class Staleness {
    private static final String OF = " of ";

    private Staleness() {}

    /** An answer about a merchant's revision. */
    private record Answer(
            String merchant, String node, long revision, long beganNanos, long endedNanos, boolean update) {}

    static List<String> of(Ledger ledger) {
        Map<String, List<Answer>> byMerchant = new HashMap<>();
        for (Ledger.Ack ack : ledger.acks()) {
            Answer answer =
                    new Answer(ack.merchant(), ack.node(), ack.revision(), ack.beganNanos(), ack.endedNanos(), true);
            byMerchant.computeIfAbsent(ack.merchant(), id -> new ArrayList<>()).add(answer);
        }
        for (Ledger.Read read : ledger.reads()) {
            Answer answer = new Answer(
                    read.merchant(), read.node(), read.revision(), read.beganNanos(), read.endedNanos(), false);
            byMerchant.computeIfAbsent(read.merchant(), id -> new ArrayList<>()).add(answer);
        }
        List<String> stale = new ArrayList<>();
        byMerchant.values().forEach(answers -> {
            find(answers, stale);
            twins(answers, stale);
        });
        return stale;
    }

    /** Goes through the answers in the order of their questions, and lets in what ended before each question. */
    private static void find(List<Answer> answers, List<String> stale) {
        List<Answer> asked = new ArrayList<>(answers);
        asked.sort(Comparator.comparingLong(Answer::beganNanos));
        List<Answer> ended = new ArrayList<>(answers);
        ended.sort(Comparator.comparingLong(Answer::endedNanos));
        int past = 0;
        Answer newest = null;
        for (Answer answer : asked) {
            while (past < ended.size() && ended.get(past).endedNanos < answer.beganNanos) {
                Answer each = ended.get(past++);
                newest = newest == null || each.revision > newest.revision ? each : newest;
            }
            if (newest != null
                    && (answer.update ? answer.revision <= newest.revision : answer.revision < newest.revision)) {
                stale.add((answer.update ? "an update" : "a read") + OF + answer.merchant + " by " + answer.node
                        + " says revision " + answer.revision + ", "
                        + (answer.beganNanos - newest.endedNanos) / 1_000_000
                        + " ms after " + newest.node + " had said " + newest.revision);
            }
        }
    }

    private static void twins(List<Answer> answers, List<String> stale) {
        Map<Long, Answer> updates = new HashMap<>();
        for (Answer answer : answers) {
            Answer before = answer.update ? updates.putIfAbsent(answer.revision, answer) : null;
            if (before != null) {
                stale.add("revision " + answer.revision + OF + answer.merchant + " is acknowledged by " + before.node
                        + " and again, for another update, by " + answer.node);
            }
        }
    }
}
