package dev.tournant.deploy.cli;

import dev.tournant.conformance.Effort;
import dev.tournant.model.InvalidValue;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tournant adapter}: what an integrator does with an adapter, one method a command. */
@Command(
        name = "adapter",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Makes, checks and tries adapters.")
final class AdapterCommands {
    private static final String PATH =
            "A manifest (*.yaml), a jar, or a folder with a manifest or a Maven project. Samples are beside it in"
                    + " samples/, or inside the jar.";

    private final Console console;

    AdapterCommands(Console console) {
        this.console = console;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists the adapters that are built in, and those in a folder. Exit code 1 if one is broken.")
    int list(
            @Option(names = "--plugins", paramLabel = "DIR", description = "Folder of manifests and jars.") @Nullable
                    Path plugins,
            @Option(
                            names = "--environment",
                            defaultValue = "production",
                            paramLabel = "NAME",
                            description = "Which environment the manifests must have (default: ${DEFAULT-VALUE}).")
                    String environment) {
        return new Listing(console).show(plugins, environment);
    }

    @Command(
            name = "new",
            mixinStandardHelpOptions = true,
            description = "Makes a new adapter, with samples, that passes its checks: a manifest, or Java.")
    int make(
            @Parameters(paramLabel = "NAME", description = "The partner: small letters, digits and hyphens.")
                    String name,
            @Option(names = "--java", description = "A Maven project, for what a manifest cannot say.") boolean java,
            @Option(
                            names = "--dir",
                            defaultValue = ".",
                            paramLabel = "DIR",
                            description = "Where the new folder NAME goes (default: the current folder).")
                    Path folder) {
        return new Skeleton(console).write(name, java, folder);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Runs the conformance kit. Exit code 1 if the adapter fails a check.")
    int check(
            @Parameters(paramLabel = "PATH", description = PATH) Path path,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            description = "Which cases are generated; the same seed finds the same.")
                    @Nullable
                    Long seed,
            @Option(names = "--cases", paramLabel = "N", description = "Generated cases of one check at most.")
                    @Nullable
                    Integer cases) {
        Effort effort = seed == null ? Effort.USUAL : Effort.USUAL.withSeed(seed);
        try {
            effort = cases == null ? effort : effort.withCases(cases);
        } catch (IllegalArgumentException e) {
            throw Refused.usage("--cases: " + e.getMessage());
        }
        Effort chosen = effort;
        return telling(path, target -> new Checking(console).run(target, chosen));
    }

    private int telling(Path path, ToIntFunction<Target> command) {
        try {
            return command.applyAsInt(found(path));
        } catch (InvalidValue e) {
            throw Refused.broken(path + ": " + e.getMessage());
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows what an adapter reads from a document, and what it writes into it. Exit code 1 if"
                    + " something cannot be read.")
    int map(
            @Parameters(paramLabel = "PATH", description = PATH) Path path,
            @Option(names = "--in", required = true, paramLabel = "FILE", description = "A document of the partner.")
                    Path document,
            @Option(
                            names = "--resource",
                            paramLabel = "NAME",
                            description = "Of which the document is a page (default: the folder it is in).")
                    @Nullable
                    String resource,
            @Option(names = "--webhook", description = "The document is the body of a webhook.") boolean webhook,
            @Option(
                            names = "--put",
                            paramLabel = "FILE",
                            description = "Records to write into the document, in the form of expected.json:"
                                    + " {\"item/tea\": {\"name\": \"Tea\"}, \"item/pie\": \"removed\"}.")
                    @Nullable
                    Path changes) {
        Target target = found(path);
        Page page = Page.of(target, document, resource, webhook);
        return changes == null
                ? new Translation(console).read(target, page)
                : new Translation(console).write(target, page, changes);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Shows the calls that would write records to a partner that holds what the samples show. Sends"
                            + " nothing, and needs no secret. Exit code 1 if something cannot be told.")
    int plan(
            @Parameters(paramLabel = "PATH", description = PATH) Path path,
            @Option(
                            names = "--put",
                            required = true,
                            paramLabel = "FILE",
                            description = "Records to write, in the form of expected.json: {\"item/tea\": {\"name\":"
                                    + " \"Tea\"}, \"item/pie\": \"removed\"}. One that no sample has is a new one.")
                    Path changes) {
        return telling(path, target -> new Planning(console).show(target, changes));
    }

    private Target found(Path path) {
        Target target = Target.at(path);
        if (!target.warning().isEmpty()) {
            console.err().println("warning: " + target.warning());
            console.err().flush();
        }
        return target;
    }
}
