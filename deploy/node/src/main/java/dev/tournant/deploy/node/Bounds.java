package dev.tournant.deploy.node;

import com.typesafe.config.Config;
import dev.tournant.http.client.ClientConfig;
import dev.tournant.http.server.HttpConfig;

/** Bounds of several modules that must agree, as what one takes in the next has to take on. */
final class Bounds {
    /** What a payload's headers may weigh in Kafka. */
    private static final long HEADERS_BYTES_MAX = 1024 * 1024;

    private static final String RECORD = "tournant.kafka.message-bytes-max";

    private Bounds() {}

    /** Throws, with both settings and what to do, where an answer or a webhook would have no room in a Kafka record. */
    static void check(Config config, ClientConfig partners, HttpConfig http) {
        long most = config.getBytes(RECORD) - HEADERS_BYTES_MAX;
        partners.partners()
                .forEach((partner, each) -> check(
                        ClientConfig.PATH + ".partners." + partner + ".answer-bytes-max",
                        each.answerBytesMax(),
                        most,
                        "its pages would never be stored"));
        check("tournant.http.hook-bytes-max", http.hookBytesMax(), most, "its largest webhooks would never be stored");
    }

    private static void check(String key, long bytes, long most, String otherwise) {
        if (bytes > most) {
            throw new IllegalArgumentException(key + " is " + bytes + " bytes, and must stay 1 MiB below " + RECORD
                    + " (now at most " + most + "): " + otherwise + ". Lower the one or raise the other, and with it"
                    + " tournant.kafka.inbox-bytes-max and the topics' max.message.bytes");
        }
    }
}
