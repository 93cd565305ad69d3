package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A stand-in as a child process, and its control API. */
public final class PartnerStandin {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final String url;
    private final WebClient web = new WebClient(Map.of());

    private PartnerStandin(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it, and does not wait for it. */
    static PartnerStandin launch(String partner, Home home, String... args) throws IOException {
        int port = home.port(partner);
        List<String> all = new ArrayList<>(List.of("--partner", partner, "--port", Integer.toString(port)));
        all.addAll(Arrays.asList(args));
        ChildProcess process = ChildProcess.named(partner)
                .ownClasspath()
                .mainClass("dev.tournant.deploy.standins.Main")
                .jvmFlags("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1")
                .args(all.toArray(String[]::new))
                .log(home.logs().resolve(partner + ".log"))
                .start();
        return new PartnerStandin(process, "http://127.0.0.1:" + port);
    }

    void awaitReady() {
        process.awaitReady(this::answers, START_WITHIN);
    }

    private boolean answers() {
        try {
            return web.get(url + "/control/stats").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    public ChildProcess process() {
        return process;
    }

    public String url() {
        return url;
    }

    /** What there is, with the credentials to it. */
    public JsonNode state() throws IOException {
        return look("state");
    }

    /** Asks for {@code /control/WHAT}. */
    public JsonNode look(String what) throws IOException {
        return web.get(url + "/control/" + what).ok().json();
    }

    /** Posts to {@code /control/WHAT}. */
    public JsonNode control(String what, String json) throws IOException {
        return web.send("POST", url + "/control/" + what, json, Map.of()).ok().json();
    }
}
