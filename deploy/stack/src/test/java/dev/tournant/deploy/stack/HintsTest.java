package dev.tournant.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HintsTest {
    @Test
    void nameOnlyMerchantsThatAreThere() {
        assertThat(Hints.reading("http://n", "k", List.of("merchant-1", "restaurant-1")))
                .containsExactly(
                        "curl -H 'Authorization: Bearer k' http://n/v1/merchants/merchant-1/records/item?limit=3",
                        "the same of another merchant: .../v1/merchants/restaurant-1/records/item?limit=3");
        assertThat(Hints.reading("http://n", "k", List.of("restaurant-1")))
                .singleElement()
                .asString()
                .contains("curl", "restaurant-1");
        assertThat(Hints.reading("http://n", "k", List.of()).get(0)).contains("no merchant yet", "http://n");
    }

    @Test
    void showAnEditFromThePartnerToTheApi() {
        assertThat(Hints.editing("http://s", "ML1", "http://n", "k", "merchant-1"))
                .isEqualTo(
                        "ID=$(curl -s http://s/control/edit -d '{\"seller\":\"ML1\",\"kind\":\"rename\"}' | tee /dev/stderr"
                                + " | sed 's/.*\"objectId\":\"\\([^\"]*\\).*/\\1/'); sleep 1;"
                                + " curl -s -H 'Authorization: Bearer k' http://n/v1/merchants/merchant-1/records/item/$ID");
    }
}
