package dev.tournant.deploy.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong between the ledger and the replay; each entry says it in words.
 *
 * @param lost acknowledged updates, and fed records, that are not in the history and the state, or not where they were
 * @param twice updates and fed records that were applied more than once
 * @param gaps merchants whose revisions do not count from 1 to the head without a gap
 * @param stale answers that show less than was acknowledged before they were asked for
 * @param unpublished merchants whose history is not what was published
 */
record Verdict(List<String> lost, List<String> twice, List<String> gaps, List<String> stale, List<String> unpublished) {
    Verdict {
        lost = List.copyOf(lost);
        twice = List.copyOf(twice);
        gaps = List.copyOf(gaps);
        stale = List.copyOf(stale);
        unpublished = List.copyOf(unpublished);
    }

    boolean isGood() {
        return lost.isEmpty() && twice.isEmpty() && gaps.isEmpty() && stale.isEmpty() && unpublished.isEmpty();
    }

    /** Holds the replay against the ledger.
     *
     * @param histories by merchant; one for each merchant of the ledger */
    static Verdict of(Ledger ledger, Map<String, History> histories) {
        List<String> lost = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        List<String> gaps = new ArrayList<>();
        List<String> unpublished = new ArrayList<>();
        Map<String, Index> indexes = new HashMap<>();
        new TreeMap<>(histories).forEach((merchant, history) -> {
            Index index = Index.of(history, ledger);
            indexes.put(merchant, index);
            index.twice().forEach(what -> twice.add(merchant + ": " + what));
            index.gap().ifPresent(what -> gaps.add(merchant + ": " + what));
            Published.difference(history.revisions(), history.published())
                    .ifPresent(what -> unpublished.add(merchant + ": " + what));
        });
        for (Ledger.Ack ack : ledger.acks()) {
            loss(ack, indexes.get(ack.merchant()), histories.get(ack.merchant()), lost);
        }
        new TreeMap<>(ledger.fed()).forEach((event, merchant) -> {
            Index index = indexes.get(merchant);
            if (index == null || !index.hasEvent(event)) {
                lost.add(merchant + ": record " + event + ", which Kafka had taken, is in no revision");
            }
        });
        return new Verdict(lost, twice, gaps, Staleness.of(ledger), unpublished);
    }

    private static void loss(Ledger.Ack ack, @Nullable Index index, @Nullable History history, List<String> lost) {
        String update = ack.merchant() + ": " + ack.id() + ", acknowledged by " + ack.node() + " as revision "
                + ack.revision() + ", ";
        if (index == null || history == null) {
            lost.add(update + "of a merchant that was not read");
            return;
        }
        Long at = index.revisionOf(ack.id());
        if (at == null) {
            lost.add(update
                    + (history.records().contains(ack.id())
                            ? "is in the state, and in no revision of the history: that one is "
                                    + index.what(ack.revision())
                            : "is in no revision, nor in the state"));
        } else if (at != ack.revision()) {
            lost.add(update + "is revision " + at);
        } else if (!history.records().contains(ack.id())) {
            lost.add(update + "is in the history, and not in the state");
        }
    }

    /** The revisions of a merchant by what they carry. */
    private record Index(Map<String, Long> byRecord, Map<String, Long> byEvent, List<String> twice, String gapText) {
        static Index of(History history, Ledger ledger) {
            Map<String, Long> byRecord = new HashMap<>();
            Map<String, Long> byEvent = new HashMap<>();
            List<String> twice = new ArrayList<>();
            String gap = "";
            long expected = 1;
            Map<String, String> fed = ledger.fed();
            for (JsonNode revision : history.revisions()) {
                long number = revision.path("number").asLong();
                if (number != expected && gap.isEmpty()) {
                    gap = "revision " + number + " follows " + (expected - 1);
                }
                expected = number + 1;
                String event = revision.path("event").asText();
                if (fed.containsKey(event)) {
                    note(byEvent, event, number, twice);
                }
                for (JsonNode fact : revision.path("facts")) {
                    for (JsonNode delta : fact.path("deltas")) {
                        if (Ids.isOurs(delta.path("id").asText())) {
                            note(byRecord, delta.path("id").asText(), number, twice);
                        }
                    }
                }
            }
            if (gap.isEmpty() && expected - 1 != history.head()) {
                gap = "the history ends at revision " + (expected - 1) + ", the head is " + history.head();
            }
            return new Index(byRecord, byEvent, twice, gap);
        }

        private static void note(Map<String, Long> by, String what, long number, List<String> twice) {
            Long before = by.putIfAbsent(what, number);
            if (before != null) {
                twice.add(what + " is revision " + before + " and " + number);
            }
        }

        @Nullable
        Long revisionOf(String id) {
            return byRecord.get(id);
        }

        /** What a revision carries that is ours; empty for nothing. */
        String what(long number) {
            List<String> carried = new ArrayList<>();
            byRecord.forEach((id, at) -> addIf(at == number, id, carried));
            byEvent.forEach((event, at) -> addIf(at == number, event, carried));
            return String.join(", ", carried);
        }

        private static void addIf(boolean wanted, String what, List<String> all) {
            if (wanted) {
                all.add(what);
            }
        }

        boolean hasEvent(String event) {
            return byEvent.containsKey(event);
        }

        Optional<String> gap() {
            return gapText.isEmpty() ? Optional.empty() : Optional.of(gapText);
        }
    }
}
