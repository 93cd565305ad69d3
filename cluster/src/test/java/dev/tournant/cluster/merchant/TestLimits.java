package dev.tournant.cluster.merchant;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** Limits of a merchant for tests of rules. */
final class TestLimits {
    private static final Config SHIPPED = ConfigFactory.parseResources("tournant-cluster.conf")
            .withFallback(ConfigFactory.defaultReference())
            .resolve();

    /** Small, for tests that go as far. */
    private static final String SMALL = """
            tournant.merchant {
              seen-max = 1000, refusals-max = 64, outbox-max = 10000, waiting-max = 100
              group-commands-max = 10, group-deliveries-max = 10, group-bytes-max = 50000, delivery-bytes-max = 500000
              snapshot-every-rows = 100, snapshots-kept = 2, watchers-max = 4, recent-revisions-max = 16
              watch-ttl = 20s, push-settle = 200ms, tellings-max = 3, awake-for = 26h
            }
            tournant.push {
              job-followed-max = 10m, unauthorised-wait = 5m, refused-retry-first = 10m, refused-retry-max = 40m
            }
            akka.persistence.typed.stash-capacity = 100
            """;

    private TestLimits() {}

    /** As nodes have them. */
    static MerchantLimits shipped() {
        return MerchantLimits.of(SHIPPED);
    }

    /** Small ones, but for these of {@code tournant.merchant}. */
    static MerchantLimits small(String merchant) {
        return MerchantLimits.of(ConfigFactory.parseString("tournant.merchant {" + merchant + "}")
                .withFallback(ConfigFactory.parseString(SMALL))
                .withFallback(SHIPPED));
    }
}
