package dev.tournant.cluster.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.messages.Directory.Route;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import dev.tournant.model.PartnerName;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkLocationsTest {
    private static final PartnerName DOORDASH = new PartnerName("doordash");
    private static final MerchantId FIRST = new MerchantId("a");
    private static final MerchantId SECOND = new MerchantId("b");

    private final LinkLocations locations = new LinkLocations();

    private static Link link(String id, String location) {
        return new Link(new LinkId(id), DOORDASH, "provider", location, "main");
    }

    @Test
    void findsTheLinkToALocation() {
        Link here = link("dd-1", "here");
        locations.replace(FIRST, List.of(), List.of(here, link("dd-2", "there"), link("dd-3", null)));
        assertThat(locations.at(DOORDASH, "here")).contains(new Route(FIRST, here));
        assertThat(locations.at(DOORDASH, "nowhere")).isEmpty();
        assertThat(locations.at(DOORDASH, "null"))
                .as("a link without one leads nowhere")
                .isEmpty();
        assertThat(locations.at(new PartnerName("square"), "here")).isEmpty();
    }

    @Test
    void followsALinkThatMovesAndForgetsOneThatGoes() {
        Link before = link("dd-1", "here");
        Link after = link("dd-1", "there");
        locations.replace(FIRST, List.of(), List.of(before));
        locations.replace(FIRST, List.of(before), List.of(after));
        assertThat(locations.at(DOORDASH, "here")).isEmpty();
        assertThat(locations.at(DOORDASH, "there")).contains(new Route(FIRST, after));
        locations.replace(FIRST, List.of(after), List.of());
        assertThat(locations.at(DOORDASH, "there")).isEmpty();
    }

    @Test
    void givesALocationThatSeveralClaimToTheFirstInWhateverOrderTheyCome() {
        Link mine = link("dd-9", "here");
        Link other = link("dd-1", "here");
        locations.replace(SECOND, List.of(), List.of(other));
        locations.replace(FIRST, List.of(), List.of(mine));
        assertThat(locations.at(DOORDASH, "here")).contains(new Route(FIRST, mine));
        locations.replace(FIRST, List.of(mine), List.of());
        assertThat(locations.at(DOORDASH, "here")).contains(new Route(SECOND, other));
    }
}
