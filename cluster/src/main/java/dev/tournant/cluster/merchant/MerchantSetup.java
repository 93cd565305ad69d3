package dev.tournant.cluster.merchant;

import dev.tournant.cluster.lease.NodeLease;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.model.PartnerName;
import java.util.Map;

/** What the merchants of a node share. */
public record MerchantSetup(
        MerchantLimits limits,
        Map<PartnerName, Traits> partners,
        MerchantPorts ports,
        MerchantMetrics metrics,
        NodeLease lease) {
    public MerchantSetup {
        partners = Map.copyOf(partners);
    }

    MerchantRules rules() {
        return new MerchantRules(limits, partners);
    }
}
