package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Example;

class ProblemTest {
    @Example
    void hasACodeOfItsOwnInKebabCase() {
        assertThat(Stream.of(Problem.values()).map(Problem::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    @Example
    void hasAnErrorStatusAndSaysWhatToDoInOneSentence() {
        for (Problem problem : Problem.values()) {
            assertThat(problem.status()).isBetween(400, 599);
            assertThat(problem.advice()).matches("[A-Z].*\\.").hasSizeLessThan(120);
        }
    }

    @Example
    void countsEachOutcomeOnceButARedeliveryNever() {
        Tally all = Arrays.stream(Outcome.Kind.values()).reduce(Tally.ZERO, Tally::plus, Tally::plus);
        assertThat(all).isEqualTo(new Tally(1, 1, 1));
        assertThat(all.total()).isEqualTo(3);
    }

    @Example
    void namesItsSequenceWithoutTheOffset() {
        Position position = new Position("topic", 3, 12);
        assertThat(position.sequence()).isEqualTo("topic/3");
        assertThat(position).hasToString("topic/3@12");
    }

    @Example
    void keepsThePageOfRecordsWithinItsLimit() {
        assertThat(new MerchantQuery.Records(null, null, null, -5).limit()).isEqualTo(1);
        assertThat(new MerchantQuery.Records(null, null, null, 5000).limit()).isEqualTo(1000);
    }
}
