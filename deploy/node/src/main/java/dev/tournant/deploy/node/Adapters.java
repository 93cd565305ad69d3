package dev.tournant.deploy.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.cluster.sync.Traits;
import dev.tournant.deploy.plugins.Plugins;
import dev.tournant.model.PartnerName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The adapters that this node has, by the name of their partner. */
final class Adapters {
    private static final Logger LOG = LoggerFactory.getLogger(Adapters.class);

    private final Map<PartnerName, Adapter> byPartner = new HashMap<>();
    private final Map<PartnerName, String> baseUrls = new HashMap<>();

    private Adapters() {}

    /** Says in the log which there are, and which are broken and why. */
    static Adapters load(Config config) {
        Config block = config.getConfig("tournant.adapters");
        String folder = block.getString("folder");
        Plugins plugins = Plugins.load(folder.isBlank() ? null : Path.of(folder), block.getString("environment"));
        Adapters adapters = new Adapters();
        plugins.found().forEach((partner, found) -> {
            LOG.info("adapter {} from {}", partner, found.origin());
            adapters.byPartner.put(partner, found.adapter());
            if (found.baseUrl() != null) {
                adapters.baseUrls.put(partner, found.baseUrl());
            }
        });
        plugins.broken().forEach(broken -> LOG.error("no adapter from {}: {}", broken.origin(), broken.why()));
        return adapters;
    }

    Map<PartnerName, Adapter> byPartner() {
        return byPartner;
    }

    /** The configuration, with the base URLs of manifests where it has none. */
    Config withBaseUrls(Config config) {
        Config all = config;
        for (Map.Entry<PartnerName, String> each : baseUrls.entrySet()) {
            String path = "tournant.client.partners."
                    + ConfigUtil.quoteString(each.getKey().value()) + ".base-url";
            if (!all.hasPath(path)) {
                all = all.withValue(path, ConfigValueFactory.fromAnyRef(each.getValue(), "a manifest"));
            }
        }
        return all;
    }

    Map<PartnerName, AuthScheme> authentication() {
        Map<PartnerName, AuthScheme> schemes = new HashMap<>();
        byPartner.forEach((partner, adapter) -> schemes.put(partner, adapter.authentication()));
        return schemes;
    }

    Map<PartnerName, Traits> traits() {
        Map<PartnerName, Traits> traits = new HashMap<>();
        byPartner.forEach((partner, adapter) -> traits.put(partner, Traits.of(adapter)));
        return traits;
    }
}
