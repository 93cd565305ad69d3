package dev.tournant.deploy.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tournant.deploy.local.ChildProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The Square stand-in as a child process, and its control API. */
public final class Standin {
    private final PartnerStandin standin;

    private Standin(PartnerStandin standin) {
        this.standin = standin;
    }

    static Standin launch(StackOptions options, Home home) throws IOException {
        return new Standin(PartnerStandin.launch(
                "square",
                home,
                "--sellers",
                Integer.toString(Math.max(1, options.merchants() + options.spare())),
                "--items",
                Integer.toString(options.items()),
                "--edits-per-second",
                "0",
                "--seed",
                Integer.toString(options.seed()),
                "--data",
                home.resolve("square").toString()));
    }

    void awaitReady() {
        standin.awaitReady();
    }

    public ChildProcess process() {
        return standin.process();
    }

    public String url() {
        return standin.url();
    }

    public List<JsonNode> sellers() throws IOException {
        List<JsonNode> sellers = new ArrayList<>();
        standin.state().path("sellers").forEach(sellers::add);
        return sellers;
    }

    /** Everything that a seller has now. */
    public JsonNode truth(String seller) throws IOException {
        return standin.look("truth?seller=" + seller);
    }

    public JsonNode stats() throws IOException {
        return standin.look("stats");
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

    /** From now on faults strike as this seed says. */
    public void luck(long seed) throws IOException {
        control("luck", "{\"seed\":" + seed + "}");
    }

    private JsonNode control(String what, String json) throws IOException {
        return standin.control(what, json);
    }
}
