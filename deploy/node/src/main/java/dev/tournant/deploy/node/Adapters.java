package dev.tournant.deploy.node;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.auth.AuthScheme;
import dev.tournant.model.PartnerName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The adapters on the class path, by the name of their partner. */
final class Adapters {
    private Adapters() {}

    static Map<PartnerName, Adapter> load() {
        Map<PartnerName, Adapter> adapters = new HashMap<>();
        for (Adapter adapter : ServiceLoader.load(Adapter.class)) {
            Adapter other = adapters.put(adapter.partner(), adapter);
            if (other != null) {
                throw new IllegalStateException("two adapters call themselves \"" + adapter.partner() + "\": "
                        + other.getClass().getName() + " and "
                        + adapter.getClass().getName());
            }
        }
        return adapters;
    }

    static Map<PartnerName, AuthScheme> authentication(Map<PartnerName, Adapter> adapters) {
        Map<PartnerName, AuthScheme> schemes = new HashMap<>();
        adapters.forEach((partner, adapter) -> schemes.put(partner, adapter.authentication()));
        return schemes;
    }

    static Map<PartnerName, List<String>> resources(Map<PartnerName, Adapter> adapters) {
        Map<PartnerName, List<String>> resources = new HashMap<>();
        adapters.forEach((partner, adapter) -> resources.put(partner, adapter.resources()));
        return resources;
    }
}
