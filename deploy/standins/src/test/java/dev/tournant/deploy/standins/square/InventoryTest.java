package dev.tournant.deploy.standins.square;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.deploy.standins.core.Answer;
import dev.tournant.deploy.standins.core.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private final Counter counter = new Counter(5);
    private final JsonNode stocked =
            counter.counts("{'states':['IN_STOCK']}").path("counts").path(0);
    private final String variation = stocked.path("catalog_object_id").asText();
    private final String location = stocked.path("location_id").asText();
    private int keys;

    @Test
    void marksATrackedVariationSoldOutAtZeroAndBackWhenStockReturns() {
        assertThat(change(physical("0", Duration.ZERO)).isOk()).isTrue();
        boolean atZero = Overrides.isSoldOut(counter.object(variation), location);
        counter.at(counter.instant().plusSeconds(1));
        assertThat(change(physical("12.5", Duration.ZERO)).isOk()).isTrue();

        assertThat(atZero).isTrue();
        assertThat(Overrides.isSoldOut(counter.object(variation), location)).isFalse();
        assertThat(counter.told).containsExactly("catalog", "count 0", "catalog", "count 12.5");
    }

    @Test
    void letsALateCountNotUndoANewerOne() {
        change(physical("7", Duration.ofMinutes(1)));
        change(physical("99", Duration.ofMinutes(5)));

        assertThat(quantity()).isEqualTo("7");
    }

    @Test
    void addsAndTakesByAdjustments() {
        change(physical("7", Duration.ofMinutes(9)));
        change(adjustment("IN_STOCK", "SOLD", "2", Duration.ofMinutes(5)));
        change(adjustment("NONE", "IN_STOCK", "10", Duration.ofMinutes(4)));
        change(adjustment("IN_STOCK", "WASTE", "1", Duration.ofMinutes(3)));

        assertThat(quantity()).isEqualTo("14");
    }

    @Test
    void tellsNobodyOfACountThatStayedTheSame() {
        change(physical(stocked.path("quantity").asText(), Duration.ZERO));

        assertThat(counter.told).isEmpty();
    }

    @Test
    void refusesTimesMoreThanADayOldOrToCome() {
        assertThat(Counter.code(change(physical("1", Duration.ofHours(25))))).isEqualTo("INVALID_TIME");
        assertThat(Counter.code(change(physical("1", Duration.ofSeconds(-1))))).isEqualTo("INVALID_TIME");
        assertThat(Counter.code(change(physical("1.123456", Duration.ZERO)))).isEqualTo("INVALID_VALUE");
    }

    @Test
    void answersNewestFirstAndOnlyWhatIsNewer() {
        String before = counter.counts("{'limit':1000}")
                .path("counts")
                .path(0)
                .path("calculated_at")
                .asText();
        change(physical("3", Duration.ZERO));

        JsonNode all = counter.counts("{'limit':1000}").path("counts");
        JsonNode newer = counter.counts("{'updated_after':'" + before + "'}").path("counts");

        List<String> times = new ArrayList<>();
        all.forEach(count -> times.add(count.path("calculated_at").asText()));
        assertThat(times).hasSizeGreaterThan(5).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(newer).hasSize(1);
        assertThat(newer.path(0).path("quantity").asText()).isEqualTo("3");
    }

    private String quantity() {
        return counter.counts("{'states':['IN_STOCK'],'catalog_object_ids':['" + variation + "'],'location_ids':['"
                        + location + "']}")
                .path("counts")
                .path(0)
                .path("quantity")
                .asText();
    }

    private Answer change(ObjectNode change) {
        ObjectNode request = Json.object().put("idempotency_key", "key-" + keys++);
        request.putArray("changes").add(change);
        return counter.seller.atomically(() -> new InventoryWrites(counter.seller).batchCreate(request));
    }

    private ObjectNode physical(String quantity, Duration ago) {
        ObjectNode change = Json.object().put("type", "PHYSICAL_COUNT");
        fill(change.putObject("physical_count"), quantity, ago).put("state", "IN_STOCK");
        return change;
    }

    private ObjectNode adjustment(String from, String to, String quantity, Duration ago) {
        ObjectNode change = Json.object().put("type", "ADJUSTMENT");
        fill(change.putObject("adjustment"), quantity, ago)
                .put("from_state", from)
                .put("to_state", to);
        return change;
    }

    private ObjectNode fill(ObjectNode what, String quantity, Duration ago) {
        return what.put("catalog_object_id", variation)
                .put("location_id", location)
                .put("quantity", quantity)
                .put("occurred_at", counter.instant().minus(ago).toString());
    }
}
