package dev.tournant.deploy.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tournant}: the command line. Exit codes: 0, {@value #BROKEN} for what is broken, {@value #USAGE} for a wrong command. */
@Command(
        name = "tournant",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keeps restaurants in step across every system they are connected to.")
public final class Tournant {
    static final int BROKEN = 1;
    static final int USAGE = 2;

    private Tournant() {}

    public static void main(String[] args) {
        Console console = new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                // Only the launcher can tell whether standard error is a terminal.
                Boolean.getBoolean("tournant.terminal"),
                Integer.getInteger("tournant.columns", 80));
        int exit = commandLine(console).execute(args);
        console.out().flush();
        console.err().flush();
        // A check that never came back may still be running.
        Runtime.getRuntime().halt(exit);
    }

    static CommandLine commandLine(Console console) {
        return new CommandLine(new Tournant())
                .addSubcommand(new AdapterCommands(console))
                .setOut(console.out())
                .setErr(console.err())
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, console));
    }

    private static int failed(Exception e, Console console) throws Exception {
        if (e instanceof Refused refused) {
            console.err().println(refused.getMessage());
            return refused.exitCode();
        }
        throw e;
    }
}
