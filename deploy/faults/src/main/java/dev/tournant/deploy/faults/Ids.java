package dev.tournant.deploy.faults;

/** Names of what the load makes, so that nothing else in a merchant is taken for it. */
final class Ids {
    private static final String PREFIX = "update-";

    private Ids() {}

    /** The id of a record that is made over HTTP; each is used for one request only. */
    static String record(long number) {
        return PREFIX + number;
    }

    static boolean isOurs(String id) {
        return id.startsWith(PREFIX);
    }

    /** The event id of a record that is fed through Kafka. */
    static String event(long number) {
        return "fed-" + number;
    }
}
