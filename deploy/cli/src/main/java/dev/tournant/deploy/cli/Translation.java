package dev.tournant.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Reading;
import dev.tournant.adapter.lens.Records;
import dev.tournant.messages.Json;
import dev.tournant.model.InvalidValue;
import java.nio.file.Path;
import java.util.List;

/** {@code adapter map}: a document as records, and records back in the document. */
final class Translation {
    private final Console console;

    Translation(Console console) {
        this.console = console;
    }

    /** Shows the events in our JSON; what could not be read goes to standard error, line by line. */
    int read(Target target, Page page) {
        Reading reading = target.adapter().read(page.payload());
        console.out().println(json(reading.events()));
        console.out().flush();
        for (Reading.Unreadable each : reading.unreadable()) {
            console.err().println("unreadable: " + page.file() + ": " + each);
        }
        return reading.unreadable().isEmpty() ? 0 : Tournant.BROKEN;
    }

    /** Shows as a unified diff what the document becomes. */
    int write(Target target, Page page, Path changes) {
        Records records = records(target, page);
        Changes wanted = Changes.of(changes, Page.tree(changes));
        ObjectNode before = Page.tree(page.file());
        Records.Written written;
        try {
            written = records.put(before, wanted.records(), wanted.removed());
        } catch (InvalidValue e) {
            throw Refused.broken(changes + ": cannot be written into " + page.file() + ": " + e.getMessage());
        }
        TextDiff.of(page.file().toString(), pretty(before), pretty(written.document()))
                .forEach(console.out()::println);
        console.out().flush();
        written.homeless().stream()
                .sorted()
                .forEach(key -> console.err()
                        .println("not written: " + key + ": there is no place for it in a page of " + page.resource()));
        return written.homeless().isEmpty() ? 0 : Tournant.BROKEN;
    }

    private static Records records(Target target, Page page) {
        String resource = page.resource();
        if (resource == null) {
            throw Refused.usage("--put: a webhook is not written to; give a page of a resource");
        }
        return target.adapter()
                .records(page.link(), page.payload().currency(), resource)
                .orElseThrow(() -> Refused.usage("--put: " + target.adapter().partner()
                        + " does not say how to write into a page of " + resource + "; implement Adapter.records()"));
    }

    private static List<String> pretty(JsonNode document) {
        return json(document).lines().toList();
    }

    private static String json(Object value) {
        try {
            return Json.text().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records that were read can be written", e);
        }
    }
}
