package dev.tournant.deploy.standins.toast;

import dev.tournant.adapter.Adapter;
import dev.tournant.adapter.Answer;
import dev.tournant.adapter.Keyring;
import dev.tournant.adapter.Request;
import dev.tournant.adapter.auth.ClientCredentials;
import dev.tournant.adapter.auth.Token;
import dev.tournant.adapter.auth.TokenReply;
import dev.tournant.adapters.toast.ToastAdapter;
import dev.tournant.conformance.Counterpart;
import dev.tournant.deploy.standins.core.Sender;
import java.time.Instant;

/** Restaurants of the stand-in, over HTTP. A fault that is asked for holds for one request. */
final class StandinCounterpart implements Counterpart {
    private final Adapter adapter = new ToastAdapter();
    private final ToastStandin standin;
    private final Sender sender;
    private final Token token;

    StandinCounterpart(ToastStandin standin) {
        this.standin = standin;
        this.sender = new Sender(standin.url());
        ToastStandin.Client client = standin.clients().get(0);
        ClientCredentials scheme = (ClientCredentials) adapter.authentication();
        Request login =
                scheme.obtain(Keyring.of("client-id", client.clientId(), "client-secret", client.clientSecret()));
        this.token = ((TokenReply.Granted) scheme.read(sender.send(login), null, Instant.now())).token();
    }

    @Override
    public boolean refuseNext() {
        standin.setFaults(Faults.NONE.with(Setup.json("{'rateLimitRatio':1}")));
        return true;
    }

    @Override
    public boolean loseNextAnswer() {
        standin.setFaults(Faults.NONE.with(Setup.json("{'lostAnswerRatio':1}")));
        return true;
    }

    @Override
    public Answer send(Request bare) {
        try {
            return sender.send(adapter.authentication().authorise(bare, Keyring.of(), token, Instant.now()));
        } finally {
            standin.setFaults(Faults.NONE);
        }
    }
}
