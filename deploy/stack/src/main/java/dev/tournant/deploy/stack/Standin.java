package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Square stand-in as a child process, and its control API. */
public final class Standin {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    private final ChildProcess process;
    private final String url;
    private final WebClient web = new WebClient(Map.of());

    private Standin(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static Standin start(StackOptions options, int port, Home home) {
        ChildProcess process = ChildProcess.named("square")
                .ownClasspath()
                .mainClass("dev.tournant.deploy.standins.Main")
                .jvmFlags("-Xmx256m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:TieredStopAtLevel=1")
                .args(
                        "--port", Integer.toString(port),
                        "--sellers", Integer.toString(Math.max(1, options.merchants())),
                        "--items", Integer.toString(options.items()),
                        "--edits-per-second", "0",
                        "--seed", Integer.toString(options.seed()),
                        "--data", home.resolve("square").toString())
                .log(home.logs().resolve("square.log"))
                .start();
        Standin standin = new Standin(process, "http://127.0.0.1:" + port);
        process.awaitReady(standin::answers, START_WITHIN);
        return standin;
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

    public List<JsonNode> sellers() throws IOException {
        List<JsonNode> sellers = new java.util.ArrayList<>();
        web.get(url + "/control/state").ok().json().path("sellers").forEach(sellers::add);
        return sellers;
    }

    /** Everything that a seller has now. */
    public JsonNode truth(String seller) throws IOException {
        return web.get(url + "/control/truth?seller=" + seller).ok().json();
    }

    public JsonNode stats() throws IOException {
        return web.get(url + "/control/stats").ok().json();
    }

    /** Makes one edit now, and tells what it was. */
    public JsonNode edit(String seller, String kind) throws IOException {
        return control("edit", "{\"seller\":\"" + seller + "\",\"kind\":\"" + kind + "\"}");
    }

    /** Makes one edit of this object now. */
    public JsonNode edit(String seller, String kind, String objectId) throws IOException {
        return control(
                "edit", "{\"seller\":\"" + seller + "\",\"kind\":\"" + kind + "\",\"objectId\":\"" + objectId + "\"}");
    }

    /** Adds so many items with their modifiers in one write, as a menu that is imported. */
    public void addItems(String seller, int items) throws IOException {
        control("items", "{\"seller\":\"" + seller + "\",\"items\":" + items + "}");
    }

    /** Sends a seller's events there, and nowhere else: an earlier run may have had other ports. */
    public void subscribe(String seller, String hookUrl, String signatureKey) throws IOException {
        control(
                "subscribe",
                "{\"only\":true,\"seller\":\"" + seller + "\",\"url\":\"" + hookUrl + "\",\"signatureKey\":\""
                        + signatureKey + "\"}");
    }

    public void editsPerSecond(double rate) throws IOException {
        control("rate", "{\"editsPerSecond\":" + rate + "}");
    }

    public void faults(String json) throws IOException {
        control("faults", json);
    }

    private JsonNode control(String what, String json) throws IOException {
        return web.send("POST", url + "/control/" + what, json, Map.of()).ok().json();
    }
}
