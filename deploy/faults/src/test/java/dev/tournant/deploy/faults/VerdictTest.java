package dev.tournant.deploy.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.messages.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge, with faults planted one at a time. */
class VerdictTest {
    private static final String GRILL = "grill";

    private final Ledger ledger = new Ledger();
    private final List<JsonNode> revisions = new ArrayList<>(List.of(revision(1, "update-1", "")));

    VerdictTest() {
        ledger.acknowledged(ack("update-1", 1, 0, 10));
        revisions.add(revision(2, "item-fed-1", "fed-1"));
        ledger.fed("fed-1", GRILL);
        revisions.add(revision(3, "update-2", ""));
        ledger.acknowledged(ack("update-2", 3, 20, 30));
    }

    private static Ledger.Ack ack(String id, long revision, long began, long ended) {
        return new Ledger.Ack(GRILL, id, revision, "node-1", began, ended);
    }

    private static JsonNode revision(long number, String record, String event) {
        try {
            return Json.text()
                    .readTree("{\"number\":" + number + ",\"event\":\"" + event
                            + "\",\"facts\":[{\"deltas\":[{\"id\":\"" + record + "\"}]}]}");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Verdict verdict() {
        return verdict(revisions.size(), Set.of("update-1", "update-2"), revisions);
    }

    private Verdict verdict(long head, Set<String> records, List<JsonNode> published) {
        return Verdict.of(ledger, Map.of(GRILL, new History(head, revisions, records, published)));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void allowsWhatWasNotAcknowledgedAndWasWritten() {
        revisions.add(revision(4, "update-3", ""));

        assertThat(verdict().isGood()).isTrue();
    }

    @Test
    void missesAnUpdateThatWasAcknowledged() {
        ledger.acknowledged(ack("update-4", 4, 40, 50));

        assertThat(verdict().lost()).singleElement().asString().contains("update-4", "node-1", "is in no revision");
    }

    @Test
    void missesAnUpdateThatOnlyTheStateHas() {
        ledger.acknowledged(ack("update-4", 4, 40, 50));
        revisions.add(revision(4, "update-5", ""));

        assertThat(verdict(4, Set.of("update-1", "update-2", "update-4"), revisions)
                        .lost())
                .singleElement()
                .asString()
                .contains("in the state, and in no revision of the history: that one is update-5");
    }

    @Test
    void missesAnUpdateWhoseRevisionBelongsToAnother() {
        ledger.acknowledged(ack("update-4", 4, 40, 50));
        revisions.add(revision(4, "update-5", ""));
        revisions.add(revision(5, "update-4", ""));

        assertThat(verdict(5, Set.of("update-1", "update-2", "update-4"), revisions)
                        .lost())
                .singleElement()
                .asString()
                .contains("update-4, acknowledged by node-1 as revision 4, is revision 5");
    }

    @Test
    void missesAnUpdateThatTheStateDoesNotHave() {
        assertThat(verdict(3, Set.of("update-1"), revisions).lost())
                .singleElement()
                .asString()
                .contains("update-2", "not in the state");
    }

    @Test
    void missesARecordThatKafkaTook() {
        ledger.fed("fed-2", GRILL);

        assertThat(verdict().lost()).singleElement().asString().contains("fed-2");
    }

    @Test
    void seesWhatWasAppliedTwice() {
        revisions.add(revision(4, "update-2", ""));
        revisions.add(revision(5, "item-fed-1", "fed-1"));

        assertThat(verdict().twice())
                .containsExactly(GRILL + ": update-2 is revision 3 and 4", GRILL + ": fed-1 is revision 2 and 5");
    }

    @Test
    void seesAGapAndAHistoryThatEndsEarly() {
        assertThat(verdict(4, Set.of("update-1", "update-2"), revisions).gaps())
                .containsExactly(GRILL + ": the history ends at revision 3, the head is 4");
        revisions.add(revision(5, "update-3", ""));

        assertThat(verdict(5, Set.of("update-1", "update-2"), revisions).gaps())
                .containsExactly(GRILL + ": revision 5 follows 3");
    }

    @Test
    void seesWhatIsNotPublishedAsItIs() {
        List<JsonNode> repeated = List.of(revisions.get(0), revisions.get(1), revisions.get(1), revisions.get(2));
        List<JsonNode> short1 = revisions.subList(0, 2);
        List<JsonNode> holed = List.of(revisions.get(0), revisions.get(2));
        List<JsonNode> other = List.of(revisions.get(0), revision(2, "update-9", ""));

        assertThat(Published.difference(revisions, repeated)).isEmpty();
        assertThat(Published.difference(revisions, short1)).contains("published up to revision 2 of 3");
        assertThat(Published.difference(revisions, holed)).contains("revision 3 is published after 1");
        assertThat(Published.difference(revisions, other).orElseThrow())
                .contains("revision 2 is published with other words than in the history: event is \"\", not \"fed-1\"");
        assertThat(Published.difference(short1, revisions))
                .contains("revision 3 is published, and is not in the history");
    }

    @Test
    void seesAReadThatIsOlderThanWhatWasAcknowledgedBeforeIt() {
        ledger.read(new Ledger.Read(GRILL, 1, "node-2", 25, 60));
        assertThat(verdict().stale()).isEmpty();

        ledger.read(new Ledger.Read(GRILL, 1, "node-2", 31, 60));
        assertThat(verdict().stale()).singleElement().asString().contains("a read of grill by node-2 says revision 1");
    }

    @Test
    void seesAReadThatIsOlderThanAReadBeforeIt() {
        ledger.read(new Ledger.Read(GRILL, 7, "node-1", 40, 50));
        ledger.read(new Ledger.Read(GRILL, 6, "node-2", 51, 60));

        assertThat(verdict().stale()).singleElement().asString().contains("after node-1 had said 7");
    }

    @Test
    void seesTwoActorsThatAcknowledgeOneRevision() {
        ledger.acknowledged(ack("update-7", 3, 22, 35));

        assertThat(verdict().stale()).singleElement().asString().contains("revision 3 of grill");
    }

    @Test
    void seesAnUpdateBelowWhatWasKnown() {
        ledger.read(new Ledger.Read(GRILL, 9, "node-2", 31, 35));
        ledger.acknowledged(ack("update-7", 9, 40, 45));

        assertThat(verdict().stale()).singleElement().asString().contains("an update of grill by node-1");
    }
}
