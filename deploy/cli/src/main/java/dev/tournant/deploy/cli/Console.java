package dev.tournant.deploy.cli;

import java.io.PrintWriter;

/**
 * Where the commands write to.
 *
 * @param out results, which may go into a file or another program
 * @param err progress and what is wrong
 * @param terminal whether a person watches {@code err}, so that a line may be written over
 * @param columns of that terminal; at least 20
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal, int columns) {
    private static final int COLUMNS_MIN = 20;

    Console {
        columns = Math.max(COLUMNS_MIN, columns);
    }
}
