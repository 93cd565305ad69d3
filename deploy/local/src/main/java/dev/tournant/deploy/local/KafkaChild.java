package dev.tournant.deploy.local;

import java.io.PrintStream;

/**
 * Runs inside the broker's JVM: formats the log directory when a cluster id is given, then starts the broker. Two JVMs
 * one after the other, as Kafka's scripts do it, would cost a second more.
 *
 * <p>Arguments: the properties file, and the cluster id of a directory that is not formatted yet.
 */
final class KafkaChild {
    private KafkaChild() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        if (args.length > 1) {
            // In one word: an id may begin with a hyphen, and would be taken for an option.
            // A start that was killed half-way through its formatting is finished by the next.
            String[] format = {"format", "--config", args[0], "--cluster-id=" + args[1], "--ignore-formatted"};
            Object exit = Class.forName("kafka.tools.StorageTool")
                    .getMethod("execute", String[].class, PrintStream.class)
                    .invoke(null, format, System.out);
            if (!Integer.valueOf(0).equals(exit)) {
                throw new IllegalStateException("Kafka's StorageTool could not format the log directory: " + exit);
            }
        }
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object) new String[] {args[0]});
    }
}
