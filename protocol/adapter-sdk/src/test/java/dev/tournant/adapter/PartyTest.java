package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import dev.tournant.model.LinkId;
import dev.tournant.model.PartnerName;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;

class PartyTest {
    private static final PartnerName SQUARE = new PartnerName("square");
    private static final Link LINK = new Link(new LinkId("sq-1"), SQUARE, "M1", "L1", "main");

    @Example
    void takesTheApplicationThatCredentialsName() {
        Keyring keys = Keyring.of("application", "tournant-eu", "client-id", "abc");

        assertThat(Party.of(LINK, keys, "nat-1"))
                .isEqualTo(new Party(SQUARE, "main", "tournant-eu", "nat-1", "M1", "L1"));
    }

    @Example
    void credentialsOfOneClientShareItsApplicationAndItsIdStaysSecret() {
        String one = Party.application(Keyring.of("client-id", "canary-id", "refresh-token", "1"));
        String two = Party.application(Keyring.of("client-id", "canary-id", "refresh-token", "2"));
        String other = Party.application(Keyring.of("client-id", "canary-ie"));

        assertThat(one).isEqualTo(two).isNotEqualTo(other).matches("client-[0-9a-f]{12}");
    }

    @Example
    void aClientIdThatIsBeingReplacedCountsAsItsCurrentOne() {
        Keyring both = Keyring.of(Map.of("client-id", List.of("new", "old")));

        assertThat(Party.application(both)).isEqualTo(Party.application(Keyring.of("client-id", "new")));
    }

    @Example
    void credentialsThatTellNothingCountTogether() {
        assertThat(Party.application(Keyring.of("access-token", "canary"))).isEqualTo(Party.ONE_FOR_ALL);
    }

    @Example
    void aCallForATokenIsForNoAccount() {
        Party party = Party.of(SQUARE, "main", Keyring.of("application", "a"), Party.ONE_EGRESS);

        assertThat(party.account()).isNull();
        assertThat(party.location()).isNull();
    }

    @Example
    void anApplicationIsANameAndTheErrorDoesNotRepeatIt() {
        for (String bad : new String[] {"canary/x", "canary x", ".canary", "c".repeat(65)}) {
            Keyring keys = Keyring.of("application", bad);
            assertThatThrownBy(() -> Party.of(LINK, keys, "nat-1"))
                    .isInstanceOf(InvalidValue.class)
                    .hasMessageContaining("application: must have 1 to 64 letters")
                    .hasMessageNotContaining("canary");
        }
        assertThatThrownBy(() -> Party.of(LINK, Keyring.of("a", "b"), ""))
                .hasMessageContaining("egress: must have 1 to 64 letters");
    }
}
