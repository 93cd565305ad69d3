package dev.tournant.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

class ReadmeTest {
    @Example
    void listsTheFieldsOfEachKindInOrder() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        for (Kind kind : Kind.values()) {
            String names = Fields.of(kind).all().stream()
                    .map(field -> "`" + field.name() + "`")
                    .collect(Collectors.joining(", "));
            assertThat(readme).contains("\n| " + kind.json() + " | " + names + " | ");
        }
    }
}
