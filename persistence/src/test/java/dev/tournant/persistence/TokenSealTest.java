package dev.tournant.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TokenSealTest {
    private static final String NEW = key(1);
    private static final String OLD = key(2);

    static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }

    static TokenSeal seal(Object keys) {
        return TokenSeal.of(config(keys)).orElseThrow();
    }

    private static Config config(Object keys) {
        return ConfigFactory.parseMap(Map.of("tournant.tokens.key", ConfigValueFactory.fromAnyRef(keys)));
    }

    @Property(tries = 100)
    void opensWhatItSealed(@ForAll String text) {
        // What is no well-formed text has no form in UTF-8.
        String known = text.codePoints()
                .filter(each -> !(each >= 0xD800 && each <= 0xDFFF))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        TokenSeal seal = seal(NEW);
        assertThat(seal.open("square/main", seal.seal("square/main", known))).hasValue(known);
    }

    @Property(tries = 200)
    void refusesWhatSomebodyChanged(
            @ForAll @IntRange(max = 34) int place, @ForAll @IntRange(min = 1, max = 255) int by) {
        TokenSeal seal = seal(NEW);
        ByteBuffer sealed = seal.seal("square/main", "secret");
        sealed.put(place, (byte) (sealed.get(place) ^ by));
        assertThat(seal.open("square/main", sealed)).isEmpty();
    }

    @Example
    void refusesARowThatWasCopiedToAnotherName() {
        TokenSeal seal = seal(NEW);
        assertThat(seal.open("square/other", seal.seal("square/main", "secret")))
                .isEmpty();
    }

    @Example
    void refusesEveryTruncation() {
        TokenSeal seal = seal(NEW);
        ByteBuffer sealed = seal.seal("square/main", "secret");
        for (int length = 0; length < sealed.limit(); length++) {
            assertThat(seal.open("square/main", sealed.duplicate().limit(length)))
                    .isEmpty();
        }
    }

    @Example
    void sealsNothingTwiceInTheSameWay() {
        TokenSeal seal = seal(NEW);
        assertThat(seal.seal("a/b", "secret")).isNotEqualTo(seal.seal("a/b", "secret"));
    }

    @Example
    void sealsWithTheFirstKeyAndOpensWithAll() {
        ByteBuffer old = seal(OLD).seal("a/b", "secret");
        TokenSeal both = seal(List.of(NEW, OLD));
        assertThat(both.open("a/b", old)).hasValue("secret");
        assertThat(seal(NEW).open("a/b", old)).isEmpty();
        assertThat(seal(NEW).open("a/b", both.seal("a/b", "secret"))).hasValue("secret");
    }

    @Example
    void takesKeysWithCommasBetweenThemToo() {
        assertThat(seal(NEW + ", " + OLD).open("a/b", seal(OLD).seal("a/b", "x")))
                .hasValue("x");
    }

    @Example
    void thereIsNoneWithoutAKey() {
        assertThat(TokenSeal.of(config(""))).isEmpty();
        assertThat(TokenSeal.of(config(List.of()))).isEmpty();
    }

    @Example
    void namesTheSettingOfABadKeyAndNeverShowsIt() {
        for (String bad : List.of("canary", "Y2FuYXJ5", key(1) + "canary==", "%%canary%%")) {
            assertThatThrownBy(() -> TokenSeal.of(config(List.of(OLD, bad))))
                    .isInstanceOf(ConfigException.class)
                    .hasNoCause()
                    .hasMessageStartingWith("tournant.tokens.key: key 2 must be 32 random bytes in base64")
                    .hasMessageNotContaining("canary")
                    .hasMessageNotContaining("Y2FuYXJ5");
        }
        assertThatThrownBy(() -> TokenSeal.of(config(java.util.Collections.nCopies(9, OLD))))
                .hasMessage("tournant.tokens.key: must have at most 8 keys");
        assertThat(seal(NEW).toString()).isEqualTo("TokenSeal[1 keys]");
    }
}
