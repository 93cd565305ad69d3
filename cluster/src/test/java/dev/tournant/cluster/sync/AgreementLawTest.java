package dev.tournant.cluster.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tournant.model.LinkId;
import dev.tournant.model.Provenance;
import dev.tournant.model.SaleStatus;
import dev.tournant.model.Stamp;
import dev.tournant.model.SyncRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Which of several statuses holds does not depend on how they are put together: it is the greatest in one order. */
class AgreementLawTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** @param hours until when, from now on; null for a pause without end */
    private record Said(
            int link, SaleStatus status, @Nullable Integer hours, int second) {
        LinkId id() {
            return new LinkId("l-" + link);
        }

        Claim claim(@Nullable Object value) {
            return new Claim(value, new Provenance(id(), "e", Stamp.at(NOW.plusSeconds(second)), 0));
        }
    }

    @Provide
    Arbitrary<List<Said>> said() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(SaleStatus.class),
                        Arbitraries.integers().between(1, 4).injectNull(0.3),
                        Arbitraries.integers().between(0, 9))
                .as(Said::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .uniqueElements(Said::link);
    }

    @Provide
    Arbitrary<SyncRule> rules() {
        return Arbitraries.of(SyncRule.Common.LATEST, SyncRule.Common.STRICTEST);
    }

    private static Said holds(SyncRule rule, List<Said> all) {
        Map<LinkId, Claim> untils = new HashMap<>();
        Map<LinkId, Said> byLink = new HashMap<>();
        List<Claim> claims = new ArrayList<>();
        for (Said each : all) {
            byLink.put(each.id(), each);
            claims.add(each.claim(each.status()));
            Integer hours = each.hours();
            untils.put(each.id(), each.claim(hours == null ? null : NOW.plusSeconds(3_600L * hours)));
        }
        Said found = byLink.get(Agreement.holds(rule, claims, untils).link());
        assertThat(found).isNotNull();
        return found;
    }

    @Property
    void inAnyOrderAndPutTogetherInAnyWayTheSameHolds(
            @ForAll("rules") SyncRule rule, @ForAll("said") List<Said> said, @ForAll long seed) {
        Said holds = holds(rule, said);
        Random random = new Random(seed);
        List<Said> left = new ArrayList<>(said);
        Collections.shuffle(left, random);
        assertThat(holds(rule, left)).isEqualTo(holds);
        while (left.size() > 1) {
            List<Said> some = new ArrayList<>(left.subList(0, 1 + random.nextInt(left.size())));
            left.removeAll(some);
            left.add(holds(rule, some));
            Collections.shuffle(left, random);
        }
        assertThat(left).containsExactly(holds);
    }

    @Property
    void whatHoldsIsAsStrictAsAnyAndNoPauseLastsLonger(@ForAll("said") List<Said> said) {
        Said holds = holds(SyncRule.Common.STRICTEST, said);
        for (Said each : said) {
            assertThat(each.status().compareTo(holds.status())).isLessThanOrEqualTo(0);
            Integer hours = holds.hours();
            if (holds.status() == SaleStatus.PAUSED && each.status() == SaleStatus.PAUSED && hours != null) {
                assertThat(each.hours()).isNotNull().isLessThanOrEqualTo(hours);
            }
        }
    }
}
