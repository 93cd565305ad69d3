package dev.tournant.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class DetailsTest {
    @Example
    void repeatWordsAndPlacesInDocuments() {
        for (String plain : new String[] {
            "",
            "Invalid quantity for the change.",
            "menu.categories[0].items[12].extras[0].options[1].price must be 0 or more",
            "errors: INVALID_REQUEST_ERROR, must-not-be-repeated, misunderstandings",
            "\"Crème brûlée\" is 12.50 USD"
        }) {
            assertThat(Details.plain(plain)).isEqualTo(plain);
        }
    }

    @Example
    void leaveOutWhatLooksLikeAToken() {
        assertThat(Details.plain("Authorization: Bearer kitSecret0000ECHOED is wrong"))
                .isEqualTo("Authorization: Bearer […] is wrong");
        assertThat(Details.plain(
                        "{\"token\":\"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N\"}"))
                .isEqualTo("{\"token\":\"[…].[…].[…]\"}");
    }

    @Property
    void leaveOutAnyRunOfLettersAndDigits(
            @ForAll @AlphaChars @StringLength(min = 8, max = 40) String letters,
            @ForAll @NumericChars @StringLength(min = 8, max = 40) String digits) {
        assertThat(Details.plain("is " + letters + digits + ".")).isEqualTo("is […].");
    }

    @Example
    void areOfBoundedLength() {
        assertThat(Details.plain("so ".repeat(10_000))).hasSize(Details.CHARS_MAX + Details.LEFT_OUT.length());
    }
}
