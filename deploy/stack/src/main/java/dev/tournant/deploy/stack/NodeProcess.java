package dev.tournant.deploy.stack;

import dev.tournant.deploy.local.ChildProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One node of the cluster as a child process, at fixed ports, which can be started again. */
public final class NodeProcess {
    private static final String MAIN = "dev.tournant.deploy.node.Main";
    private static final int LAST_LINES = 25;

    private final String name;
    private final Path logs;
    private final boolean quickStart;
    private final Map<String, String> environment;
    private final Ports ports;
    private volatile ChildProcess process;

    /** Where a node listens, all on loopback. */
    public record Ports(int http, int management, int remoting) {}

    NodeProcess(String name, Path logs, boolean quickStart, Ports ports, Map<String, String> environment) {
        this.name = name;
        this.logs = logs;
        this.quickStart = quickStart;
        this.ports = ports;
        this.environment = new HashMap<>(environment);
        this.environment.put("TOURNANT_HTTP_PORT", Integer.toString(ports.http));
        this.environment.put("TOURNANT_HTTP_PUBLIC_URL", url());
        this.environment.put("TOURNANT_MANAGEMENT_PORT", Integer.toString(ports.management));
        this.environment.put("TOURNANT_PORT", Integer.toString(ports.remoting));
        this.process = launch();
    }

    private ChildProcess launch() {
        ChildProcess.Builder builder = ChildProcess.named(name)
                .ownClasspath()
                .mainClass(MAIN)
                .jvmFlags("-Xmx512m", "-Xms128m", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError")
                .jvmFlags("--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
                .log(logs.resolve(name + ".log"));
        if (quickStart) {
            builder.jvmFlags("-XX:TieredStopAtLevel=1");
        }
        environment.forEach(builder::env);
        return builder.start();
    }

    /** Starts the node again after its process ended. */
    public void startAgain() {
        startAgain(Map.of());
    }

    /** Starts the node again with other settings, which it keeps. */
    public void startAgain(Map<String, String> changed) {
        if (process.isAlive()) {
            throw new IllegalStateException(name + " is running");
        }
        environment.putAll(changed);
        process = launch();
    }

    public String name() {
        return name;
    }

    public ChildProcess process() {
        return process;
    }

    public Ports ports() {
        return ports;
    }

    /** How the node ended, with its last lines; empty while it runs. */
    public Optional<String> death() {
        ChildProcess last = process;
        if (last.isAlive()) {
            return Optional.empty();
        }
        return Optional.of(name + " ended with exit code "
                + last.onExit().toCompletableFuture().join() + "; the last lines of " + last.log() + ":\n  "
                + String.join("\n  ", last.lastLogLines(LAST_LINES)));
    }

    /** Of the API. */
    public String url() {
        return "http://127.0.0.1:" + ports.http;
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + ports.management;
    }
}
