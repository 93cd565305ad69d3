package dev.tournant.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.model.FlatRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;

class ReadmeTest {
    private static final Path README = Path.of("../README.md");

    @Example
    void listsEachProblemWithItsStatusAndAdviceInOrder() throws IOException {
        List<String> rows = Files.readAllLines(README).stream()
                .filter(line -> line.matches("\\| `[a-z-]+` \\| [45]\\d\\d \\| .*"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Problem.values())
                        .map(each -> "| `" + each.code() + "` | " + each.status() + " | " + each.advice() + " |")
                        .toList());
    }

    @Example
    void listsEachHeader() throws Exception {
        String readme = Files.readString(README);
        for (java.lang.reflect.Field constant : Inbound.class.getFields()) {
            if (constant.getName().endsWith("_HEADER")) {
                assertThat(readme).contains("\n| `" + constant.get(null) + "` | ");
            }
        }
    }

    @Example
    void showsARecordAsItIsWritten() throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf("```json") + "```json".length();
        JsonNode example = Json.text().readTree(readme.substring(from, readme.indexOf("```", from)));
        FlatRecord record = Json.text().treeToValue(example, FlatRecord.class);
        JsonNode written = Json.text().readTree(Json.text().writeValueAsString(record));
        assertThat(written).isEqualTo(example);
    }
}
