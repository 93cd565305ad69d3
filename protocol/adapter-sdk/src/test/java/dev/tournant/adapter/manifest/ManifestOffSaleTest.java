package dev.tournant.adapter.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Call;
import dev.tournant.adapter.Difference;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Remote;
import dev.tournant.adapter.Writing;
import dev.tournant.model.FieldMap;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordId;
import dev.tournant.model.RecordKey;
import dev.tournant.model.SaleStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partners that show other values than they were told of an item that is off sale. */
class ManifestOffSaleTest {
    private static final RecordKey TEA = RecordKey.of(Kind.ITEM, "i1");
    private static final FieldMap NONE_LEFT = FieldMap.builder(Kind.ITEM)
            .set(Item.STATUS, SaleStatus.PAUSED)
            .set(Item.QUANTITY, BigDecimal.ZERO)
            .build();

    private static final String STATUS =
            "status: {path: state, words: {ON_SALE: for-sale, SOLD_OUT: paused, RETIRED: off}, other: paused}";
    private static final String QUANTITY = "quantity: {path: stock, number: exact}";

    /** Nothing but a count of none takes an item off sale. */
    private static final String COUNTED = with("{status: paused, quantity: 0}")
            .replace("      " + STATUS + "\n", "")
            .replace(QUANTITY, QUANTITY + "\n      status: {path: stock, words: {0: paused}, other: for-sale}");

    private static String with(String off) {
        return Potluck.YAML.replace("lock: catalog", "lock: catalog\n  off: " + off);
    }

    private static Writing writing(String yaml) {
        try {
            return ManifestAdapter.of("potluck.yaml", yaml).writing().orElseThrow();
        } catch (ManifestException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> faults(String yaml) {
        ManifestException refused =
                catchThrowableOfType(ManifestException.class, () -> ManifestAdapter.of("potluck.yaml", yaml));
        assertThat(refused).as("it is refused").isNotNull();
        return refused.faults().stream().map(Fault::toString).toList();
    }

    @Test
    void showsWhatItWasToldWhereNothingIsSaid() {
        assertThat(writing(Potluck.YAML).off()).isEqualTo(FieldMap.EMPTY);
    }

    @Test
    void saysWhatAnItemShowsThatIsOffSale() {
        assertThat(writing(with("{status: paused, quantity: 0}")).off()).isEqualTo(NONE_LEFT);
        assertThat(writing(with("{status: off, until: null, quantity: null}")).off())
                .isEqualTo(FieldMap.builder(Kind.ITEM)
                        .set(Item.STATUS, SaleStatus.OFF)
                        .clear(Item.UNTIL)
                        .clear(Item.QUANTITY)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exact", "text", "{floating: 2}", "{scaled: 3}"})
    void readsACountAgainInWhateverFormItIsTold(String form) {
        String yaml = with("{status: paused, quantity: 0}").replace(QUANTITY, QUANTITY.replace("exact", form));
        assertThat(writing(yaml).off()).isEqualTo(NONE_LEFT);
    }

    @Test
    void takesAnItemOffByItsCountAndPutsItOnSaleByOne() {
        assertThat(writing(COUNTED).off()).isEqualTo(NONE_LEFT);
        assertThat(stock(5, NONE_LEFT)).isZero();
        FieldMap back = FieldMap.builder(Kind.ITEM)
                .set(Item.STATUS, SaleStatus.FOR_SALE)
                .set(Item.QUANTITY, BigDecimal.valueOf(5))
                .build();
        assertThat(stock(0, back)).isEqualTo(5);
    }

    /** What the partner is told of a count, of an item that has one there. */
    private static int stock(int there, FieldMap wanted) {
        ObjectNode tea = Documents.empty().put("id", "i1").put("revision", 7).put("stock", there);
        Difference difference = new Difference(
                Potluck.LINK,
                Potluck.USD,
                Map.of(TEA, wanted),
                Set.of(),
                Map.of(TEA, new Remote(new RecordId("i1"), 7, tea)),
                "nonce",
                Potluck.RECEIVED);
        Call call = writing(COUNTED).plan(difference).steps().get(0).get(0);
        String sent = Objects.requireNonNull(call.request().json());
        return Documents.object(sent.getBytes(StandardCharsets.UTF_8))
                .path("stock")
                .asInt(-1);
    }

    @Test
    void wantsWordsForWhatIsTold() {
        String yaml = with("{status: off}").replace(", RETIRED: off}, other: paused", "}");
        assertThat(faults(yaml))
                .containsExactly(line("off: {status: off}")
                        + ": writing.off: cannot be told of item: off has no word at this partner");
    }

    @Test
    void wantsValuesThatAreReadAsTheyAreTold() {
        assertThat(faults(COUNTED.replace("quantity: 0}", "quantity: null}")))
                .singleElement()
                .asString()
                .contains("writing.off: its quantity is read of item as 0 once it was told; say here what is read");
    }

    @Test
    void wantsValuesThatAreTold() {
        String yaml = with("{status: paused, quantity: 0}")
                .replace(QUANTITY, "quantity: {path: stock, number: exact, read-only: true}");
        assertThat(faults(yaml))
                .singleElement()
                .asString()
                .contains(
                        "writing.off.quantity: is told of no item; say under records how it looks, or leave it out here");
    }

    private static long line(String of) {
        String yaml = with("{status: off}");
        return 1
                + yaml.substring(0, yaml.indexOf(of))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
