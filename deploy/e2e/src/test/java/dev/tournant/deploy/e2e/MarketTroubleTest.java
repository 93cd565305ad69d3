package dev.tournant.deploy.e2e;

import static dev.tournant.deploy.e2e.LiveStack.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are shown while DoorDash fails, refuses or is told that something is off, and how it ends in step. */
class MarketTroubleTest extends TwoWay {
    @Test
    void aMenuWhoseHoursFailAtDoorDashIsPutRightByAResync() throws Exception {
        doorDash("{\"hoursPhaseFailRatio\":1}");
        String item = anItem();
        rename(item, "Half done " + item);
        // The first phase was done.
        eventually(() -> items().get(item).path("name").asText().equals("Half done " + item));
        awaitRefusal("hours-failed");
        doorDash("{\"hoursPhaseFailRatio\":0}");
        resync();
        awaitNoRefusal("hours-failed");
        eventually(() -> items().get(item).path("name").asText().equals("Half done " + item));
        assertThat(menus().path(0).path("open_hours")).isNotEmpty();
    }

    @Test
    void aMenuThatFailsAtDoorDashIsPutRightByAResync() throws Exception {
        doorDash("{\"menuPhaseFailRatio\":1}");
        String item = anItem();
        String before = items().get(item).path("name").asText();
        rename(item, "Not done " + item);
        awaitRefusal("menu-failed");
        // DoorDash names no item. While it is tried again nothing is refused.
        eventually(() -> market().path("quarantined").findValuesAsText("why").stream()
                .anyMatch(why -> why.contains("not of which record") && why.contains("tried again by itself")));
        assertThat(items().get(item).path("name").asText())
                .as("nothing was changed")
                .isEqualTo(before);
        doorDash("{\"menuPhaseFailRatio\":0}");
        resync();
        awaitNoRefusal("menu-failed");
        eventually(() -> items().get(item).path("name").asText().equals("Not done " + item));
    }

    @Test
    void aMenuThatFailedAtDoorDashIsToldAgainOnceItChanges() throws Exception {
        doorDash("{\"menuPhaseFailRatio\":1}");
        String item = anItem();
        rename(item, "Not done " + item);
        awaitRefusal("menu-failed");
        doorDash("{\"menuPhaseFailRatio\":0}");
        rename(item, "Done at last " + item);
        eventually(() -> items().get(item).path("name").asText().equals("Done at last " + item));
        awaitNoRefusal("menu-failed");
    }

    @Test
    void aMenuThatFailedAtDoorDashIsToldAgainByItself() throws Exception {
        doorDash("{\"menuPhaseFailRatio\":1}");
        String item = anItem();
        rename(item, "In the end " + item);
        awaitRefusal("menu-failed");
        doorDash("{\"menuPhaseFailRatio\":0}");
        eventually(() -> items().get(item).path("name").asText().equals("In the end " + item));
        awaitNoRefusal("menu-failed");
    }

    /** Until the link is said to be left alone, with the reason and with what to do. */
    private void awaitRefusal(String code) {
        eventually(() -> isRefused(code));
    }

    private boolean isRefused(String code) throws IOException {
        JsonNode link = market();
        return link.path("quarantined").findValuesAsText("code").contains(code)
                && link.path("what").asText().contains("/resync");
    }

    private void awaitNoRefusal(String code) {
        eventually(() -> {
            JsonNode link = market();
            return link.path("state").asText().equals("in-step")
                    && !link.path("quarantined").findValuesAsText("code").contains(code);
        });
    }

    private void resync() throws IOException {
        live.web()
                .send("POST", live.url(merchant, "/links/doordash-1/resync"), "", Map.of())
                .ok();
    }

    @Test
    void aPartnerThatFailsIsShownAsSuchAndIsInStepByItselfLater() throws Exception {
        doorDash("{\"errorRatio\":1}");
        String item = anItem();
        rename(item, "After all " + item);
        eventually(() -> market().path("state").asText().equals("failing"));
        assertThat(market().path("what").asText()).contains("HTTP 500").contains("tried again by itself");
        assertThat(market().hasNonNull("since")).isTrue();
        doorDash("{\"errorRatio\":0}");
        eventually(() -> market().path("state").asText().equals("in-step"));
        assertThat(items().get(item).path("name").asText()).isEqualTo("After all " + item);
    }

    @Test
    void aPartnerThatWantsNewAuthorisationIsShownAsSuchAndIsInStepOnceItIsThere() throws Exception {
        doorDash("{\"unauthorizedRatio\":1}");
        String item = anItem();
        rename(item, "Granted " + item);
        eventually(() -> market().path("state").asText().equals("needs-authorisation"));
        assertThat(market().path("what").asText()).contains("renew the credentials");
        doorDash("{\"unauthorizedRatio\":0}");
        eventually(() -> market().path("state").asText().equals("in-step"));
        assertThat(items().get(item).path("name").asText()).isEqualTo("Granted " + item);
    }

    @Test
    void saysInOneCallWhyAnItemIsOffAtDoorDash() throws Exception {
        String variation = putOffSale();
        String path = "/explain?kind=item&field=status&link=doordash-1&id=" + variation;
        eventually(() -> {
            JsonNode shown =
                    live.web().get(live.url(merchant, path)).ok().json().at("/fields/0/reported");
            return shown.path("told").asBoolean()
                    && !shown.path("value").asText().equals("for-sale");
        });
        JsonNode why = live.web().get(live.url(merchant, path)).ok().json();
        JsonNode decided = why.at("/fields/0/current");
        assertThat(decided.path("link").asText()).as("who").isEqualTo("square-1");
        assertThat(decided.path("at").asText()).as("when").isNotEmpty();
        assertThat(decided.path("event").asText()).as("which event").isNotEmpty();
        String status = decided.path("value").asText();
        assertThat(why.at("/fields/0/reported/value").asText())
                .as("what DoorDash shows")
                .isEqualTo(status);
        assertThat(why.path("answer").asText())
                .contains("status " + status + ", set by square-1 at ")
                .contains("in event " + decided.path("event").asText())
                .contains("doordash-1 shows " + status);
        String text = live.web()
                .send("GET", live.url(merchant, path), "", Map.of("Accept", "text/plain"))
                .ok()
                .body();
        assertThat(text).startsWith(why.path("answer").asText());
    }

    /** Somebody at Square's till runs out of something that DoorDash sells; its id. */
    private String putOffSale() throws IOException {
        for (int tries = 0; tries < 50; tries++) {
            JsonNode edit = live.stack().standin().edit(merchant.seller(), "sold-out", anItem());
            boolean isHere = edit.path("locationId").asText().equals(merchant.location());
            if (isHere && edit.path("value").asBoolean()) {
                return edit.path("objectId").asText();
            }
        }
        throw new AssertionError("nothing was sold out at " + merchant.location());
    }
}
