package dev.tournant.persistence;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.tournant.deploy.local.LocalServices;
import java.net.InetSocketAddress;

/** One keyspace with all tables for all tests of stores, as each keyspace takes seconds to make: use ids of your own. */
final class StoresKeyspace {
    static final String NAME = "stores_test";

    private static final CqlSession SESSION = open();

    private StoresKeyspace() {}

    /** Ends with the JVM. */
    static CqlSession session() {
        return SESSION;
    }

    private static CqlSession open() {
        String contact = LocalServices.cassandra();
        Schema.apply(contact, "datacenter1", NAME, 1);
        int colon = contact.lastIndexOf(':');
        return CqlSession.builder()
                .addContactPoint(new InetSocketAddress(
                        contact.substring(0, colon), Integer.parseInt(contact.substring(colon + 1))))
                .withLocalDatacenter("datacenter1")
                .build();
    }
}
