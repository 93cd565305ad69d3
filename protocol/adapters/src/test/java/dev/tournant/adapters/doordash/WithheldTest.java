package dev.tournant.adapters.doordash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.Category;
import dev.tournant.model.Item;
import dev.tournant.model.Kind;
import dev.tournant.model.RecordKey;
import dev.tournant.model.TriState;
import org.junit.jupiter.api.Test;

/** Why an item is off at DoorDash that is for sale itself. */
class WithheldTest {
    private final Diner diner = new Diner();

    private String why(String item) {
        return new DoorDashWriting()
                .withheld(Diner.item(item), diner.records, Diner.NOW)
                .orElse("");
    }

    @Test
    void whatCanBeOrderedIsNotWithheld() {
        assertThat(why("burger")).isEmpty();
        assertThat(why("burger-l")).isEmpty();
        assertThat(why("fries")).isEmpty();
        assertThat(why("nothing")).isEmpty();
    }

    @Test
    void namesTheGroupOfWhichNothingCanBeChosen() {
        diner.offSale("fries");
        assertThat(why("burger")).as("there is tea").isEmpty();
        diner.offSale("tea");
        assertThat(diner.dish("burger").active()).isFalse();
        assertThat(why("burger"))
                .isEqualTo("it asks for 1 of modifier-group/sides (sides), and too few of these can be chosen:"
                        + " item/fries (Fries) is off; item/tea (Tea) is off");
        assertThat(why("burger-l")).isEqualTo("item/burger, in which it is chosen, cannot be ordered");
    }

    @Test
    void namesWhatKeepsAllVariationsOff() {
        diner.offSale("burger-l");
        diner.offSale("burger-s");
        assertThat(why("burger"))
                .startsWith("it asks for 1 of its variations")
                .contains("item/burger-l (Large) is off");
    }

    @Test
    void namesWhatIsHidden() {
        diner.put(Diner.item("soup"), Item.VISIBLE, TriState.NO);
        assertThat(why("soup")).isEqualTo("it is hidden");
        diner.put(RecordKey.of(Kind.CATEGORY, "drinks"), Category.VISIBLE, TriState.NO);
        assertThat(why("tea")).as("as a dish").isEqualTo("category/drinks or what that stands in is hidden");
    }
}
