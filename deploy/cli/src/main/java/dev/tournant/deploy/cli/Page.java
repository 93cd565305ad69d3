package dev.tournant.deploy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Documents;
import dev.tournant.adapter.Payload;
import dev.tournant.adapter.Webhooks;
import dev.tournant.conformance.Samples;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.Link;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that is to be read.
 *
 * @param resource null for a webhook
 */
record Page(Path file, @Nullable String resource, Link link, Payload payload) {
    static final int BYTES_MAX = 64 << 20;

    /** @param resource as it was given; null to go by the folder in which the document is */
    static Page of(Target target, Path file, @Nullable String resource, boolean webhook) {
        there(file);
        String name = resource(target, file, resource, webhook);
        SampleSetting setting = target.samples().setting();
        Link link = setting.link(target.adapter());
        byte[] body = name == null ? part(target, link, bytes(file)) : bytes(file);
        return new Page(file, name, link, new Payload(link, setting.currency(), name, Instant.now(), body));
    }

    /** Of a webhook about several accounts, the part that is about ours; all of it where that is not so clear. */
    private static byte[] part(Target target, Link link, byte[] webhook) {
        try {
            List<Webhooks.Part> ours = target.adapter().webhooks().stream()
                    .flatMap(hooks -> hooks.parts(webhook).stream())
                    .filter(part -> part.isFor(link))
                    .toList();
            return ours.size() == 1 ? ours.get(0).body() : webhook;
        } catch (InvalidValue e) {
            // Said where it is read.
            return webhook;
        }
    }

    private static @Nullable String resource(Target target, Path file, @Nullable String given, boolean webhook) {
        List<String> known = target.adapter().resources();
        if (webhook && given != null) {
            throw Refused.usage("--webhook and --resource: a document is one or the other");
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        String in = folder == null ? "" : String.valueOf(folder.getFileName());
        if (webhook || (given == null && in.equals(Samples.WEBHOOKS) && !known.contains(in))) {
            return null;
        }
        String name = given != null ? given : known.size() == 1 ? known.get(0) : in;
        if (!known.contains(name)) {
            throw Refused.usage(
                    given == null
                            ? "say of which resource " + file + " is a page: --resource with one of " + known
                                    + ", or --webhook"
                            : "--resource: " + target.adapter().partner() + " has no resource " + given
                                    + "; use one of " + known);
        }
        return name;
    }

    private static void there(Path file) {
        if (!Files.exists(file)) {
            throw Refused.usage(file + ": there is no such file");
        }
    }

    static byte[] bytes(Path file) {
        there(file);
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw Refused.usage(file + " has more than " + BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw Refused.usage(file + " cannot be read: " + e.getMessage());
        }
    }

    /** As a tree; {@link Refused} for what is none. */
    static ObjectNode tree(Path file) {
        try {
            return Documents.object(bytes(file));
        } catch (InvalidValue e) {
            throw Refused.usage(file + ": " + e.getMessage());
        }
    }
}
