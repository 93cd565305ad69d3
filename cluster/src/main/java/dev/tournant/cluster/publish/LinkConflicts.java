package dev.tournant.cluster.publish;

import dev.tournant.model.LinkId;
import dev.tournant.model.MerchantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of links that several merchants claim: in the log once for the same merchants, and as a gauge while it lasts. */
final class LinkConflicts {
    /** Gauge: links that several merchants claim now. */
    static final String CONTESTED = "tournant.directory.contested-links";

    private static final Logger LOG = LoggerFactory.getLogger(LinkConflicts.class);
    /** A line of the log stays readable, however many there are. */
    private static final int SHOWN_MAX = 10;

    private final Map<LinkId, List<MerchantId>> told = new ConcurrentHashMap<>();

    LinkConflicts(MeterRegistry registry) {
        Gauge.builder(CONTESTED, told, Map::size)
                .description("links that several merchants claim; the log says which, and what to do")
                .register(registry);
    }

    /** These merchants claim the link now; the first one has it. */
    void claimed(LinkId link, List<MerchantId> claimants) {
        if (claimants.size() > 1) {
            if (!claimants.equals(told.put(link, claimants))) {
                LOG.warn(
                        "link {} is claimed by {} merchants ({}); its webhooks go to {}, the first by id. Take the link"
                                + " out of the profiles of the others, or give their links other ids:"
                                + " PUT /v1/merchants/{id}",
                        link,
                        claimants.size(),
                        shown(claimants),
                        claimants.get(0));
            }
        } else if (told.remove(link) != null) {
            LOG.info("link {} is no longer claimed by several merchants, but by {}", link, shown(claimants));
        }
    }

    private static String shown(List<MerchantId> claimants) {
        String names =
                claimants.stream().limit(SHOWN_MAX).map(MerchantId::value).collect(Collectors.joining(", "));
        return claimants.isEmpty() ? "none" : claimants.size() > SHOWN_MAX ? names + ", …" : names;
    }
}
