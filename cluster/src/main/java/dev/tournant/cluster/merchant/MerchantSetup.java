package dev.tournant.cluster.merchant;

import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.model.PartnerName;
import java.util.List;
import java.util.Map;

/** What the merchants of a node share. */
public record MerchantSetup(
        MerchantLimits limits,
        Map<PartnerName, List<String>> resources,
        MerchantPorts ports,
        MerchantMetrics metrics,
        NodeLease lease) {
    public MerchantSetup {
        resources = Map.copyOf(resources);
    }

    MerchantRules rules() {
        return new MerchantRules(limits, resources);
    }
}
