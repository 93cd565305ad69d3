package dev.tournant.http.client;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.tournant.adapter.Party;
import dev.tournant.http.client.token.TokenConfig;
import dev.tournant.model.InvalidValue;
import dev.tournant.model.PartnerName;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of outbound calls: the block {@value #PATH}, whose keys are described in {@code tournant-client.conf}.
 * Every error names the key.
 *
 * @param partners who may be called at all
 * @param egress the name of the address that this node calls from
 * @param connection laid over {@code akka.http.client}
 */
public record ClientConfig(Map<PartnerName, PartnerConfig> partners, String egress, Config connection) {
    public static final String PATH = "tournant.client";

    public ClientConfig {
        partners = Map.copyOf(partners);
        try {
            Party.name("egress", egress);
        } catch (InvalidValue e) {
            throw new IllegalArgumentException(PATH + "." + e.getMessage(), e);
        }
    }

    /** How tokens are obtained, by partner. */
    public Map<PartnerName, TokenConfig> tokens() {
        Map<PartnerName, TokenConfig> tokens = new HashMap<>();
        partners.forEach((partner, config) -> tokens.put(partner, config.tokens()));
        return tokens;
    }

    /** Reads the block {@value #PATH} of the node's configuration. */
    public static ClientConfig read(Config root) {
        Config block = root.getConfig(PATH);
        Config blocks = block.getConfig("partners");
        Map<PartnerName, PartnerConfig> partners = new HashMap<>();
        for (String name : blocks.root().keySet()) {
            PartnerName partner = new PartnerName(name);
            Config own = blocks.getConfig(ConfigUtil.joinPath(name));
            partners.put(partner, PartnerConfig.read(partner, own.withFallback(block.getConfig("partner-else"))));
        }
        return new ClientConfig(partners, block.getString("egress"), block.getConfig("connection"));
    }
}
