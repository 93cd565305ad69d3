package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapters.doordash.DoorDashAdapter;
import dev.tournant.conformance.Counterpart;
import dev.tournant.deploy.standins.core.Json;
import dev.tournant.deploy.standins.core.Receiver;
import dev.tournant.deploy.standins.core.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A store of the stand-in, over HTTP, and the endpoint to which the ends of its jobs are sent. A fault that is asked for
 * holds for one request.
 */
final class StandinCounterpart implements Counterpart {
    private final Adapter adapter = new DoorDashAdapter();
    private final DoorDashStandin standin;
    private final Store store;
    private final Receiver receiver;
    private final Sender sender;
    private final Keyring keys;
    /** Ends of jobs that were told. */
    private int told;

    StandinCounterpart(DoorDashStandin standin, String store, Receiver receiver) {
        DeveloperKey key = standin.keys().get(0);
        this.standin = standin;
        this.store = standin.openStore(store);
        this.receiver = receiver;
        this.sender = new Sender(standin.url());
        this.keys = Keyring.of(
                "developer-id", key.developerId(), "key-id", key.keyId(), "signing-secret", key.signingSecret());
    }

    @Override
    public boolean refuseNext() {
        standin.setFaults(Faults.NONE.with(Json.object().put("rateLimitRatio", 1)));
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        standin.setFaults(Faults.NONE.with(Json.object().put("lostAnswerRatio", 1)));
        return true;
    }

    /** Waits for the ends of all jobs that were begun. */
    @Override
    public List<byte[]> webhooks() {
        List<byte[]> bodies = new ArrayList<>();
        ObjectNode truth = store.truth();
        int begun = truth.path("pending_jobs").size() + truth.path("ended_jobs").size();
        while (told < begun) {
            Receiver.Delivery delivery = next();
            if (delivery.at("/store/merchant_supplied_id").equals(store.id())) {
                told++;
                bodies.add(delivery.body().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bodies;
    }

    private Receiver.Delivery next() {
        try {
            return receiver.next();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Answer send(Request bare) {
        try {
            return sender.send(adapter.authentication().authorise(bare, keys, null, Instant.now()));
        } finally {
            standin.setFaults(Faults.NONE);
        }
    }
}
