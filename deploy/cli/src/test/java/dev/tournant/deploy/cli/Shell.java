package dev.tournant.deploy.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** Runs commands as a user does, and keeps what they print. */
final class Shell {
    /** What a command left. */
    record Done(int exit, String out, String err) {}

    private Shell() {}

    static Done run(Object... arguments) {
        return onTerminal(false, arguments);
    }

    static Done onTerminal(boolean terminal, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out), new PrintWriter(err), terminal, 60);
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = String.valueOf(arguments[i]);
        }
        int exit = Tournant.commandLine(console).execute(words);
        console.out().flush();
        console.err().flush();
        return new Done(exit, out.toString(), err.toString());
    }

    /** A new manifest in a folder of its own. */
    static Path manifest(Path folder) {
        Done done = run("adapter", "new", "stall", "--dir", folder);
        if (done.exit() != 0) {
            throw new IllegalStateException(done.err());
        }
        return folder.resolve("stall");
    }
}
