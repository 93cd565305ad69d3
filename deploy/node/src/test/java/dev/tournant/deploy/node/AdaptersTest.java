package dev.tournant.deploy.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node makes of its plugins. */
class AdaptersTest {
    @TempDir
    Path folder;

    @Test
    void givesManifestsTheirBaseUrlUnlessTheConfigurationHasOne() throws IOException {
        Files.writeString(folder.resolve("stall.yaml"), """
                manifest: 1
                partner: stall
                environments: {production: "https://stall.example", sandbox: "http://127.0.0.1:1"}
                authentication: {static-header: {header: X-Key, secret: key}}
                resources: {menu: {request: GET /menu, records: {items: item}}}
                records: {item: {id: id, fields: {name: name}}}
                """);
        Adapters adapters = Adapters.load(
                ConfigFactory.parseString("tournant.adapters { folder = \"" + folder + "\", environment = sandbox }"));
        String path = "tournant.client.partners.stall.base-url";
        assertThat(adapters.withBaseUrls(ConfigFactory.empty()).getString(path)).isEqualTo("http://127.0.0.1:1");
        assertThat(adapters.withBaseUrls(ConfigFactory.parseString(path + " = \"http://own\""))
                        .getString(path))
                .isEqualTo("http://own");
    }
}
