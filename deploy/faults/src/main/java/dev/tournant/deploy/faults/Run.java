package dev.tournant.deploy.faults;

import dev.tournant.deploy.faults.gates.GatesRun;
import dev.tournant.deploy.local.CannotStart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code deploy/faults/run NAME}: faults under load, from starting the servers to the table. */
public final class Run {
    private Run() {}

    public static void main(String[] args) {
        // Children end with this JVM, whichever way it ends.
        Runtime.getRuntime().halt(run(args));
    }

    private static int run(String[] args) {
        if (args.length == 0 || List.of(args).contains("--help")) {
            System.out.println(Arguments.HELP);
            return args.length == 0 ? 2 : 0;
        }
        try {
            if (args[0].equals("gates")) {
                Machine.print(args);
                return GatesRun.run(args);
            }
            Arguments arguments = Arguments.parse(args);
            Machine.print(args);
            return arguments.isDetection()
                    ? Detection.run(arguments.settings(), arguments.seconds())
                    : faults(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (CannotStart | IllegalStateException | IOException e) {
            System.err.println("the run broke off: " + e);
            return 1;
        }
    }

    private static int faults(Arguments arguments) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        boolean broken = false;
        for (Fault fault : arguments.faults()) {
            for (int i = 0; i < arguments.runs(); i++) {
                try {
                    Outcome outcome = Trial.run(arguments.settings(), fault, arguments.seed() + i);
                    outcomes.add(outcome);
                    // What is known stays known, should a later run be cut off.
                    System.out.print(Report.table(List.of(outcome)));
                } catch (CannotStart | IllegalStateException e) {
                    // The others may still show something.
                    System.err.println("  this run broke off: " + e.getMessage());
                    broken = true;
                }
            }
        }
        boolean good = !broken && outcomes.stream().allMatch(Outcome::isGood);
        if (outcomes.size() > 1) {
            System.out.println();
            System.out.print(Report.table(outcomes));
        }
        System.out.println(good ? "all holds" : "NOT all holds");
        return good ? 0 : 1;
    }
}
