package dev.tournant.http.server;

import dev.tournant.messages.Directory;
import dev.tournant.messages.Problem;
import dev.tournant.model.Link;
import dev.tournant.model.MerchantId;
import java.util.List;

/**
 * Refuses a link that another merchant has: of two that claim one, only one would get its webhooks. The directory follows the
 * merchants a moment late, so two claims at the same time may both be taken; the nodes warn of those.
 */
final class LinkHolders {
    private final Directory directory;

    LinkHolders(Directory directory) {
        this.directory = directory;
    }

    void check(MerchantId merchant, List<Link> links) {
        for (Link link : links) {
            directory
                    .route(link.id())
                    .filter(route -> !route.merchant().equals(merchant))
                    .ifPresent(route -> {
                        throw new Refusal(
                                Problem.LINK_TAKEN,
                                "the link \"" + link.id() + "\" is one of merchant " + route.merchant());
                    });
        }
    }
}
